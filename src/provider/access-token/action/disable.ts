import { ClusterError } from "../../../client/cluster-error.ts";
import { describeFailure } from "../../../connection/render/answer.ts";
import type { Action } from "../../../framework/action/action.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import { type Connection, type Reach, reading, writing } from "../../connection.ts";
import { requireCore } from "../../operation/core-requirement.ts";
import { refuseEndOf } from "../planning/own-token.ts";
import { findToken } from "../token/read.ts";
import { renderTokens } from "../token/slots.ts";
import { changeToken } from "../token/write.ts";
import { findTokenById, ownerOf, whatComesBack } from "./acting.ts";
import { disableAccessTokenSchema, type DisableAccessTokenSchema } from "./schema.ts";

/** Makes the cluster refuse an access token that somebody may need again. */
export const disableAccessToken: Action<DisableAccessTokenSchema, Connection> = {
  name: "disable_access_token",
  schema: disableAccessTokenSchema,

  async plan(context) {
    const { client, config, diagnostics, signal } = context;
    const id = knownOrUndefined(config.id);
    if (client === undefined || id === undefined) {
      diagnostics.warning({ ...warning, detail: `Which one is decided during apply. ${effect} Where ${comesBack}.` });
      return;
    }
    requireCore(client, "tokenEnabling", "to disable an access token");
    const token = await findTokenById(reading(client, signal), id);
    if (token === undefined) {
      diagnostics.warning(absent(id));
      return;
    }
    const isAllowed = knownOrUndefined(config.allow_lock_out) === true;
    await refuseEndOf({ ...context, isAllowed, attribute: ["id"] }, endOf(id));
    if (diagnostics.hasErrors || !token.enabled) return;
    const next = "enables it again, unless enabled = false is set there";
    diagnostics.warning({
      ...warning,
      detail: `This disables an access token of ${ownerOf(token)}: ${renderTokens([token])}. ${effect} ${whatComesBack([id], client, next)}`,
    });
  },

  async invoke(context) {
    const { client, config, diagnostics, signal, progress } = context;
    const { id } = config;
    requireCore(client, "tokenEnabling", "to disable an access token");
    await refuseEndOf({ ...context, isAllowed: config.allow_lock_out === true, attribute: ["id"] }, endOf(id));
    if (diagnostics.hasErrors) return;
    const outcome = await disable(writing(client, signal), id);
    if (outcome === "gone") diagnostics.warning(absent(id));
    else progress(`Disabled the access token ${id}: the cluster refuses its bearer token.`);
  },
};

const warning = { summary: "Access token will be disabled" };
const effect = "Whatever uses it loses its access at once, until somebody enables it.";
const comesBack =
  "a qumulo_access_token manages it, the next apply enables it again, unless enabled = false is set there";

function endOf(id: string) {
  return { ids: [id], by: "by disabling it" };
}

function absent(id: string) {
  return {
    summary: `Access token ${id} is not there`,
    detail:
      "The cluster has no access token with this id, so there is nothing to disable: it was deleted, or the id is another one.",
    attribute: ["id"],
  };
}

/** Disables a token, then reads it again, and trusts only what the cluster says then. */
async function disable(reach: Reach, id: string): Promise<"disabled" | "gone"> {
  const token = await attempt(reach, id);
  if (token === undefined) return "gone";
  if (!token.enabled) return "disabled";
  throw new DiagnosticError({
    summary: `Access token ${id} is still enabled`,
    detail:
      "The cluster says so although it was asked to disable it. Its bearer token still works. Invoke the action again, or delete the token with the action qumulo_revoke_access_tokens.",
  });
}

async function attempt(reach: Reach, id: string) {
  try {
    return await changeToken(reach, id, { enabled: false });
  } catch (error) {
    const cause = error instanceof DiagnosticError ? error.cause : undefined;
    if (!(cause instanceof ClusterError) || (cause.kind === "answer" && (cause.status ?? 0) < 500)) throw error;
    // Whatever was answered, it may be done.
    const token = await findToken(reach, { id, authId: undefined }).catch((unseen: unknown) => {
      throw unseen instanceof ClusterError ? unknownOutcome(id, cause) : unseen;
    });
    if (token?.enabled === true) throw error;
    return token;
  }
}

function unknownOutcome(id: string, cause: ClusterError): DiagnosticError {
  const detail = `${describeFailure(cause)} Looking at it afterwards failed as well, so its bearer token may still work. Invoke the action again, which does no harm to a token that is disabled.`;
  return new DiagnosticError({ summary: `Whether access token ${id} is disabled is unknown`, detail }, { cause });
}

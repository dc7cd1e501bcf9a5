import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Resource } from "../../framework/resource.ts";
import { systemClock } from "../../vocabulary/clock.ts";
import { defaultOverlap } from "../../vocabulary/duration.ts";
import { isTokenId } from "../attribute/id.ts";
import { importBearerTokenVariable } from "../configuration/import-bearer-token.ts";
import { type Connection, writing } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { secretModel } from "./model.ts";
import { accessTokenPrivileges } from "./needed-privileges.ts";
import { refuseOwnDeletion } from "./planning/own-token.ts";
import { planAccessToken } from "./planning/plan.ts";
import { accessTokenIdentity, accessTokenSchema, type AccessTokenSchema } from "./schema.ts";
import { findImportedBearerToken } from "./secret/import-bearer-token.ts";
import { validateRecipients } from "./secret/recipients.ts";
import { changeSeries } from "./series/change.ts";
import { createSeries } from "./series/create-series.ts";
import { readSeries } from "./series/read-series.ts";
import { deleteLost, deleteUnmade, isUnmade } from "./series/read-unmade.ts";
import { rotate } from "./series/rotate.ts";
import { deleteToken } from "./token/write.ts";
import { validateAccessToken } from "./validate.ts";

/** The settings that have a default: the cluster does not know them. */
const importedSettings = { overlap: defaultOverlap, allow_administrator: false, allow_lock_out: false };

/** Manages series of access tokens. */
export const accessTokenResource = {
  name: "access_token",
  schema: accessTokenSchema,
  identity: accessTokenIdentity,

  async validate(context) {
    validateAccessToken(context);
    await validateRecipients(context.config.encrypt_to, context.diagnostics);
  },

  async plan(context) {
    const attempt = { summary: "The access token could not be planned", privilege: accessTokenPrivileges.read };
    return withDiagnostics(attempt, async () => planAccessToken(context, systemClock));
  },

  async planDestroy(context) {
    await refuseOwnDeletion(context);
  },

  create: createSeries,

  async read(context) {
    const { state } = context;
    const attempt = {
      summary: `Access token ${String(state.id)} could not be read`,
      privilege: accessTokenPrivileges.read,
    };
    return withDiagnostics(attempt, async () => readSeries(context));
  },

  async update(context) {
    return context.planned.id.kind === "unknown" ? rotate(context) : changeSeries(context);
  },

  async delete(context) {
    const { state, client, signal } = context;
    if (state.id === null) return deleteUnmade(context);
    const reach = writing(client, signal);
    await deleteLost(context);
    // First what nobody should use any more: whatever fails then, the token in use was not the one that went.
    for (const id of [state.previous_token?.id, state.id]) {
      if (typeof id === "string") await deleteToken(reach, id, state.identity?.auth_id ?? undefined);
    }
  },

  async import(context) {
    const id = importedText(context, "id");
    if (!isTokenId(id)) {
      // Not with what was given: it may be the bearer token.
      throw new DiagnosticError({
        summary: "Import id is not readable",
        detail:
          "Give the id of an access token, a long number; qq auth_list_access_tokens shows the ids. A bearer token is not an id.",
      });
    }
    const bearerToken = await findImportedBearerToken({ id, client: context.client, signal: context.signal });
    if (bearerToken !== undefined) {
      // What encrypt_to says is not known here: the secret comes in clear, and adding encrypt_to rotates.
      return { ...importedSettings, id, ...(await secretModel(bearerToken, undefined)) };
    }
    context.diagnostics.warning({
      summary: "Imported access token has no bearer token",
      detail: `The cluster shows a bearer token only when it creates the access token. bearer_token of ${id} stays null until the token is rotated. Who still has it can give it in ${importBearerTokenVariable} while importing.`,
    });
    return { ...importedSettings, id };
  },

  isUnmade,

  identify: (state) => ({ id: state.id }),
} satisfies Resource<AccessTokenSchema, Connection>;

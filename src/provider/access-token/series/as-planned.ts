import type { AccessToken } from "../../../client/access-tokens.ts";
import type { AttributeValue } from "../../../framework/attribute-value.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { PlannedModel } from "../../../framework/model.ts";
import type { UpdateContext } from "../../../framework/resource.ts";
import { isSameInstant } from "../../../vocabulary/instant.ts";
import { type Connection, writing } from "../../connection.ts";
import type { AccessTokenModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { findToken } from "../token/read.ts";
import { gone } from "../token/write.ts";
import { isUserGone } from "../user/account.ts";
import { isOwnerDeleted } from "./phase.ts";
import { recall } from "./private-state.ts";

/** An update of a series, while it is applied. */
export type SeriesUpdate = UpdateContext<AccessTokenSchema, Connection>;

/** Computed attributes, whose values may be known in the plan already. */
const decided = ["identity", "creator", "creation_time", "expiration_time", "expired", "previous_token"] as const;

/**
 * The state after an update: the planned value of each attribute that was known in the plan, since engines refuse any other,
 * and the cluster's value of the rest. Where the cluster differs from the plan, the next plan shows it. Differences that
 * matter to this update have been refused before, by {@link refuseChanged}.
 */
export function asPlanned(planned: PlannedModel<AccessTokenSchema>, model: AccessTokenModel): AccessTokenModel {
  const entries = decided.flatMap((name) => {
    const value: AttributeValue<unknown> = planned[name];
    if (value.kind === "unknown") return [];
    return [[name, value.kind === "known" ? value.value : null] as const];
  });
  return { ...model, ...Object.fromEntries(entries) };
}

/**
 * Refuses to change a token that somebody has changed since the plan was made. A value that already is what this update would
 * set counts as unchanged: an earlier run may have set it and lost the cluster's answer.
 *
 * @returns the token as it is; `undefined` when it is gone, and was to go
 * @throws {DiagnosticError} when the token is gone or has changed, with what changed
 */
export async function refuseChanged(context: SeriesUpdate): Promise<AccessToken | undefined> {
  const { prior, client, signal } = context;
  const id = prior.id ?? "";
  const authId = prior.identity?.auth_id ?? undefined;
  const token = await findToken(writing(client, signal), { id, authId });
  // What is to go at once may be gone: with its user, which this run replaces.
  const { planned } = context;
  if (token === undefined && planned.id.kind === "unknown" && planned.previous_token.kind === "null") return undefined;
  if (token === undefined) throw gone(id);
  const changes = changesOf(context, token);
  if (changes.length === 0) return token;
  throw new DiagnosticError({
    summary: `Access token ${id} has changed since the plan was made`,
    detail: `Somebody changed it on the cluster: ${changes.join("; ")}. Nothing was overwritten, and no access token was made. Run a plan again, and apply it if it is still what you want.`,
  });
}

function changesOf(update: SeriesUpdate, token: AccessToken): readonly string[] {
  const { prior, planned } = update;
  const { enabled, expirationTime: end = null } = token;
  const wantedEnd = planned.expiration_time.kind === "known" ? planned.expiration_time.value : null;
  return [
    ...([prior.enabled, planned.enabled].includes(enabled)
      ? []
      : [`enabled was ${String(prior.enabled)} and is ${String(enabled)}`]),
    ...(isSameEnd(end, prior.expiration_time) || isSameEnd(end, wantedEnd)
      ? []
      : [`expiration_time was ${prior.expiration_time ?? "not set"} and is ${end ?? "not set"}`]),
    ...(isUserLost(update, token) ? ["its user was deleted"] : []),
  ];
}

/** Whether the user was there when the plan was made, and is not any more. */
function isUserLost({ prior, privateState }: SeriesUpdate, { user }: AccessToken): boolean {
  return isUserGone(user) && prior.identity?.name !== null && !isOwnerDeleted(recall(privateState));
}

function isSameEnd(left: string | null, right: string | null): boolean {
  return left === null || right === null ? left === right : isSameInstant(left, right);
}

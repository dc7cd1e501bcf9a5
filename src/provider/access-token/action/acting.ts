import type { AccessToken } from "../../../client/access-tokens.ts";
import { ClusterError, isOutcomeUnknown } from "../../../client/cluster-error.ts";
import { describeFailure } from "../../../connection/render/answer.ts";
import { DiagnosticError, type Diagnostics, type DiagnosticText } from "../../../framework/diagnostics.ts";
import { listed } from "../../../vocabulary/listed.ts";
import { instantOf, parseInstant } from "../../../vocabulary/instant.ts";
import type { Connection, Reach } from "../../connection.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import { accessTokenPrivileges } from "../needed-privileges.ts";
import { findToken } from "../token/read.ts";
import { deleteToken } from "../token/write.ts";

/** Finds an access token by its id; `undefined` when there is none. */
export async function findTokenById(reach: Reach, id: string): Promise<AccessToken | undefined> {
  const attempt = { summary: `Access token ${id} could not be read`, privilege: accessTokenPrivileges.read };
  return withDiagnostics(attempt, async () => findToken(reach, { id, authId: undefined }));
}

/** Whether the cluster accepts the bearer token of an access token now. */
export function works({ enabled, expirationTime }: AccessToken, { clock }: Pick<Connection, "clock">): boolean {
  const end = expirationTime === undefined ? undefined : parseInstant(expirationTime);
  return enabled && (end === undefined || end > instantOf(clock.now()));
}

/** Whose token it is, for messages. */
export function ownerOf({ user }: AccessToken): string {
  return user.name ?? `auth_id:${user.authId}`;
}

/** Says what the next apply will do about a token that was deleted or disabled although a resource manages it. */
export function whatComesBack(ids: readonly string[], { memory }: Pick<Connection, "memory">, next: string): string {
  const managed = ids.filter((id) => memory.accessTokens.isManaged(id));
  if (managed.length === 0) return `Where a qumulo_access_token manages it, the next plan ${next}.`;
  return `A qumulo_access_token of this configuration manages ${listed(managed)}: its next plan ${next}.`;
}

/**
 * Deletes a token for an action, checks that it is gone, and reports a failure.
 *
 * @returns whether it is gone
 */
export async function deleteForAction(reach: Reach, token: AccessToken, diagnostics: Diagnostics): Promise<boolean> {
  const { id, user } = token;
  try {
    await deleteToken(reach, id, user.authId);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    diagnostics.error(isOutcomeUnknown(error.cause) ? unknownDeletion(id, error.cause) : stillThere(error));
    return false;
  }
  try {
    // Somebody between here and the cluster may have answered in its place.
    if ((await findToken(reach, { id, authId: user.authId })) === undefined) return true;
    diagnostics.error(denied(id));
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    diagnostics.error(unknownDeletion(id, error));
  }
  return false;
}

function denied(id: string): DiagnosticText {
  return {
    summary: `Access token ${id} is still there`,
    detail:
      "The cluster has answered that it was deleted, and still has it: its bearer token may still work. Invoke the action again; if that changes nothing, look for what answers between here and the cluster.",
  };
}

function unknownDeletion(id: string, error: ClusterError): DiagnosticText {
  return {
    summary: `Whether access token ${id} was deleted is unknown`,
    detail: `${describeFailure(error)} Its bearer token may still work. Invoke the action again: it deletes what is still there.`,
  };
}

function stillThere({ text }: DiagnosticError): DiagnosticText {
  return { ...text, detail: `${text.detail} Until then its bearer token may still work.` };
}

import type { AccessToken } from "../../../client/access-tokens.ts";
import type { OperationContext } from "../../../framework/resource.ts";
import { parseInstant } from "../../../vocabulary/instant.ts";
import type { Connection } from "../../connection.ts";
import { deletionCommand, renderTokens } from "../token/slots.ts";

/** A series that was read, and all tokens of its user. */
interface SeriesAmongOthers {
  readonly token: AccessToken | undefined;
  readonly previous: AccessToken | undefined;
  readonly all: readonly AccessToken[];
}

/** Where to report what was found, and what this run knows. */
interface Teller extends Pick<OperationContext, "diagnostics"> {
  readonly client: Connection;
}

/**
 * Warns of those tokens of a user that no series manages.
 *
 * Each series adds the ids of its tokens to the run's memory before it asks the cluster for anything, and series that are read
 * side by side share one list of the user's tokens. So when that list arrives, whatever it holds besides the remembered ids
 * belongs to no resource that is read at this time: an interrupted run may have left it, or an older state may have been
 * restored. A resource that is read later may still manage it, which is why the warning says "so far". Each token is named once
 * in a run.
 */
export function warnOfStrangers({ client, diagnostics }: Teller, tokens: readonly AccessToken[]): void {
  for (const stranger of tokens.filter(({ id }) => !client.memory.accessTokens.isManaged(id))) {
    const summary = strangerSummary(stranger.id);
    if (!client.memory.notices.isNews(summary)) continue;
    diagnostics.warning({
      summary,
      detail: `${stranger.user.name ?? `auth_id:${stranger.user.authId}`} has the access token ${renderTokens([stranger])}, which none of the resources read so far manages. It takes one of the two slots of the user. A run that was interrupted may have left it, a newer state than this one may know it, or somebody else may use it. If nobody does, delete it: ${deletionCommand(stranger.id)}`,
    });
  }
}

/** What names a token that no series manages: it is said once in a run. */
export function strangerSummary(id: string): string {
  return `Access token ${id} is not managed here`;
}

/**
 * Whether the token was rotated out by somebody whose state is newer than this one, as after an older state was restored.
 *
 * A rotation leaves two traces on the cluster: the old token ends earlier than it was meant to, and a newer token exists that
 * no resource here manages. One of them alone does not prove a rotation: somebody may have shortened the token's life, or
 * created a token by hand. If both are there, the token counts as rotated out, and its end is not changed back to what this
 * state remembers.
 *
 * @param end - when the token was to end, as this state remembers
 */
export function isSuperseded(end: string | undefined, { token, previous, all }: SeriesAmongOthers): boolean {
  if (end === undefined || token?.expirationTime === undefined) return false;
  const [planned, actual, made] = [end, token.expirationTime, token.creationTime].map(parseInstant);
  if (planned === undefined || actual === undefined || made === undefined || actual >= planned) return false;
  return all.some(({ id, creationTime }) => {
    const created = parseInstant(creationTime);
    return id !== token.id && id !== previous?.id && created !== undefined && created > made;
  });
}

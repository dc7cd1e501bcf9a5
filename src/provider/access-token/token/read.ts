import { isCoreWith } from "../../../vocabulary/core-features.ts";
import type { AccessToken } from "../../../client/access-tokens.ts";
import { isAnswer } from "../../../client/cluster-error.ts";
import type { Connection } from "../../connection.ts";

/** The privilege that reading other users' access tokens needs. */
export const readPrivilege = "PRIVILEGE_ACCESS_TOKENS_READ";
/** The privilege that creating, changing and deleting other users' access tokens needs. */
export const writePrivilege = "PRIVILEGE_ACCESS_TOKENS_WRITE";

/** The way to a cluster for one operation. */
export type Reach = Pick<Connection, "cluster" | "coreVersion" | "clock">;

/** The cluster, for an operation that this signal ends. */
export function reach({ cluster, coreVersion, clock }: Connection, signal: AbortSignal): Reach {
  return { cluster: cluster.until(signal), coreVersion, clock };
}

/** Which access token, and whose as far as is known. */
interface TokenPlace {
  readonly id: string;
  readonly authId: string | undefined;
}

/** One access token, also on clusters that can only list them; `undefined` when there is none. */
export async function findToken(way: Reach, { id, authId }: TokenPlace): Promise<AccessToken | undefined> {
  const { accessTokens } = way.cluster;
  if (isCoreWith("tokenExpiration", way.coreVersion)) return accessTokens.find(id);
  const tokens = authId === undefined ? await accessTokens.list() : await listOfUser(way, authId);
  return tokens.find((token) => token.id === id);
}

/** A user who is gone has no tokens that work; clusters do not list them by that user. */
async function listOfUser({ cluster }: Reach, authId: string): Promise<readonly AccessToken[]> {
  try {
    return await cluster.accessTokens.listOf(authId);
  } catch (error) {
    if (isAnswer(error, 400, 404)) return [];
    throw error;
  }
}

/** The access tokens of a user as they are listed; a user who is gone may not be asked for any more, and has none then. */
export async function listTokensOf(way: Reach, authId: string | undefined): Promise<readonly AccessToken[]> {
  return authId === undefined ? [] : listOfUser(way, authId);
}

import type { AccessToken } from "../../../client/access-tokens.ts";
import { isAnswer } from "../../../client/cluster-error.ts";
import { isCoreWith } from "../../../vocabulary/core-features.ts";
import type { Reach } from "../../connection.ts";

/** What looking for tokens takes: commands have it too. */
type TokenReads = Pick<Reach, "cluster" | "coreVersion">;

/** Which access token, and whose as far as is known. */
interface TokenPlace {
  readonly id: string;
  readonly authId: string | undefined;
}

/** One access token, also on clusters that can only list them; `undefined` when there is none. */
export async function findToken(reach: TokenReads, { id, authId }: TokenPlace): Promise<AccessToken | undefined> {
  const { accessTokens } = reach.cluster;
  if (isCoreWith("tokenExpiration", reach.coreVersion)) return accessTokens.find(id);
  const tokens = authId === undefined ? await accessTokens.list() : await listOfUser(reach, authId);
  return tokens.find((token) => token.id === id);
}

/** A user who is gone has no tokens that work; clusters do not list them by that user. */
async function listOfUser({ cluster }: TokenReads, authId: string): Promise<readonly AccessToken[]> {
  try {
    return await cluster.accessTokens.listOf(authId);
  } catch (error) {
    if (isAnswer(error, 400, 404)) return [];
    throw error;
  }
}

/** The access tokens of a user as they are listed; a user who is gone may not be asked for any more, and has none then. */
export async function listTokensOf(reach: TokenReads, authId: string | undefined): Promise<readonly AccessToken[]> {
  return authId === undefined ? [] : listOfUser(reach, authId);
}

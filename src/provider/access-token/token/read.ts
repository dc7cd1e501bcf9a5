import type { AccessToken } from "../../../client/access-tokens.ts";
import { isAnswer } from "../../../client/cluster-error.ts";
import { isCoreWith } from "../../../vocabulary/core-features.ts";
import type { Reach } from "../../connection.ts";

/** What is needed to look for tokens; commands of the command line have it too. */
type TokenReads = Pick<Reach, "cluster" | "coreVersion">;

/** Which access token, and whose it is, if that is known. */
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

/** A deleted user has no tokens that work, and clusters refuse to list tokens by such a user. */
async function listOfUser({ cluster }: TokenReads, authId: string): Promise<readonly AccessToken[]> {
  try {
    return await cluster.accessTokens.listOf(authId);
  } catch (error) {
    if (isAnswer(error, 400, 404)) return [];
    throw error;
  }
}

/** Lists the access tokens of a user. A cluster may refuse to list those of a deleted user, who then has none. */
export async function listTokensOf(reach: TokenReads, authId: string | undefined): Promise<readonly AccessToken[]> {
  return authId === undefined ? [] : listOfUser(reach, authId);
}

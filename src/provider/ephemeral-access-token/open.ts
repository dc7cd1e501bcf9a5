import type { CreatedAccessToken } from "../../client/access-tokens.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { createAccessToken } from "../access-token/create.ts";
import type { Reach } from "../access-token/read.ts";
import { renderTokens, slotsPerUser } from "../access-token/slots.ts";
import { groupRefusal } from "../access-token/user-text.ts";
import type { RunMemory } from "../connection.ts";
import { expandIdentity } from "../identity/find.ts";
import { referenceIn } from "../identity/identity-text.ts";

/** A token to be made for one run of the engine. */
export interface ShortLivedToken {
  readonly way: Reach;
  readonly memory: RunMemory;
  /** As the practitioner wrote it. */
  readonly user: string;
  /** RFC 3339. */
  readonly expirationTime: string;
}

/**
 * Creates an access token, after a look at the slots of its user.
 *
 * @throws {DiagnosticError} for a group, for nobody, and when both slots are taken: it names the tokens in them
 */
export async function openToken(token: ShortLivedToken): Promise<CreatedAccessToken> {
  const { way, memory, user, expirationTime } = token;
  const authId = await findUser(token);
  if (authId !== undefined) await checkSlots(token, authId);
  const reference = authId === undefined ? referenceIn(user, "user") : { authId };
  return createAccessToken({ way, memory, userText: user, request: { user: reference, expirationTime } });
}

/** The auth_id of the user; `undefined` when the provider's own account may not look it up. */
async function findUser({ way: { cluster }, user }: ShortLivedToken): Promise<string | undefined> {
  const found = await unlessForbidden(async () => expandIdentity(cluster, { text: user, attribute: "user" }));
  if (found?.type === "GROUP") throw new DiagnosticError({ ...groupRefusal(user), attribute: ["user"] });
  return found?.identity.authId ?? referenceIn(user, "user").authId;
}

async function checkSlots({ way: { cluster }, memory, user }: ShortLivedToken, authId: string): Promise<void> {
  const tokens = await unlessForbidden(async () => cluster.accessTokens.listOf(authId));
  if (tokens === undefined) return;
  // Should the answer to the creation be lost, this tells the orphan from what was there before.
  memory.setSeenTokens(
    authId,
    tokens.map(({ id }) => id),
  );
  if (tokens.length < slotsPerUser) return;
  throw new DiagnosticError({
    summary: "No slot for a short-lived access token",
    detail: `${user} has the access tokens ${renderTokens(tokens)}, and a user has two at most. Delete the one that nobody uses, take another user, or use the ephemeral resource qumulo_session, which needs no slot.`,
    attribute: ["user"],
  });
}

/** What the cluster tells; `undefined` when the provider's own account may not know. */
async function unlessForbidden<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAnswer(error, 403)) return undefined;
    throw error;
  }
}

import type { CreatedAccessToken } from "../../client/access-tokens.ts";
import { unlessAnswered } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { OperationSignals } from "../../framework/engine-life.ts";
import { createAccessToken } from "../access-token/token/create.ts";
import { renderTokens, slotsPerUser } from "../access-token/token/slots.ts";
import { undoIfEngineIsGone } from "../access-token/token/write.ts";
import { refuseAdministrator, type TokenGuard } from "../access-token/user/allow-administrator.ts";
import type { TokenUser } from "../access-token/user/token-user.ts";
import { groupRefusal } from "../access-token/user/user-text.ts";
import { type Connection, type Reach, writing } from "../connection.ts";
import { expandIdentity } from "../identity/find.ts";
import { referenceIn } from "../identity/identity-text.ts";
import { findMeaning } from "../identity/meaning.ts";

/** A token to be made for one run of the engine. */
export interface ShortLivedToken extends Omit<TokenGuard, "reach">, OperationSignals {
  readonly client: Connection;
  /** As the practitioner wrote it. */
  readonly userText: string;
  /** RFC 3339. */
  readonly expirationTime: string;
}

/**
 * Creates an access token, after a look at its user and the slots.
 *
 * @throws {DiagnosticError} for a group, for nobody, for an administrator, and when both slots are taken: it names the
 * tokens in them
 */
export async function openToken(token: ShortLivedToken): Promise<CreatedAccessToken> {
  const { client, signal, userText, expirationTime } = token;
  const reach = writing(client, signal);
  const user = await findUser(token, reach);
  await refuseAdministrator({ ...token, reach }, user);
  const reference = user.kind === "known" ? { authId: user.expanded.identity.authId } : referenceIn(userText, "user");
  const { authId } = reference;
  if (authId !== undefined) await checkSlots(token, reach, authId);
  const created = await createAccessToken({
    reach,
    undoReach: writing(client, token.undoSignal),
    memory: client.memory,
    userText,
    account: { reference, authId },
    end: expirationTime,
    isUnmistakable: true,
    lost: authId === undefined ? [] : client.memory.lostRequests.take(authId),
    keep(request) {
      client.memory.lostRequests.add(request);
      return `Nothing is kept of an ephemeral resource when the engine ends: if it comes, it ends by itself on ${expirationTime}.`;
    },
  });
  await undoIfEngineIsGone(token, created.id);
  return created;
}

async function findUser({ userText }: ShortLivedToken, { cluster }: Reach): Promise<TokenUser> {
  const meaning = await findMeaning(cluster, referenceIn(userText, "user"));
  const text = meaning.kind === "somebody" ? `auth_id:${meaning.identity.authId}` : userText;
  const expanded = await unlessAnswered([403], async () => expandIdentity(cluster, { text, attribute: "user" }));
  if (expanded?.type === "GROUP") throw new DiagnosticError({ ...groupRefusal(userText), attribute: ["user"] });
  if (expanded !== undefined) return { kind: "known", expanded };
  return { kind: "hidden", reference: referenceIn(userText, "user") };
}

async function checkSlots({ client, userText }: ShortLivedToken, { cluster }: Reach, authId: string): Promise<void> {
  const tokens = await unlessAnswered([403], async () => cluster.accessTokens.listOf(authId));
  if (tokens === undefined) return;
  // Should the answer to the creation be lost, this tells the orphan from what was there before.
  client.memory.accessTokens.setSeen(
    authId,
    tokens.map(({ id }) => id),
  );
  if (tokens.length < slotsPerUser) return;
  throw new DiagnosticError({
    summary: "No slot for a short-lived access token",
    detail: `${userText} has the access tokens ${renderTokens(tokens)}, and a user has two at most. Delete the one that nobody uses, take another user, or use the ephemeral resource qumulo_session, which needs no slot.`,
    attribute: ["user"],
  });
}

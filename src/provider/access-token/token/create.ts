import type { AccessToken, CreatedAccessToken } from "../../../client/access-tokens.ts";
import { ClusterError, isAnswer, tooManyAccessTokensError } from "../../../client/cluster-error.ts";
import { describeFailure } from "../../../connection/render/answer.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { Reach, RunMemory } from "../../connection.ts";
import { deleteAndVerify } from "../../operation/deletion.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import type { LostRequest } from "../../run/lost-requests.ts";
import { accessTokenPrivileges } from "../needed-privileges.ts";
import type { MetAccount } from "../user/account.ts";
import { findProven, isPossible, isProven } from "./lost-request.ts";
import { deletionCommand, renderTokens } from "./slots.ts";

/** What is needed to create one access token. */
export interface TokenCreation {
  readonly reach: Reach;
  /** For requests that must be made even if the engine asked to stop, or is gone. */
  readonly undoReach: Reach;
  readonly memory: RunMemory;
  /** The user as the practitioner wrote it. */
  readonly userText: string;
  readonly account: MetAccount;
  /** When the token is to end; `undefined` when it never does. */
  readonly end: string | undefined;
  /** Whether this end is unique to this request, so that a token with it must be the one that was asked for. */
  readonly isUnmistakable: boolean;
  /** Earlier requests whose outcome is unknown. */
  readonly lost: readonly LostRequest[];
  /** Keeps a request whose outcome is unknown for later runs, and says what they will do about it. */
  readonly keep: (request: LostRequest) => string;
}

/**
 * Creates an access token. When the cluster's answer is lost, the bearer token is lost with it. The function then looks for the
 * access token and deletes it if it is certainly the one that was asked for. Otherwise it keeps the request, so that later runs
 * can find the token.
 *
 * @throws {DiagnosticError} when the cluster refuses, or the answer was lost; it says what is known of what is left
 */
export async function createAccessToken(creation: TokenCreation): Promise<CreatedAccessToken> {
  const { memory, account, userText } = creation;
  const summary = `Access token for ${userText} could not be created`;
  return withDiagnostics({ summary, privilege: accessTokenPrivileges.write, attribute: ["user"] }, async () =>
    // One after the other for each user, however the user is written: both slots of a user are one thing.
    memory.queues.run(`access tokens of ${account.authId ?? userText.toLowerCase()}`, async () => {
      if (creation.lost.length > 0) await removeProven(creation);
      return post(creation);
    }),
  );
}

async function post(creation: TokenCreation): Promise<CreatedAccessToken> {
  const { reach, memory, account, end } = creation;
  const sentAt = reach.clock.now().toISOString();
  try {
    const created = await reach.cluster.accessTokens.create({ user: account.reference, expirationTime: end });
    memory.accessTokens.addCreated(created.id);
    return created;
  } catch (error) {
    if (mayBeDone(error)) throw await afterLostAnswer(creation, sentAt, error);
    if (isAnswer(error, 400) && error.errorClass === tooManyAccessTokensError) throw await noSlot(creation, error);
    throw error;
  }
}

/** Deletes a token that an earlier request has left, and whose bearer token nobody has. */
async function removeProven({ reach, account, lost }: TokenCreation): Promise<void> {
  const tokens = await tokensOf(reach, account);
  const left = tokens === undefined ? undefined : findProven(lost, tokens);
  if (left !== undefined) await removeToken(reach, left);
}

async function removeToken({ cluster }: Reach, { id, user }: AccessToken): Promise<void> {
  await deleteAndVerify(
    async () => cluster.accessTokens.delete(id),
    async () => (await cluster.accessTokens.listOf(user.authId)).some((token) => token.id === id),
  );
}

async function noSlot(creation: TokenCreation, cause: ClusterError): Promise<DiagnosticError> {
  const { reach, account, userText } = creation;
  const tokens = (await tokensOf(reach, account)) ?? [];
  const taken = tokens.length === 0 ? "" : ` They are ${renderTokens(tokens)}.`;
  return new DiagnosticError(
    {
      summary: "User has two access tokens already",
      detail: `${userText} has two access tokens, and the cluster allows no more.${taken} Delete the one that nobody uses (${deletionCommand("ID")}), or import one to manage it from here.`,
      attribute: ["user"],
    },
    { cause },
  );
}

/**
 * Whether the cluster may have carried out the request all the same: the answer was lost, cannot be read, or reports a failure
 * inside the cluster.
 */
function mayBeDone(error: unknown): error is ClusterError {
  if (!(error instanceof ClusterError)) return false;
  return error.kind === "outcome-unknown" || error.kind === "unreadable-answer" || (error.status ?? 0) >= 500;
}

async function afterLostAnswer(creation: TokenCreation, sentAt: string, cause: ClusterError): Promise<DiagnosticError> {
  const { account, end, isUnmistakable, userText } = creation;
  const request: LostRequest = { authId: account.authId ?? "", sentAt, end, isUnmistakable };
  const found = await look(creation, request);
  const happened = describeFailure(cause);
  if (found.kind === "removed") {
    const summary = `The bearer token of a new access token for ${userText} was lost`;
    const detail = `${happened} The cluster had created the access token ${found.id} all the same. It is proven to be the one that was asked for, and has been deleted: nothing is left behind. Run the same command again.`;
    return new DiagnosticError({ summary, detail }, { cause });
  }
  const summary = `Whether an access token for ${userText} was created is unknown`;
  const detail = `${happened} ${found.news} ${creation.keep(request)}`;
  return new DiagnosticError({ summary, detail, attribute: ["user"] }, { cause });
}

type Found = { readonly kind: "removed"; readonly id: string } | { readonly kind: "unclear"; readonly news: string };

/**
 * Looks once for the token of a lost request. Not finding it proves nothing, because the cluster may still be working on the
 * request.
 */
async function look(creation: TokenCreation, request: LostRequest): Promise<Found> {
  const { undoReach, memory, account } = creation;
  try {
    const tokens = await tokensOf(undoReach, account);
    if (tokens === undefined) return { kind: "unclear", news: "It is not known whose tokens to look at." };
    const own = tokens.find((token) => isProven(request, token));
    if (own !== undefined) {
      await removeToken(undoReach, own);
      return { kind: "removed", id: own.id };
    }
    const before = account.authId === undefined ? undefined : memory.accessTokens.findSeen(account.authId);
    const candidates = tokens.filter(
      (token) =>
        before?.includes(token.id) !== true && !memory.accessTokens.isManaged(token.id) && isPossible(request, token),
    );
    return { kind: "unclear", news: newsOf(candidates) };
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { kind: "unclear", news: `Looking for it failed as well: ${describeFailure(error)}` };
  }
}

function newsOf(candidates: readonly AccessToken[]): string {
  if (candidates.length === 0)
    return "It is not on the cluster so far, but the cluster may still carry out the request.";
  const [first] = candidates;
  const command = deletionCommand(candidates.length === 1 && first !== undefined ? first.id : "ID");
  return `It may be ${renderTokens(candidates)}, but somebody else may have created it. Nothing was deleted: if nobody uses it, delete it with ${command}.`;
}

async function tokensOf({ cluster }: Reach, { authId }: MetAccount): Promise<readonly AccessToken[] | undefined> {
  return authId === undefined ? undefined : cluster.accessTokens.listOf(authId);
}

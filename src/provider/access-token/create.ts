import type { AccessToken, AccessTokenRequest, CreatedAccessToken } from "../../client/access-tokens.ts";
import { ClusterError, isAnswer, tooManyAccessTokensError } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { instantOf, isSameInstant, parseInstant } from "../../vocabulary/instant.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";
import type { RunMemory } from "../connection.ts";
import { type Reach, writePrivilege } from "./read.ts";
import { renderTokens } from "./slots.ts";

const clockResolution = 1_000_000_000n;

/** What it takes to create one access token. */
export interface TokenCreation {
  readonly way: Reach;
  readonly memory: RunMemory;
  /** The user as the practitioner wrote it. */
  readonly userText: string;
  readonly request: AccessTokenRequest;
}

/**
 * Creates an access token. When the cluster's answer is lost, the bearer token is lost with it: then it looks for the
 * orphan, and deletes it where it can prove that it is its own.
 *
 * @throws {DiagnosticError} when the cluster refuses, or the answer was lost; it says what is left on the cluster
 */
export async function createAccessToken(creation: TokenCreation): Promise<CreatedAccessToken> {
  const { way, memory, request, userText } = creation;
  const summary = `Access token for ${userText} could not be created`;
  return explained({ summary, privilege: writePrivilege, attribute: ["user"] }, async () =>
    // One after the other for each user: a token that another creation of this run makes must not look like an orphan.
    memory.oneAtATime(userKey(creation), async () => {
      const askedAt = way.clock.now();
      try {
        const created = await way.cluster.accessTokens.create(request);
        memory.addCreatedToken(created.id);
        return created;
      } catch (error) {
        if (mayBeDone(error)) throw await lookForOrphan({ ...creation, askedAt }, error);
        if (isAnswer(error, 400) && error.errorClass === tooManyAccessTokensError) throw await noSlot(creation, error);
        throw error;
      }
    }),
  );
}

function userKey({ memory, request, userText }: TokenCreation): string {
  return memory.findCreatedUser(request.user) ?? request.user.authId ?? userText.toLowerCase();
}

async function noSlot(creation: TokenCreation, cause: ClusterError): Promise<DiagnosticError> {
  const { way, userText } = creation;
  const tokens = await way.cluster.accessTokens.listOf(await authIdOf(creation));
  const taken = tokens.length === 0 ? "" : ` They are ${renderTokens(tokens)}.`;
  return new DiagnosticError(
    {
      summary: "User has two access tokens already",
      detail: `${userText} has two access tokens, and the cluster allows no more.${taken} Delete the one that nobody uses, or import one to manage it from here.`,
      attribute: ["user"],
    },
    { cause },
  );
}

/** A creation whose answer was lost. */
interface LostCreation extends TokenCreation {
  /** When it was sent, by the cluster's clock. */
  readonly askedAt: Date;
}

/** An answer that was lost, cannot be read, or tells of a failure inside the cluster says nothing of what was done. */
function mayBeDone(error: unknown): error is ClusterError {
  if (!(error instanceof ClusterError)) return false;
  return error.kind === "outcome-unknown" || error.kind === "unreadable-answer" || (error.status ?? 0) >= 500;
}

async function lookForOrphan(creation: LostCreation, cause: ClusterError): Promise<DiagnosticError> {
  try {
    return await cleanUp(creation, cause);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    const summary = `Whether an access token for ${creation.userText} was created is unknown`;
    const detail = `${whatHappened(cause)} Looking for it failed as well: ${whatHappened(error)} If it was created, nobody has its bearer token, and it takes one of the two slots of the user: run a plan, or qq auth_list_access_tokens, and delete what nobody uses.`;
    return new DiagnosticError({ summary, detail, attribute: ["user"] }, { cause });
  }
}

async function cleanUp(creation: LostCreation, cause: ClusterError): Promise<DiagnosticError> {
  const { way, userText } = creation;
  const authId = await authIdOf(creation);
  const candidates = await findCandidates(creation, authId);
  const orphan = await provenOrphan(creation, candidates);
  const summary = `The bearer token of a new access token for ${userText} was lost`;
  const happened = whatHappened(cause);
  if (candidates.length === 0) {
    const detail = `${happened} No new access token is on the cluster: nothing is left behind. Run the same command again.`;
    return new DiagnosticError({ summary, detail }, { cause });
  }
  if (orphan !== undefined) {
    await way.cluster.accessTokens.delete(orphan.id);
    const detail = `${happened} The cluster had created the access token ${orphan.id} all the same; it has been deleted, and nothing is left behind. Run the same command again.`;
    return new DiagnosticError({ summary, detail }, { cause });
  }
  const detail = `${happened} The cluster may have created an access token that nobody has the bearer token of: it is among ${renderTokens(candidates)}. It takes one of the two slots of the user: delete it if nobody else made it, then run the same command again.`;
  return new DiagnosticError({ summary, detail, attribute: ["user"] }, { cause });
}

/** The tokens that this run has not made, and that were not there when it looked last. */
async function findCandidates(creation: TokenCreation, authId: string): Promise<readonly AccessToken[]> {
  const { way, memory } = creation;
  const before = memory.findSeenTokens(authId) ?? [];
  const now = await way.cluster.accessTokens.listOf(authId);
  return now.filter(({ id }) => !before.includes(id) && !memory.hasCreatedToken(id));
}

/**
 * The one token that can only be the lost one: it was not there when this run listed the user's tokens (or made the
 * user), the provider's own account created it after the request was sent, and it ends at the very instant that was asked
 * for. A token that never expires has nothing that tells it from somebody else's.
 */
async function provenOrphan(
  creation: LostCreation,
  candidates: readonly AccessToken[],
): Promise<AccessToken | undefined> {
  const { way, memory, request, askedAt } = creation;
  const [candidate, ...others] = candidates;
  if (candidate === undefined || others.length > 0 || request.expirationTime === undefined) return undefined;
  if (!isNew(memory, candidate) || !isMadeSince(askedAt, candidate)) return undefined;
  if (!isSameInstant(candidate.expirationTime ?? "", request.expirationTime)) return undefined;
  const self = await way.cluster.sessions.whoAmI();
  return candidate.creator?.authId === self.id ? candidate : undefined;
}

/** Whether it is known what the user had before: candidates were not among it. */
function isNew(memory: RunMemory, { user: { authId } }: AccessToken): boolean {
  return memory.findSeenTokens(authId) !== undefined || memory.findCreatedUser({ authId }) !== undefined;
}

/** The cluster tells its time in whole seconds: that much may lie between the two clocks. */
function isMadeSince(askedAt: Date, { creationTime }: AccessToken): boolean {
  const created = parseInstant(creationTime);
  return created !== undefined && created >= instantOf(askedAt) - clockResolution;
}

async function authIdOf({ way, memory, request }: TokenCreation): Promise<string> {
  const { user } = request;
  return user.authId ?? memory.findCreatedUser(user) ?? (await way.cluster.identities.get(user)).authId;
}

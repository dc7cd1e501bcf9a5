import type { Cluster } from "../client/cluster.ts";
import type { CoreVersion } from "../client/core-version.ts";
import type { Credentials } from "../client/session.ts";
import type { Clock } from "../vocabulary/clock.ts";
import type { LostRequest } from "./access-token/lost-request.ts";
import { OwnRights } from "./own-rights.ts";
import { PlannedNames } from "./planned-names.ts";
import { PlannedRights } from "./planned-rights.ts";
import { RoleClaims } from "./role-claims.ts";
import type { Secret } from "../vocabulary/secret.ts";

/** A user's name and password. */
export type Login = Pick<Extract<Credentials, { readonly kind: "login" }>, "username" | "password">;

/** What every operation of the provider gets: the way to one cluster, and what this run has learnt of it. */
export interface Connection {
  /** For reading and planning: what is asked for together or again is asked for once. */
  readonly cluster: Cluster;
  /** The same as `cluster`, also while writing, where `cluster` asks anew each time. */
  readonly sharedCluster: Cluster;
  /** For writing: asks anew each time. What it writes, `cluster` then reads again. */
  readonly directCluster: Cluster;
  /** `undefined` when the cluster writes its version in an unknown way: taken for new enough. */
  readonly coreVersion: CoreVersion | undefined;
  /** The time on the cluster. */
  readonly clock: Clock;
  readonly memory: RunMemory;
  /** How the provider itself logs in; `undefined` when it works with a bearer token. */
  readonly login: Login | undefined;
  /** The access token that the provider's own bearer token says it is of. */
  readonly claimedTokenId: string | undefined;
  /** The secret of the access token that is being imported, from `QUMULO_IMPORT_BEARER_TOKEN`. */
  readonly importBearerToken: Secret | undefined;
}

/**
 * What one process of the provider has learnt and done, to ask the cluster less often.
 *
 * It lives as long as the configuration: for one plan or one apply.
 */
export class RunMemory {
  readonly ownRights = new OwnRights();
  readonly plannedNames = new PlannedNames();
  readonly plannedRights = new PlannedRights();
  readonly roleClaims = new RoleClaims();
  /** Memberships in local groups that this process made, as `group:member`. */
  readonly madeGroupMembers = new Set<string>();
  readonly #createdUsers = new Map<string, string>();
  readonly #seenTokens = new Map<string, readonly string[]>();
  readonly #createdTokens = new Set<string>();
  readonly #managedTokens = new Set<string>();
  readonly #deletedUsers = new Set<string>();
  readonly #judgedUsers = new Set<string>();
  #lostRequests: readonly LostRequest[] = [];
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #said = new Set<string>();

  /** Whether this is said for the first time in this run. */
  isNews(text: string): boolean {
    const isNew = !this.#said.has(text);
    this.#said.add(text);
    return isNew;
  }

  /** Remembers a user that this process created: it has no tokens but those created here, and it is no group. */
  addCreatedUser(user: { readonly id: string; readonly name: string }): void {
    this.#createdUsers.set(user.id, user.name.toLowerCase());
  }

  /** The id of a user that this process created, by id or by name. */
  findCreatedUser(user: { readonly authId?: string; readonly name?: string }): string | undefined {
    const { authId, name } = user;
    if (authId !== undefined) return this.#createdUsers.has(authId) ? authId : undefined;
    const wanted = name?.toLowerCase();
    return [...this.#createdUsers].find(([, known]) => known === wanted)?.[0];
  }

  /** Remembers a local user that this process deleted: nothing of it works any more. */
  addDeletedUser(id: string): void {
    this.#deletedUsers.add(id);
  }

  /** Whether this process deleted the local user. */
  isDeletedUser(id: string): boolean {
    return this.#deletedUsers.has(id);
  }

  /** Remembers the access tokens that a user had, by their ids. */
  setSeenTokens(authId: string, tokenIds: readonly string[]): void {
    this.#seenTokens.set(authId, tokenIds);
  }

  /** The access tokens that a user had when they were listed last, or `undefined` when they never were. */
  findSeenTokens(authId: string): readonly string[] | undefined {
    return this.#seenTokens.get(authId);
  }

  /** Remembers an access token that this process created. */
  addCreatedToken(tokenId: string): void {
    this.#createdTokens.add(tokenId);
  }

  /** Whether this process created the access token. */
  hasCreatedToken(tokenId: string): boolean {
    return this.#createdTokens.has(tokenId);
  }

  /** Remembers access tokens that a series of this run manages, by their ids. */
  addManagedTokens(tokenIds: readonly (string | null | undefined)[]): void {
    for (const id of tokenIds) if (typeof id === "string") this.#managedTokens.add(id);
  }

  /** Whether a series that this run has read or made manages the access token. */
  isManagedToken(tokenId: string): boolean {
    return this.#managedTokens.has(tokenId) || this.#createdTokens.has(tokenId);
  }

  /** Remembers that a user was found to be no administrator, as far as could be seen. */
  addJudgedUser(authId: string): void {
    this.#judgedUsers.add(authId);
  }

  /** Whether this run has found the user to be no administrator. */
  isJudgedUser(authId: string): boolean {
    return this.#judgedUsers.has(authId);
  }

  /** Hands a request whose outcome is unknown on to the object that comes next, when the one that sent it is deleted. */
  addLostRequest(request: LostRequest): void {
    this.#lostRequests = [...this.#lostRequests, request];
  }

  /** Takes the requests for tokens of a user whose outcomes are unknown. */
  takeLostRequests(authId: string): readonly LostRequest[] {
    const taken = this.#lostRequests.filter((request) => request.authId === authId);
    this.#lostRequests = this.#lostRequests.filter((request) => request.authId !== authId);
    return taken;
  }

  /** Runs work that must not overlap with other work of the same key, in the order of the calls. */
  async oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
    const previous = this.#queues.get(key) ?? Promise.resolve();
    const next = previous.then(work, work);
    this.#queues.set(key, next);
    return next;
  }
}

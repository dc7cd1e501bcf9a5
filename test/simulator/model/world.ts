import { type Exchange, type Expectation, type ModelRequest, refuses } from "./exchange.ts";

/** A user as the model sees it; deleted ones stay, since their ids stay in use. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly primaryGroup: string;
  readonly uid: string;
  readonly homeDirectory: string | null;
  /** `undefined` when nobody knows it. */
  readonly password: string | undefined;
  readonly tag: string;
  readonly isDeleted: boolean;
}

/** A group; its members by primary group are not among `added`. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly gid: string;
  readonly added: readonly string[];
  readonly tag: string;
  readonly isDeleted: boolean;
}

/** A role. */
export interface Role {
  readonly name: string;
  readonly description: string;
  readonly privileges: readonly string[];
  readonly isBuiltIn: boolean;
  readonly members: readonly string[];
  readonly tag: string;
}

/** An access token. */
export interface Token {
  readonly id: string;
  readonly bearer: string;
  readonly user: string;
  readonly creator: string;
  readonly createdAt: number;
  /** `undefined` when it never expires. */
  readonly expiresAt: number | undefined;
  readonly isEnabled: boolean;
}

/** A session, with the rights of its login. */
export interface Session {
  readonly user: string;
  readonly expiresAt: number;
  readonly privileges: readonly string[];
  readonly roles: readonly string[];
}

/** Who asks, and what they may do now. */
export interface ModelCaller {
  readonly user: string;
  readonly privileges: readonly string[];
  readonly roles: readonly string[];
  readonly tokenId?: string;
}

/** Whose bearer token a request carries: a fresh session of `admin`, none, or the nth ever given out. */
export type By = "admin" | "nobody" | number;

/** The id of Everyone. */
export const everyone = "8589934592";

/** The ids that nobody can delete. */
export const builtInIds: readonly string[] = ["500", "501", "512", "513", "514"];

/** Everything that the reference model remembers of a cluster. Ids, bearer tokens and ETags are handles such as `id~3`. */
export class World {
  /** Milliseconds since 1970. */
  now: number;
  adminBearer = "";
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  /** By name in lower case. */
  readonly roles = new Map<string, Role>();
  /** By id; deleted ones are gone. */
  readonly tokens = new Map<string, Token>();
  /** By bearer token. */
  readonly sessions = new Map<string, Session>();
  /** The ids of all access tokens ever. */
  readonly tokenIds: string[] = [];
  /** All bearer tokens ever. */
  readonly bearers: string[] = [];
  /** The former ETags of an object, by the present one. */
  readonly formerTags = new Map<string, readonly string[]>();
  /** All privileges in the order in which a cluster lists them. */
  readonly privilegeOrder: readonly string[];
  #handles = 0;

  constructor(now: number, privilegeOrder: readonly string[]) {
    this.now = now;
    this.privilegeOrder = privilegeOrder;
  }

  /** A handle that nothing has. */
  newHandle(kind: "id" | "token" | "bearer" | "tag"): string {
    this.#handles += 1;
    const handle = `${kind}~${this.#handles}`;
    if (kind === "bearer") this.bearers.push(handle);
    if (kind === "token") this.tokenIds.push(handle);
    return handle;
  }

  /** The ETag that follows one after a change. */
  nextTag(former: string): string {
    const tag = this.newHandle("tag");
    this.formerTags.set(tag, [former, ...(this.formerTags.get(former) ?? [])]);
    return tag;
  }

  /** The user with this id, unless deleted. */
  user(id: string): User | undefined {
    const user = this.users.get(id);
    return user?.isDeleted === true ? undefined : user;
  }

  /** The group with this id, unless deleted. */
  group(id: string): Group | undefined {
    const group = this.groups.get(id);
    return group?.isDeleted === true ? undefined : group;
  }

  /** The id of the user or group that has this name, in whatever case. */
  holderOf(name: string): string | undefined {
    const accounts = [...this.users.values(), ...this.groups.values()];
    return accounts.find((account) => !account.isDeleted && account.name.toLowerCase() === name.toLowerCase())?.id;
  }

  /** The groups of a user, in the order of their ids. */
  groupsOf(user: User): readonly Group[] {
    return [...this.groups.values()].filter(
      ({ id, added, isDeleted }) => !isDeleted && (user.primaryGroup === id || added.includes(user.id)),
    );
  }

  /** The users in a group, in the order of their ids. */
  membersOf(group: Group): readonly User[] {
    return [...this.users.values()].filter(
      ({ id, primaryGroup, isDeleted }) => !isDeleted && (primaryGroup === group.id || group.added.includes(id)),
    );
  }

  /** What a user may do at this moment: directly, by groups, and as one of everyone. */
  rightsOf(userId: string): Pick<ModelCaller, "privileges" | "roles"> {
    const user = this.user(userId);
    const holders = [everyone, userId, ...(user === undefined ? [] : this.groupsOf(user).map(({ id }) => id))];
    const roles = [...this.roles.values()].filter(({ members }) => members.some((member) => holders.includes(member)));
    const privileges = new Set(roles.flatMap((role) => role.privileges));
    return { privileges: this.inOrder([...privileges]), roles: roles.map(({ name }) => name) };
  }

  /** Privileges in the cluster's order, each once. */
  inOrder(privileges: readonly string[]): readonly string[] {
    return this.privilegeOrder.filter((name) => privileges.includes(name));
  }

  /** Whom a bearer token authenticates now; `undefined` for nobody. */
  callerWith(bearer: string): ModelCaller | undefined {
    const session = this.sessions.get(bearer);
    if (session !== undefined) {
      return this.now < session.expiresAt && this.user(session.user) !== undefined ? session : undefined;
    }
    const token = [...this.tokens.values()].find((candidate) => candidate.bearer === bearer);
    if (token?.isEnabled !== true || this.user(token.user) === undefined) return undefined;
    if (token.expiresAt !== undefined && this.now >= token.expiresAt) return undefined;
    return { ...this.rightsOf(token.user), user: token.user, tokenId: token.id };
  }

  /** When a bearer token expires; `undefined` when it does not, or is deleted. */
  expiryOf(bearer: string): number | undefined {
    const token = [...this.tokens.values()].find((candidate) => candidate.bearer === bearer);
    return this.sessions.get(bearer)?.expiresAt ?? token?.expiresAt;
  }

  bearerOf(by: By): string | undefined {
    if (by === "nobody") return undefined;
    return by === "admin" ? this.adminBearer : pick(this.bearers, by);
  }
}

/** The nth of a list that has no end: after the last one comes the first. */
export function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

/** A request by someone, answered as `decide` says once the bearer token is good and one of the privileges is there. */
export function asking(
  world: World,
  asked: ModelRequest & { readonly by: By; readonly needs: readonly string[] },
  decide: (caller: ModelCaller) => Expectation,
): Exchange {
  const { by, needs, ...request } = asked;
  const bearer = world.bearerOf(by);
  const caller = bearer === undefined ? undefined : world.callerWith(bearer);
  const isAllowed = needs.length === 0 || needs.some((name) => caller?.privileges.includes(`PRIVILEGE_${name}`));
  const expected =
    caller === undefined ? refuses("authenticationRequired") : isAllowed ? decide(caller) : refuses("notAuthorized");
  return { request: { ...request, bearer }, expected };
}

import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import type { Party, Reply } from "./given-cluster.ts";

/** What a cluster holds, as lines that can be compared. */
export type Facts = ReadonlyMap<string, string>;

/** A fact that a change makes: its whole text, or how it ends when it begins with an id that the cluster chooses. */
type Effect = readonly [key: string, value: string | { readonly ending: string }];

/** A request, and what it makes of the cluster. */
interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly removes: readonly string[];
  readonly adds: readonly Effect[];
}

/** Gives a whole number from 0 to below the limit. */
export type Chance = (limit: number) => number;

/** A generator of numbers that a seed determines (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Some who change a cluster all the time, each one their own things, and the account of what they were answered. */
export class Load {
  answered = 0;
  /** Changes that were under way when the cluster died: found done, and found undone. */
  readonly unanswered = { done: 0, undone: 0 };
  readonly #facts = new Map<string, string>();
  readonly #pending = new Map<number, Change>();
  /** Bearer tokens by the id of their access token, also of deleted ones. */
  readonly #bearers = new Map<string, string>();
  readonly #accountIds = new Set<string>();
  readonly #events = new EventEmitter();
  readonly #chance: Chance;
  #names = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Resolves when so many more changes are answered. */
  async hasAnswered(more: number): Promise<void> {
    const goal = this.answered + more;
    while (this.answered < goal) await once(this.#events, "answer");
  }

  /** Changes the cluster until it is gone. */
  async run(admin: Party, workers: number): Promise<void> {
    await Promise.all(Array.from({ length: workers }, async (_, worker) => this.#work(worker, admin)));
  }

  async #work(worker: number, admin: Party): Promise<void> {
    for (;;) {
      const change = this.#choose(`w${worker}-`);
      this.#pending.set(worker, change);
      let reply: Reply;
      try {
        reply = await admin.send(change.method, change.path, { body: change.body });
      } catch {
        return; // the cluster is gone
      }
      if (reply.status !== 200) throw new Error(`${change.method} ${change.path}: ${reply.status} ${reply.text}`);
      this.#pending.delete(worker);
      this.#apply(change, (key) => (key.startsWith("token ") ? this.#keepBearer(reply) : reply.field("id")));
      this.answered += 1;
      this.#events.emit("answer");
    }
  }

  #keepBearer(reply: Reply): string {
    const id = reply.field("id");
    this.#bearers.set(id, reply.field("bearer_token"));
    return id;
  }

  #apply({ removes, adds }: Change, idOf: (key: string) => string): void {
    for (const key of removes) this.#facts.delete(key);
    for (const [key, value] of adds) {
      if (typeof value === "string") {
        this.#facts.set(key, value);
        continue;
      }
      const id = idOf(key);
      if (/^(user|group) /.test(key)) this.#requireNewId(id);
      this.#facts.set(key, `${id} ${value.ending}`);
    }
  }

  #requireNewId(id: string): void {
    if (this.#accountIds.has(id)) throw new Error(`The id ${id} was given twice`);
    this.#accountIds.add(id);
  }

  /** Learns from what is there whether changes that were under way have happened, and gives what must be there then. */
  settle(observed: Facts): Facts {
    for (const change of this.#pending.values()) {
      const isDone = isVisible(change, observed);
      this.unanswered[isDone ? "done" : "undone"] += 1;
      if (isDone) this.#apply(change, (key) => observed.get(key)?.split(" ")[0] ?? "");
    }
    this.#pending.clear();
    return this.#facts;
  }

  /** Every bearer token that was ever shown, but for old dead ones, and whether it must work. */
  bearerTokens(): readonly { readonly bearerToken: string; readonly works: boolean }[] {
    const users = new Set([...this.#with("user ")].map(([, value]) => value.split(" ")[0] ?? ""));
    const working = new Set<string>();
    for (const [key, value] of this.#with("token ")) {
      const [id = "", state] = value.split(" ");
      if (state === "enabled" && users.has(key.split(" ")[1] ?? "")) working.add(id);
    }
    for (const id of [...this.#bearers.keys()].slice(0, -12)) if (!working.has(id)) this.#bearers.delete(id);
    return [...this.#bearers].map(([id, bearerToken]) => ({ bearerToken, works: working.has(id) }));
  }

  #with(prefix: string): readonly (readonly [string, string])[] {
    return [...this.#facts].filter(([key]) => key.startsWith(prefix));
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.#chance(list.length)];
  }

  /** Something that this worker's things allow; few things, so that reading all of them stays quick. */
  #choose(prefix: string): Change {
    for (;;) {
      const change = this.#pick([
        this.#createUser,
        this.#changeUser,
        this.#renameUser,
        this.#deleteUser,
        this.#createGroup,
        this.#deleteGroup,
        this.#joinGroup,
        this.#createRole,
        this.#changeRole,
        this.#deleteRole,
        this.#grantRole,
        this.#revokeRole,
        this.#createToken,
        this.#disableToken,
        this.#deleteToken,
      ])?.(prefix);
      if (change !== undefined) return change;
    }
  }

  #newName(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #user(prefix: string): { readonly name: string; readonly id: string; readonly home: string } | undefined {
    const [key = "", value = ""] = this.#pick(this.#with(`user ${prefix}`)) ?? [];
    const [id = "", home = ""] = value.split(" ");
    return key === "" ? undefined : { name: key.slice(5), id, home };
  }

  readonly #createUser = (prefix: string): Change | undefined => {
    if (this.#with(`user ${prefix}`).length >= 3) return undefined;
    const name = this.#newName(prefix);
    const body = { name, primary_group: "513", password: `Crash-${randomUUID()}`, home_directory: "/new" };
    return { method: "POST", path: "/v1/users/", body, removes: [], adds: [[`user ${name}`, { ending: "/new" }]] };
  };

  readonly #changeUser = (prefix: string): Change | undefined => {
    const user = this.#user(prefix);
    return user && replaceUser(user, { ...user, home: `/${this.#newName("home")}` });
  };

  readonly #renameUser = (prefix: string): Change | undefined => {
    const user = this.#user(prefix);
    return user && replaceUser(user, { ...user, name: this.#newName(prefix) });
  };

  readonly #deleteUser = (prefix: string): Change | undefined => {
    const user = this.#user(prefix);
    if (user === undefined || this.#with("role-member ").some(([key]) => key.endsWith(` ${user.id}`))) return undefined;
    if (this.#facts.has(`token ${user.id}`)) return undefined;
    const memberships = this.#with("group-member ").flatMap(([key]) => (key.endsWith(` ${user.id}`) ? [key] : []));
    const removes = [`user ${user.name}`, ...memberships];
    return { method: "DELETE", path: `/v1/users/${user.id}`, removes, adds: [] };
  };

  readonly #createGroup = (prefix: string): Change | undefined => {
    if (this.#with(`group ${prefix}`).length >= 1) return undefined;
    const name = this.#newName(prefix);
    return {
      method: "POST",
      path: "/v1/groups/",
      body: { name },
      removes: [],
      adds: [[`group ${name}`, { ending: "group" }]],
    };
  };

  readonly #deleteGroup = (prefix: string): Change | undefined => {
    const [key = "", value = ""] = this.#pick(this.#with(`group ${prefix}`)) ?? [];
    const [id = ""] = value.split(" ");
    if (key === "") return undefined;
    const members = this.#with(`group-member ${id} `).map(([member]) => member);
    return { method: "DELETE", path: `/v1/groups/${id}`, removes: [key, ...members], adds: [] };
  };

  readonly #joinGroup = (prefix: string): Change | undefined => {
    const [, value = ""] = this.#pick(this.#with(`group ${prefix}`)) ?? [];
    const [groupId = ""] = value.split(" ");
    const user = this.#user(prefix);
    const key = `group-member ${groupId} ${user?.id ?? ""}`;
    if (groupId === "" || user === undefined || this.#facts.has(key)) return undefined;
    const body = { member_id: user.id };
    return { method: "POST", path: `/v1/groups/${groupId}/members/`, body, removes: [], adds: [[key, "yes"]] };
  };

  readonly #createRole = (prefix: string): Change | undefined => {
    if (this.#with(`role ${prefix}`).length >= 1) return undefined;
    const name = this.#newName(prefix);
    const body = { name, description: "new", privileges: ["PRIVILEGE_ROLE_READ"] };
    return { method: "POST", path: "/v1/auth/roles/", body, removes: [], adds: [[`role ${name}`, "new"]] };
  };

  readonly #changeRole = (prefix: string): Change | undefined => {
    const [key = ""] = this.#pick(this.#with(`role ${prefix}`)) ?? [];
    if (key === "") return undefined;
    const description = this.#newName("role");
    const body = { description, privileges: ["PRIVILEGE_ROLE_WRITE"] };
    return { method: "PUT", path: `/v1/auth/roles/${key.slice(5)}`, body, removes: [], adds: [[key, description]] };
  };

  readonly #deleteRole = (prefix: string): Change | undefined => {
    const [key = ""] = this.#pick(this.#with(`role ${prefix}`)) ?? [];
    if (key === "") return undefined;
    const members = this.#with(`role-member ${key.slice(5)} `).map(([member]) => member);
    return { method: "DELETE", path: `/v1/auth/roles/${key.slice(5)}`, removes: [key, ...members], adds: [] };
  };

  readonly #grantRole = (prefix: string): Change | undefined => {
    const [key = ""] = this.#pick(this.#with(`role ${prefix}`)) ?? [];
    const user = this.#user(prefix);
    const member = `role-member ${key.slice(5)} ${user?.id ?? ""}`;
    if (key === "" || user === undefined || this.#facts.has(member)) return undefined;
    const path = `/v1/auth/roles/${key.slice(5)}/members`;
    return { method: "POST", path, body: { auth_id: user.id }, removes: [], adds: [[member, "yes"]] };
  };

  readonly #revokeRole = (prefix: string): Change | undefined => {
    const [key] = this.#pick(this.#with(`role-member ${prefix}`)) ?? [];
    if (key === undefined) return undefined;
    const [, role = "", id = ""] = key.split(" ");
    return { method: "DELETE", path: `/v1/auth/roles/${role}/members/${id}`, removes: [key], adds: [] };
  };

  readonly #createToken = (prefix: string): Change | undefined => {
    const user = this.#user(prefix);
    if (user === undefined || this.#facts.has(`token ${user.id}`)) return undefined;
    const body = { user: { auth_id: user.id } };
    const adds: readonly Effect[] = [[`token ${user.id}`, { ending: "enabled" }]];
    return { method: "POST", path: "/v1/auth/access-tokens/", body, removes: [], adds };
  };

  #token(prefix: string): { readonly key: string; readonly id: string; readonly state: string } | undefined {
    const key = `token ${this.#user(prefix)?.id ?? ""}`;
    const value = this.#facts.get(key);
    if (value === undefined) return undefined;
    const [id = "", state = ""] = value.split(" ");
    return { key, id, state };
  }

  readonly #disableToken = (prefix: string): Change | undefined => {
    const token = this.#token(prefix);
    if (token?.state !== "enabled") return undefined;
    const path = `/v1/auth/access-tokens/${token.id}`;
    const adds: readonly Effect[] = [[token.key, `${token.id} disabled`]];
    return { method: "PATCH", path, body: { enabled: false }, removes: [], adds };
  };

  readonly #deleteToken = (prefix: string): Change | undefined => {
    const token = this.#token(prefix);
    if (token === undefined) return undefined;
    return { method: "DELETE", path: `/v1/auth/access-tokens/${token.id}`, removes: [token.key], adds: [] };
  };
}

interface LoadUser {
  readonly name: string;
  readonly id: string;
  readonly home: string;
}

function replaceUser(before: LoadUser, after: LoadUser): Change {
  const { id, name, home } = after;
  return {
    method: "PUT",
    path: `/v1/users/${id}`,
    body: { id, name, primary_group: "513", uid: "", home_directory: home },
    removes: before.name === name ? [] : [`user ${before.name}`],
    adds: [[`user ${name}`, `${id} ${home}`]],
  };
}

/** Whether the first thing that a change does can be seen. */
function isVisible({ adds, removes }: Change, observed: Facts): boolean {
  const [added] = adds;
  if (added === undefined) return !observed.has(removes[0] ?? "");
  const value = observed.get(added[0]);
  return typeof added[1] === "string" ? value === added[1] : value?.endsWith(` ${added[1].ending}`) === true;
}

/** Reads everything that a load may have made. */
export async function observe(admin: Party): Promise<Facts> {
  const facts = new Map<string, string>();
  const [users, groups, roles, tokens] = await Promise.all(
    ["/v1/users/", "/v1/groups/", "/v1/auth/roles/", "/v1/auth/access-tokens/"].map(async (path) => read(admin, path)),
  );
  for (const user of rowsOf(users))
    if (isOfLoad(user("name"))) facts.set(`user ${user("name")}`, `${user("id")} ${user("home_directory")}`);
  for (const token of rowsOf(Reflect.get(Object(tokens), "entries"))) {
    facts.set(
      `token ${token("user", "auth_id")}`,
      `${token("id")} ${token("enabled") === "true" ? "enabled" : "disabled"}`,
    );
  }
  await Promise.all([
    ...rowsOf(groups).map(async (group) => {
      if (!isOfLoad(group("name"))) return;
      facts.set(`group ${group("name")}`, `${group("id")} group`);
      const members = rowsOf(await read(admin, `/v1/groups/${group("id")}/members/`));
      for (const member of members) facts.set(`group-member ${group("id")} ${member("id")}`, "yes");
    }),
    ...Object.entries(Object(roles) as object).map(async ([name, role]) => {
      if (!isOfLoad(name)) return;
      facts.set(`role ${name}`, String(Reflect.get(Object(role), "description")));
      const members = await read(admin, `/v1/auth/roles/${name}/members`);
      for (const member of rowsOf(Object.values(Object(Reflect.get(Object(members), "members")) as object))) {
        facts.set(`role-member ${name} ${member("auth_id")}`, "yes");
      }
    }),
  ]);
  return facts;
}

/** Every cluster has some users, groups and roles of its own. */
function isOfLoad(name: string): boolean {
  return /^w\d/.test(name);
}

async function read(admin: Party, path: string): Promise<unknown> {
  const reply = await admin.get(path);
  if (reply.status !== 200) throw new Error(`GET ${path}: ${reply.status} ${reply.text}`);
  return reply.body;
}

type Row = (...path: readonly string[]) => string;

function rowsOf(list: unknown): readonly Row[] {
  if (!Array.isArray(list)) throw new Error("The answer is not a list");
  return list.map((row: unknown) => (...path: readonly string[]) => {
    const value = path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), row);
    return String(value);
  });
}

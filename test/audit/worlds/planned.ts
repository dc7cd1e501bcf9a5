import type { Value } from "../../../src/framework/value.ts";
import type { Simulator } from "../../../src/simulator/index.ts";
import type { Clock } from "../../../src/vocabulary/clock.ts";
import { type Engine, type Given, givenRuns, type Kept, type Planned } from "../../support/provider/given-provider.ts";
import { type Plain, setOfValues, undecided } from "../../support/provider/values.ts";
import {
  type Account,
  accountIn,
  accounts,
  administrators,
  always,
  drawnPrivileges,
  type Lifetime,
  nameOf,
  listedRole,
  type Naming,
  sizes,
  type World,
} from "./world.ts";

/** One resource of a world, with what it is in state and what the configuration says; `undefined` where it is not there. */
export interface Resource {
  readonly address: string;
  readonly before: Kept | undefined;
  readonly after: Given | undefined;
  /** What the configuration says of where a value comes from. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** One attribute of one resource for which the configuration says something else. */
export interface Override {
  readonly address: string;
  readonly attribute: string;
  readonly value: Plain;
  /** Whether what it says comes from what it otherwise would as well, and not from elsewhere alone. */
  readonly isMixed: boolean;
}

const lifetimes: Readonly<Record<Lifetime, Given>> = {
  series: { expires_in: "90d", rotate_before_expiry: "30d", overlap: "24h" },
  time: { expiration_time: "2026-06-01T00:00:00Z" },
  endless: {},
};

/**
 * Everything that a world may have, made once on one cluster, and plans of worlds with it.
 *
 * The provider plans each resource by itself, as an engine has it do; what an engine does around that is done here.
 */
export class Pool {
  /** A provider process remembers what its run has planned: each plan is a run of its own. */
  readonly #begin: () => Promise<Engine>;
  readonly #made = new Map<string, Kept>();

  private constructor(simulator: Simulator, clock: Clock) {
    this.#begin = givenRuns(simulator, clock);
  }

  /** Makes all of it. */
  static async on(simulator: Simulator, clock: Clock): Promise<Pool> {
    const pool = new Pool(simulator, clock);
    await pool.#makeAll();
    return pool;
  }

  async #makeAll(): Promise<void> {
    for (const { kind, index } of accounts) {
      await this.#make(`${kind} ${index}`, `qumulo_local_${kind}`, { name: `${kind}-${index}` });
    }
    for (const role of indexes(sizes.roles)) {
      const config = { name: `role-${role}`, privileges: setOfValues(...drawnPrivileges) };
      await this.#make(`role ${role}`, "qumulo_role", config);
    }
    for (const user of indexes(sizes.users)) await this.#tryUser(user);
    for (const account of accounts) {
      for (const role of indexes(administrators + 1)) if (role !== listedRole) await this.#tryMember(role, account);
    }
    for (const chosen of indexes(2 ** accounts.length)) {
      const members = accounts.filter((_, index) => (chosen >> index) % 2 === 1);
      const config = { role_name: `role-${listedRole}`, members: setOfValues(...members.map(listedName)) };
      await this.#tryOut(listKey(members), "qumulo_role_members", config);
    }
  }

  async #tryUser(user: number): Promise<void> {
    for (const group of indexes(sizes.groups)) {
      const config = { group_id: this.#id(`group ${group}`), member_id: this.#id(`user ${user}`) };
      await this.#tryOut(`group ${group} user ${user}`, "qumulo_local_group_member", config);
    }
    for (const [lifetime, more] of Object.entries(lifetimes)) {
      const config = { user: `local:user-${user}`, allow_administrator: true, ...more };
      await this.#tryOut(`token ${user} ${lifetime}`, "qumulo_access_token", config);
    }
  }

  async #tryMember(role: number, { kind, index }: Account): Promise<void> {
    const names = { auth_id: this.#id(`${kind} ${index}`), name: `${kind}-${index}` };
    for (const naming of ["auth_id", "name"] as const) {
      const config = { role_name: roleName(role, `role-${role}`), [naming]: names[naming], ...domainOf(naming) };
      await this.#tryOut(`role ${role} ${kind} ${index} ${naming}`, "qumulo_role_member", config);
    }
  }

  async #make(key: string, type: string, config: Given): Promise<Kept> {
    const { kept, errors } = await (await this.#begin()).apply(type, config);
    if (errors.length > 0) throw new Error(`${key}: ${JSON.stringify(errors)}`);
    this.#made.set(key, kept);
    return kept;
  }

  /** Makes it, and takes it away: each account has few tokens at once, and a member is one by one name. */
  async #tryOut(key: string, type: string, config: Given): Promise<void> {
    const kept = await this.#make(key, type, config);
    const { errors } = await (await this.#begin()).destroy(type, kept);
    if (errors.length > 0) throw new Error(`${key}: ${JSON.stringify(errors)}`);
  }

  #kept(key: string): Kept {
    const kept = this.#made.get(key);
    if (kept === undefined) throw new Error(`There is no ${key}.`);
    return kept;
  }

  #id(key: string): string {
    return text(this.#kept(key).state, "id");
  }

  /** The id of an account in the plan: what is made anew has none yet. */
  #plannedId(kind: "user" | "group", index: number, before: unknown): Plain {
    return before === undefined ? undecided : this.#id(`${kind} ${index}`);
  }

  /** The id of an account that is there before. */
  authId(kind: "user" | "group", index: number): string {
    return this.#id(`${kind} ${index}`);
  }

  /** All resources of a world, those that others refer to first. */
  resources(world: World): readonly Resource[] {
    return [...this.#accounts(world), ...this.#roles(world), ...this.#memberships(world), ...this.#tokens(world)];
  }

  #accounts({ users, groups }: World): readonly Resource[] {
    const of = (kind: "user" | "group", all: World["users"]): readonly Resource[] =>
      all.map((times, index) => ({
        address: `qumulo_local_${kind}.n${index}`,
        before: times.before && this.#kept(`${kind} ${index}`),
        after: times.after && { name: nameOf(kind, index, times) },
        references: {},
      }));
    return [...of("user", users), ...of("group", groups)];
  }

  #roles({ roles }: World): readonly Resource[] {
    return roles.map((times, index) => {
      const kept = this.#kept(`role ${index}`);
      const { before } = times;
      return {
        address: `qumulo_role.n${index}`,
        before: before && { ...kept, state: replaced(kept.state, "privileges", setOfValues(...before).value) },
        after: times.after && { name: nameOf("role", index, times), privileges: setOfValues(...times.after) },
        references: {},
      };
    });
  }

  /** What is made anew is listed by its id, which nobody knows yet. */
  #listedName(account: Account, world: World): Plain {
    return accountIn(world, account).before === undefined ? undecided : listedName(account);
  }

  #memberships(world: World): readonly Resource[] {
    const { users, groups, roles, groupMembers, roleMembers, members } = world;
    const inGroups = groupMembers.map(({ user, group, before, after }) => ({
      address: `qumulo_local_group_member.n${user}_${group}`,
      before: before && this.#kept(`group ${group} user ${user}`),
      after: after && {
        group_id: this.#plannedId("group", group, groups[group]?.before),
        member_id: this.#plannedId("user", user, users[user]?.before),
      },
      references: { group_id: idOf("group", group), member_id: idOf("user", user) },
    }));
    const inRoles = roleMembers.map(({ role, account, before, after }) => {
      const { kind, index } = account;
      const times = accountIn(world, account);
      const names = { auth_id: this.#plannedId(kind, index, times.before), name: nameOf(kind, index, times) };
      return {
        address: `qumulo_role_member.n${role}_${kind}_${index}`,
        before: before && this.#kept(`role ${role} ${kind} ${index} ${before}`),
        after: after && {
          role_name: roleName(role, nameOf("role", role, roles[role] ?? always)),
          [after]: names[after],
          ...domainOf(after),
        },
        references: after === "auth_id" ? { auth_id: idOf(kind, index) } : {},
      };
    });
    const { before, after } = members;
    const role = roles[listedRole] ?? always;
    const list: Resource = {
      address: "qumulo_role_members.list",
      before: before && this.#kept(listKey(before)),
      after: after && {
        role_name: nameOf("role", listedRole, role),
        members: setOfValues(...after.map((account) => this.#listedName(account, world))),
      },
      references: {
        role_name: [`qumulo_role.n${listedRole}.name`, `qumulo_role.n${listedRole}`],
        members: (after ?? []).flatMap(({ kind, index }) => idOf(kind, index)),
      },
    };
    return [...inGroups, ...inRoles, list];
  }

  #tokens({ users, tokens }: World): readonly Resource[] {
    return tokens.map(({ user, before, after }) => ({
      address: `qumulo_access_token.n${user}`,
      before: before && this.#kept(`token ${user} ${before}`),
      after: after && {
        user: `local:${nameOf("user", user, users[user] ?? always)}`,
        allow_administrator: true,
        ...lifetimes[after],
      },
      references: {},
    }));
  }

  /** The plan of a world as an engine shows it. */
  async plan(resources: readonly Resource[]): Promise<Readonly<Record<string, unknown>>> {
    const engine = await this.#begin();
    const changes = await Promise.all(resources.map(async (resource) => changeOf(engine, resource)));
    return {
      format_version: "1.2",
      terraform_version: "1.12.6",
      timestamp: "2026-03-02T08:00:00Z",
      resource_changes: changes.flat(),
      configuration: {
        provider_config: { qumulo: { name: "qumulo", full_name: provider, expressions: {} } },
        root_module: { resources: resources.flatMap(configured) },
      },
    };
  }
}

function listedName({ kind, index }: Account): string {
  return `local:${kind}-${index}`;
}

function listKey(members: readonly Account[]): string {
  return `list ${members.map(listedName).join()}`;
}

const provider = "registry.opentofu.org/cdktf-qumulo/qumulo";

function roleName(role: number, name: string): string {
  return role === administrators ? "Administrators" : name;
}

function domainOf(naming: Naming): Given {
  return naming === "name" ? { domain: "LOCAL" } : {};
}

function idOf(kind: "user" | "group", index: number): readonly string[] {
  const address = `qumulo_local_${kind}.n${index}`;
  return [`${address}.id`, address];
}

/** The resources with something else in one place, which the configuration takes from what no plan tells. */
export function overridden(resources: readonly Resource[], override: Override): readonly Resource[] {
  const { address, attribute, value, isMixed } = override;
  const elsewhere = ["terraform_data.other.output", "terraform_data.other"];
  return resources.map((resource) => {
    if (resource.address !== address || resource.after === undefined) return resource;
    const sources = isMixed ? [...(resource.references[attribute] ?? []), ...elsewhere] : elsewhere;
    return {
      ...resource,
      after: { ...resource.after, [attribute]: value },
      references: { ...resource.references, [attribute]: sources },
    };
  });
}

async function changeOf(engine: Engine, { address, before, after }: Resource): Promise<readonly object[]> {
  const [type = "", name] = address.split(".");
  const own = { address, mode: "managed", type, name, provider_name: provider };
  if (after !== undefined) return [{ ...own, change: await plannedChange(engine, { type, after, before }) }];
  return before === undefined ? [] : [{ ...own, change: shownChange(["delete"], before.state, undefined) }];
}

interface Wanted {
  readonly type: string;
  readonly before: Kept | undefined;
  readonly after: Given;
}

async function plannedChange(engine: Engine, wanted: Wanted): Promise<object> {
  const { before } = wanted;
  const { value, isEmpty, replaces } = await planOne(engine, wanted);
  if (before === undefined) return shownChange(["create"], undefined, value);
  if (replaces.length === 0) return shownChange([isEmpty ? "no-op" : "update"], before.state, value);
  const anew = await planOne(engine, { ...wanted, before: undefined });
  return shownChange(["delete", "create"], before.state, anew.value);
}

async function planOne(engine: Engine, { type, after, before }: Wanted): Promise<Planned> {
  const planned = await engine.plan(type, after, before);
  if (planned.errors.length > 0) throw new Error(`${type}: ${JSON.stringify(planned.errors)}`);
  return planned;
}

function indexes(count: number): readonly number[] {
  return [...Array(count).keys()];
}

function configured({ address, after, references }: Resource): readonly object[] {
  if (after === undefined) return [];
  const [type, name] = address.split(".");
  const expressions = Object.fromEntries(
    Object.entries(after).map(([attribute]) => {
      const names = references[attribute];
      return [attribute, names === undefined ? { constant_value: null } : { references: names }];
    }),
  );
  return [{ address, mode: "managed", type, name, provider_config_key: "qumulo", expressions }];
}

function shownChange(actions: readonly string[], before: Value | undefined, after: Value | undefined): object {
  return {
    actions,
    before: before === undefined ? null : shown(before),
    after: after === undefined ? null : shown(after),
    after_unknown: after === undefined ? false : unknownIn(after),
    before_sensitive: false,
    after_sensitive: false,
  };
}

/** As engines show a value: what is unknown is left out of objects, and null in lists. */
function shown(value: Value): unknown {
  if (value.kind === "null" || value.kind === "unknown") return null;
  if ("elements" in value) return value.elements.map(shown);
  if ("entries" in value) {
    const known = [...value.entries].filter(([, entry]) => entry.kind !== "unknown");
    return Object.fromEntries(known.map(([name, entry]) => [name, shown(entry)]));
  }
  if (value.kind === "number") return Number(value.value);
  return value.kind === "dynamic" ? shown(value.value) : value.value;
}

/** Where a value is unknown, as engines show it: what is known is left out of objects. */
function unknownIn(value: Value): unknown {
  if (value.kind === "unknown") return true;
  if ("elements" in value) return value.elements.map(unknownIn);
  if (!("entries" in value)) return false;
  return Object.fromEntries(
    [...value.entries].map(([name, entry]) => [name, unknownIn(entry)] as const).filter(([, is]) => is !== false),
  );
}

function text(value: Value, attribute: string): string {
  const entry = "entries" in value ? value.entries.get(attribute) : undefined;
  if (entry?.kind !== "string") throw new Error(`There is no text ${attribute}.`);
  return entry.value;
}

function replaced(value: Value, attribute: string, by: Value): Value {
  if (value.kind !== "object") throw new Error("This is not an object.");
  return { kind: "object", entries: new Map([...value.entries, [attribute, by]]) };
}

import * as v from "valibot";

import { recordOf } from "../vocabulary/record-schema.ts";
import { maybe, nothing } from "./answer.ts";
import type { RestAnswer, RestClient } from "./rest-client.ts";
import { pathSegment } from "./path-segment.ts";

/** A role: a named set of privileges. */
export interface Role {
  /** What it is for, in words; may be empty. */
  readonly description: string;
  /** Sorted by name; the cluster promises no order. */
  readonly privileges: readonly string[];
}

/** A role as a list tells it. */
export interface NamedRole extends Role {
  /** Unique among roles, without regard to case. */
  readonly name: string;
}

/** A role with the mark that says whether it has changed since. */
export interface VersionedRole extends Role {
  /** `undefined` when the cluster sent none. */
  readonly etag: string | undefined;
}

/** The roles of a cluster. They are addressed by name, without regard to case. */
export interface Roles {
  /** @throws {ClusterError} with status 409 when the name is taken; `outcome-unknown` when the answer was lost */
  create(role: NamedRole): Promise<NamedRole>;
  /** The role with this name, with its version; `undefined` when there is none. */
  find(name: string): Promise<VersionedRole | undefined>;
  /** All roles, the built-in ones included, sorted by name. */
  list(): Promise<readonly NamedRole[]>;
  /** @throws {ClusterError} with status 412 when the role is no longer the one of `etag` */
  update(name: string, change: Partial<Role>, etag: string | undefined): Promise<VersionedRole>;
  /**
   * @returns false when there was no such role
   * @throws {ClusterError} with status 412 when the role is no longer the one of `etag`
   */
  delete(name: string, etag: string | undefined): Promise<boolean>;
  /** The names of all privileges that this cluster knows, in its own order. */
  listPrivileges(): Promise<readonly string[]>;
  /** What each privilege that this cluster knows lets its holder do, by name. */
  describePrivileges(): Promise<ReadonlyMap<string, string>>;
}

const roleFields = v.object({
  description: maybe(v.string()),
  privileges: v.array(v.string()),
});

const roleAnswer = v.pipe(roleFields, v.transform(decodeRole));

const createdAnswer = v.pipe(
  v.object({ ...roleFields.entries, name: v.string() }),
  v.transform((wire): NamedRole => ({ ...decodeRole(wire), name: wire.name })),
);

const listAnswer = recordOf(roleAnswer);

const privilegesAnswer = recordOf(v.nullish(v.string(), ""));

/** Where roles are. */
export const rolesPath = "/v1/auth/roles/";
/** Where privileges are. */
export const privilegesPath = "/v1/auth/privileges/";

/** The roles of the cluster behind this client. */
export function rolesOf(rest: RestClient): Roles {
  return {
    async create({ name, description, privileges }) {
      const body = { name, description, privileges };
      return (await rest.call({ method: "POST", path: rolesPath, body, answer: createdAnswer })).value;
    },
    async find(name) {
      return versioned(await rest.find({ method: "GET", path: rolePath(name), answer: roleAnswer }));
    },
    async list() {
      const { value } = await rest.call({ method: "GET", path: rolesPath, answer: listAnswer });
      const roles = Object.entries(value).map(([name, role]) => ({ ...role, name }));
      return roles.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    },
    async update(name, change, etag) {
      const { description, privileges } = change;
      const body = { description, privileges };
      const path = rolePath(name);
      const answer = await rest.call({ method: "PATCH", path, body, ifMatch: etag, answer: roleAnswer });
      return { ...answer.value, etag: answer.etag };
    },
    async delete(name, ifMatch) {
      return (await rest.find({ method: "DELETE", path: rolePath(name), ifMatch, answer: nothing })) !== undefined;
    },
    async listPrivileges() {
      const answer = recordOf(v.unknown());
      return Object.keys((await rest.call({ method: "GET", path: privilegesPath, answer })).value);
    },
    async describePrivileges() {
      const { value } = await rest.call({ method: "GET", path: privilegesPath, answer: privilegesAnswer });
      return new Map(Object.entries(value));
    },
  };
}

/** The path of one role. The name is encoded whole, since it may hold any sign but white space. */
export function rolePath(name: string): string {
  return `${rolesPath}${pathSegment(name)}`;
}

function decodeRole(wire: v.InferOutput<typeof roleFields>): Role {
  return { description: wire.description ?? "", privileges: [...new Set(wire.privileges)].toSorted() };
}

function versioned(answer: RestAnswer<Role> | undefined): VersionedRole | undefined {
  return answer === undefined ? undefined : { ...answer.value, etag: answer.etag };
}

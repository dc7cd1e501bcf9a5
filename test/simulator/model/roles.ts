import fc from "fast-check";
import { type Exchange, type Expectation, refuses, refusesFor, succeeds } from "./exchange.ts";
import { anyNamed, exists, identityBody, meaning, type Named } from "./identities.ts";
import {
  anyBy,
  anyIfMatch,
  anyIndex,
  type IfMatch,
  ifMatchOf,
  isStale,
  operation,
  type Operation,
} from "./operation.ts";
import { pickUser } from "./users.ts";
import { asking, type By, pick, type Role, type World } from "./world.ts";

const read = ["ROLE_READ"];
const write = ["ROLE_WRITE"];
const unknownPrivilege = "PRIVILEGE_FLY";

interface RoleFields {
  readonly description?: string | undefined;
  readonly privileges?: readonly string[] | undefined;
}

interface ChangedRole extends RoleFields {
  readonly by: By;
  readonly role: string;
  readonly method: "PUT" | "PATCH";
  readonly ifMatch: IfMatch;
}

interface RoleMember {
  readonly by: By;
  readonly role: string;
  readonly of: Named;
}

function roleBody({ description, privileges }: Role): object {
  return { description, privileges };
}

function find(world: World, name: string): Role | undefined {
  return world.roles.get(name.toLowerCase());
}

function keep(world: World, role: Role): void {
  world.roles.set(role.name.toLowerCase(), role);
}

/** Creates a role. */
export const createRole = operation(
  "createRole",
  (world, { by, ...asked }: { by: By; name: string; description: string; privileges: readonly string[] }): Exchange =>
    asking(world, { method: "POST", path: "/v1/auth/roles/", body: asked, by, needs: write }, () => {
      const refusal = refusesFor({
        undecodable: asked.name === "" || /\s/.test(asked.name) || asked.privileges.includes(unknownPrivilege),
        roleExists: find(world, asked.name) !== undefined,
      });
      if (refusal !== undefined) return refusal;
      const privileges = world.inOrder(asked.privileges);
      const role = { ...asked, privileges, isBuiltIn: false, members: [], tag: world.newHandle("tag") };
      keep(world, role);
      return succeeds({ name: role.name, ...roleBody(role) }, role.tag);
    }),
);

/** Changes a role: PUT takes both fields, PATCH those that are given. */
export const changeRole = operation("changeRole", (world, asked: ChangedRole): Exchange => {
  const { by, method, description, privileges } = asked;
  const before = find(world, asked.role);
  const request = {
    method,
    path: `/v1/auth/roles/${encodeURIComponent(asked.role)}`,
    body: { description, privileges },
    ifMatch: ifMatchOf(world, asked.ifMatch, before?.tag),
  };
  return asking(world, { ...request, by, needs: write }, () => {
    const isIncomplete = method === "PUT" && (description === undefined || privileges === undefined);
    const refusal = refusesFor({
      notFound: before === undefined,
      undecodable: isIncomplete || privileges?.includes(unknownPrivilege) === true,
      staleETag: isStale(asked.ifMatch),
      builtInRole: before?.isBuiltIn === true,
    });
    return refusal ?? (before === undefined ? refuses("notFound") : change(world, before, asked));
  });
});

function change(world: World, before: Role, asked: RoleFields): Expectation {
  const description = asked.description ?? before.description;
  const privileges = asked.privileges === undefined ? before.privileges : world.inOrder(asked.privileges);
  const hasChanged = description !== before.description || privileges.join() !== before.privileges.join();
  const tag = hasChanged ? world.nextTag(before.tag) : before.tag;
  const after = { ...before, description, privileges, tag };
  keep(world, after);
  return succeeds(roleBody(after), after.tag);
}

/** Deletes a role with its memberships. */
export const deleteRole = operation(
  "deleteRole",
  (world, asked: { by: By; role: string; ifMatch: IfMatch }): Exchange => {
    const role = find(world, asked.role);
    const path = `/v1/auth/roles/${encodeURIComponent(asked.role)}`;
    const ifMatch = ifMatchOf(world, asked.ifMatch, role?.tag);
    return asking(world, { method: "DELETE", path, ifMatch, by: asked.by, needs: write }, () => {
      const refusal = refusesFor({
        notFound: role === undefined,
        staleETag: isStale(asked.ifMatch),
        builtInRole: role?.isBuiltIn === true,
      });
      if (refusal !== undefined) return refusal;
      world.roles.delete(asked.role.toLowerCase());
      return succeeds();
    });
  },
);

/** Reads a role. */
export const getRole = operation("getRole", (world, asked: { by: By; role: string }): Exchange => {
  const path = `/v1/auth/roles/${encodeURIComponent(asked.role)}`;
  return asking(world, { method: "GET", path, by: asked.by, needs: read }, () => {
    const role = find(world, asked.role);
    return role === undefined ? refuses("notFound") : succeeds(roleBody(role), role.tag);
  });
});

/** Lists the roles. */
export const listRoles = operation("listRoles", (world, { by }: { by: By }): Exchange =>
  asking(world, { method: "GET", path: "/v1/auth/roles/", by, needs: read }, () =>
    succeeds(Object.fromEntries([...world.roles.values()].map((role) => [role.name, roleBody(role)]))),
  ),
);

/** Adds an identity to a role. */
export const addRoleMember = operation("addRoleMember", (world, asked: RoleMember): Exchange => {
  const { body, id } = meaning(world, asked.of);
  const path = `/v1/auth/roles/${encodeURIComponent(asked.role)}/members`;
  return asking(world, { method: "POST", path, body, by: asked.by, needs: write }, () => {
    const role = find(world, asked.role);
    const refusal = refusesFor({
      notFound: role === undefined,
      unresolved: id === undefined || !exists(world, id),
      roleMemberExists: id !== undefined && role?.members.includes(id) === true,
    });
    if (refusal !== undefined || role === undefined || id === undefined) return refusal ?? refuses("notFound");
    keep(world, { ...role, members: [...role.members, id] });
    return succeeds(identityBody(world, id));
  });
});

/** Takes an identity out of a role, or reads it as a member: one of its members, or one who is none. */
export const oneRoleMember = operation(
  "oneRoleMember",
  (world, asked: { by: By; role: string; method: "GET" | "DELETE"; member: number }): Exchange => {
    const id = pick([...(find(world, asked.role)?.members ?? []), pickUser(world, asked.member).id], asked.member);
    const path = `/v1/auth/roles/${encodeURIComponent(asked.role)}/members/${id}`;
    const needs = asked.method === "GET" ? read : write;
    return asking(world, { method: asked.method, path, by: asked.by, needs }, () => {
      const role = find(world, asked.role);
      if (role?.members.includes(id) !== true) return refuses("notFound");
      if (asked.method === "GET") return succeeds(identityBody(world, id));
      keep(world, { ...role, members: role.members.filter((member) => member !== id) });
      return succeeds();
    });
  },
);

/** Lists the members of a role. */
export const listRoleMembers = operation("listRoleMembers", (world, asked: { by: By; role: string }): Exchange => {
  const path = `/v1/auth/roles/${encodeURIComponent(asked.role)}/members`;
  return asking(world, { method: "GET", path, by: asked.by, needs: read }, () => {
    const role = find(world, asked.role);
    if (role === undefined) return refuses("notFound");
    const members = Object.fromEntries(role.members.map((id) => [id, identityBody(world, id)]));
    return succeeds({ members, paging: { next: "" } });
  });
});

const anyRoleName = fc.oneof(
  { arbitrary: fc.constantFrom("keepers", "KEEPERS", "watchers"), weight: 8 },
  { arbitrary: fc.constantFrom("Administrators", "Observers", "nobody-has-it"), weight: 1 },
);

const anyPrivileges = fc.oneof(
  {
    arbitrary: fc
      .subarray([
        "ACCESS_TOKENS_READ",
        "ACCESS_TOKENS_WRITE",
        "IDENTITY_READ",
        "LOCAL_GROUP_READ",
        "LOCAL_GROUP_WRITE",
        "LOCAL_USER_READ",
        "LOCAL_USER_WRITE",
        "ROLE_READ",
        "ROLE_WRITE",
      ])
      .chain((names) => fc.shuffledSubarray(names, { minLength: names.length }))
      .map((names) => names.map((name) => `PRIVILEGE_${name}`)),
    weight: 12,
  },
  { arbitrary: fc.constant([unknownPrivilege]), weight: 1 },
);

const anyDescription = fc.constantFrom("", "Keeps things");

/** Any step about roles and their members. */
export const anyRoleOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    arbitrary: fc
      .record({
        by: anyBy,
        name: fc.oneof({ arbitrary: anyRoleName, weight: 12 }, { arbitrary: fc.constantFrom("", "a b"), weight: 1 }),
        description: anyDescription,
        privileges: anyPrivileges,
      })
      .map(createRole),
    weight: 3,
  },
  {
    arbitrary: fc
      .record({
        by: anyBy,
        role: anyRoleName,
        method: fc.constantFrom("PUT", "PATCH"),
        description: fc.option(anyDescription, { nil: undefined, freq: 3 }),
        privileges: fc.option(anyPrivileges, { nil: undefined, freq: 5 }),
        ifMatch: anyIfMatch,
      })
      .map(changeRole),
    weight: 4,
  },
  { arbitrary: fc.record({ by: anyBy, role: anyRoleName, ifMatch: anyIfMatch }).map(deleteRole), weight: 3 },
  { arbitrary: fc.record({ by: anyBy, role: anyRoleName }).map(getRole), weight: 1 },
  { arbitrary: fc.record({ by: anyBy }).map(listRoles), weight: 1 },
  { arbitrary: fc.record({ by: anyBy, role: anyRoleName }).map(listRoleMembers), weight: 1 },
  { arbitrary: fc.record({ by: anyBy, role: anyRoleName, of: anyNamed }).map(addRoleMember), weight: 6 },
  {
    arbitrary: fc
      .record({ by: anyBy, role: anyRoleName, method: fc.constantFrom("GET", "DELETE"), member: anyIndex })
      .map(oneRoleMember),
    weight: 3,
  },
);

import { roleNameFault } from "../../client/snapshot/no-code.ts";
import type { RoleWithMembers } from "../../client/snapshot/read-snapshot.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { includeBuiltIn, isAsked, nameMatcher, namePattern, roleNamed, textFilter } from "../listing/filters.ts";
import { leftOut, readObjects } from "../listing/read-objects.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { noFields, type RoleMemberModel, toModel } from "./model.ts";
import type { RoleMemberSchema } from "./schema.ts";

const schema = {
  description: "Lists members of roles. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    name_pattern: namePattern("members"),
    role: textFilter("Only members of this role."),
    include_built_in: includeBuiltIn("what comes with every cluster, as a member of a role that does,"),
  },
} as const satisfies Schema;

/** Lists members of roles. */
export const roleMemberList: ResourceList<RoleMemberSchema, Connection, typeof schema> = { schema, list };

type Context = ListContext<typeof schema, Connection>;

async function* list(context: Context): AsyncGenerator<ListEntry<RoleMemberSchema>> {
  const { snapshot, leftOut: unread } = await readObjects(context, {
    title: "Members of roles",
    type: "role-members",
    beside: ["roles"],
  });
  yield* unread;
  const asked = knownOrUndefined(context.config.role);
  for (const role of asked === undefined ? snapshot.roles : [roleNamed(snapshot, asked)]) {
    const fault = roleNameFault(role.name);
    if (fault === undefined) yield* membersOf(role, context);
    else yield leftOut(membersLeftOut(role.name, fault));
  }
}

function* membersOf(role: RoleWithMembers, { config }: Context): Generator<ListEntry<RoleMemberSchema>> {
  const isNamedSo = nameMatcher(config.name_pattern);
  const passesBuiltIn = !isBuiltInRole(role.name) || isAsked(config.include_built_in);
  for (const member of role.members ?? []) {
    const { authId, name = `auth_id ${authId}` } = member;
    if (!isNamedSo(member.name) || (!passesBuiltIn && isBuiltInMember(authId))) continue;
    yield {
      kind: "object",
      displayName: `${name} in ${role.name}`,
      identity: { role_name: role.name, auth_id: authId },
      state: () => toModel(role.name, member, { ...noFields, allow_lock_out: false }),
    };
  }
}

/** Why the members of a role are not listed. */
export function membersLeftOut(roleName: string, fault: string): DiagnosticText {
  return {
    summary: "Members of a role are left out of the list",
    detail: `The cluster has a role "${roleName}". ${fault}`,
  };
}

function isBuiltInMember(authId: string): boolean {
  return isBuiltInAccount("user", authId) || isBuiltInAccount("group", authId);
}

/** A configuration names a member by its auth_id, which stays whatever becomes of its name. */
export function configFromRoleMember(): Partial<RoleMemberModel> {
  return noFields;
}

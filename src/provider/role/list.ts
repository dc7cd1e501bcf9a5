import { privilegesFault, roleNameFault } from "../../client/snapshot/no-code.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { includeBuiltIn, isAsked, nameMatcher, namePattern, textFilter } from "../listing/filters.ts";
import { leftOut, readObjects } from "../listing/read-objects.ts";
import { toModel } from "./model.ts";
import type { RoleSchema } from "./schema.ts";

const schema = {
  description: "Lists roles. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    name_pattern: namePattern("roles"),
    privilege: textFilter("Only roles that have this privilege, such as `PRIVILEGE_ROLE_WRITE`."),
    include_built_in: includeBuiltIn("what comes with every cluster, such as `Observers`, and cannot be managed,"),
  },
} as const satisfies Schema;

/** Lists roles. */
export const roleList: ResourceList<RoleSchema, Connection, typeof schema> = { schema, list };

async function* list(context: ListContext<typeof schema, Connection>): AsyncGenerator<ListEntry<RoleSchema>> {
  const { config } = context;
  const { snapshot } = await readObjects(context, { title: "Roles", type: "roles" });
  const isNamedSo = nameMatcher(config.name_pattern);
  const privilege = knownOrUndefined(config.privilege);
  for (const role of snapshot.roles) {
    const { name, privileges } = role;
    if (isBuiltInRole(name) && !isAsked(config.include_built_in)) continue;
    if (!isNamedSo(name) || (privilege !== undefined && !privileges.includes(privilege))) continue;
    const fault = roleNameFault(name) ?? privilegesFault(privileges);
    if (fault === undefined) {
      const state = () => toModel({ name, allow_lock_out: false }, role);
      yield { kind: "object", displayName: name, identity: { name }, state };
    } else
      yield leftOut({ summary: "Role is left out of the list", detail: `The cluster has a role "${name}". ${fault}` });
  }
}

import { roleNameFault } from "../../client/snapshot/no-code.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { includeBuiltIn, isAsked, nameMatcher, namePattern } from "../listing/filters.ts";
import { leftOut, readObjects } from "../listing/read-objects.ts";
import { membersLeftOut } from "../role-member/list.ts";
import { toModel, withOthers } from "./model.ts";
import type { RoleMembersSchema } from "./schema.ts";

const schema = {
  description: "Lists the members of each role as one object. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    name_pattern: namePattern("roles"),
    include_built_in: includeBuiltIn(
      "the whole membership of a role that comes with every cluster, such as `Administrators`,",
    ),
  },
} as const satisfies Schema;

/** Lists the members of each role as one object. */
export const roleMembersList: ResourceList<RoleMembersSchema, Connection, typeof schema> = { schema, list };

async function* list(context: ListContext<typeof schema, Connection>): AsyncGenerator<ListEntry<RoleMembersSchema>> {
  const { config } = context;
  const { snapshot, leftOut: unread } = await readObjects(context, {
    title: "Members of roles",
    type: "role-members",
    beside: ["roles"],
  });
  yield* unread;
  const isNamedSo = nameMatcher(config.name_pattern);
  for (const { name, members } of snapshot.roles) {
    if (!isNamedSo(name) || (isBuiltInRole(name) && !isAsked(config.include_built_in))) continue;
    const fault = roleNameFault(name);
    if (fault !== undefined) {
      yield leftOut(membersLeftOut(name, fault));
    } else if (members !== undefined) {
      yield {
        kind: "object",
        displayName: `members of ${name}`,
        identity: { role_name: name },
        state: () => toModel({ role_name: name, allow_lock_out: false }, withOthers(members, [])),
      };
    }
  }
}

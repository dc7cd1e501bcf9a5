import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import type { Connection } from "../connection.ts";
import { groupNamed, includeBuiltIn, isAsked, nameMatcher, namePattern, textFilter } from "../listing/filters.ts";
import { readObjects } from "../listing/read-objects.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { toModel } from "./model.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

const schema = {
  description:
    "Lists members of local groups. Needs `PRIVILEGE_LOCAL_GROUP_READ`. A user whose primary group it is belongs to a group without a membership, and is not listed as a member.",
  attributes: {
    name_pattern: namePattern("members"),
    group: textFilter("Only members of this local group, given by name or id."),
    include_built_in: includeBuiltIn("a user who comes with every cluster, as a member of a group that does,"),
  },
} as const satisfies Schema;

/** Lists members of local groups. */
export const localGroupMemberList: ResourceList<LocalGroupMemberSchema, Connection, typeof schema> = { schema, list };

async function* list(
  context: ListContext<typeof schema, Connection>,
): AsyncGenerator<ListEntry<LocalGroupMemberSchema>> {
  const { config } = context;
  const { snapshot, leftOut } = await readObjects(context, {
    title: "Members of local groups",
    type: "group-members",
    beside: ["groups"],
  });
  yield* leftOut;
  const isNamedSo = nameMatcher(config.name_pattern);
  const asked = knownOrUndefined(config.group);
  const groups = asked === undefined ? snapshot.groups : [groupNamed(snapshot, asked)];
  for (const group of groups) {
    for (const { id, name, primaryGroup } of group.members ?? []) {
      const isBuiltIn = isBuiltInAccount("group", group.id) && isBuiltInAccount("user", id);
      if (primaryGroup === group.id || !isNamedSo(name)) continue;
      if (isBuiltIn && !isAsked(config.include_built_in)) continue;
      const identity = { group_id: group.id, member_id: id };
      yield {
        kind: "object",
        displayName: `${name} in ${group.name}`,
        identity,
        state: () => toModel({ ...identity, allow_lock_out: false }),
      };
    }
  }
}

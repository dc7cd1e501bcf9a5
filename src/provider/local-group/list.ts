import type { LocalGroup } from "../../client/local-groups.ts";
import type { Snapshot } from "../../client/snapshot/read-snapshot.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import { userNameFault } from "../../vocabulary/user-name.ts";
import type { Connection } from "../connection.ts";
import {
  includeBuiltIn,
  isAsked,
  nameMatcher,
  namePattern,
  passingAll,
  roleNamed,
  textFilter,
} from "../listing/filters.ts";
import { leftOut, readObjects } from "../listing/read-objects.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { importedGroup } from "./find.ts";
import { type LocalGroupModel, toModel } from "./model.ts";
import type { LocalGroupSchema } from "./schema.ts";

const schema = {
  description:
    "Lists local groups. Needs `PRIVILEGE_LOCAL_GROUP_READ`; the filter by role needs `PRIVILEGE_ROLE_READ` too.",
  attributes: {
    name_pattern: namePattern("groups"),
    role: textFilter("Only groups that are members of this role."),
    include_built_in: includeBuiltIn("what comes with every cluster, such as `Users`,"),
  },
} as const satisfies Schema;

/** Lists local groups. */
export const localGroupList: ResourceList<LocalGroupSchema, Connection, typeof schema> = { schema, list };

type Context = ListContext<typeof schema, Connection>;

async function* list(context: Context): AsyncGenerator<ListEntry<LocalGroupSchema>> {
  const { snapshot } = await readObjects(context, {
    title: "Local groups",
    type: "groups",
    beside: context.config.role.kind === "known" ? ["roles", "role-members"] : [],
  });
  for (const group of snapshot.groups.filter(filterOf(context, snapshot))) {
    const { id, name } = group;
    const fault = userNameFault(name);
    if (fault === undefined) {
      yield { kind: "object", displayName: name, identity: { id }, state: () => toModel(group, importedGroup) };
    } else {
      const detail = `Local group "${name}" has the id ${id}. ${fault}`;
      yield leftOut({ summary: "Local group is left out of the list", detail });
    }
  }
}

function filterOf({ config }: Context, snapshot: Snapshot): (group: LocalGroup) => boolean {
  const isNamedSo = nameMatcher(config.name_pattern);
  const role = knownOrUndefined(config.role);
  const members = role === undefined ? undefined : (roleNamed(snapshot, role).members ?? []);
  return passingAll<LocalGroup>(
    ({ name }) => isNamedSo(name),
    isAsked(config.include_built_in) ? undefined : ({ id }) => !isBuiltInAccount("group", id),
    members && (({ id }) => members.some(({ authId }) => authId === id)),
  );
}

/** A configuration without a gid is one of a group that has none. */
export function configFromLocalGroup({ gid }: LocalGroupModel): Partial<LocalGroupModel> {
  return { gid: gid === "" ? null : gid };
}

import type { LocalUser } from "../../client/local-users.ts";
import { userFault } from "../../client/snapshot/no-code.ts";
import type { ObjectType } from "../../client/snapshot/object-types.ts";
import type { Snapshot } from "../../client/snapshot/read-snapshot.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import type { Connection } from "../connection.ts";
import {
  groupNamed,
  holdersOf,
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
import { importedUser } from "./find.ts";
import { type LocalUserModel, toModel } from "./model.ts";
import type { LocalUserSchema } from "./schema.ts";

const schema = {
  description:
    "Lists local users. Needs `PRIVILEGE_LOCAL_USER_READ`; filters by group and role need to read those too.",
  attributes: {
    name_pattern: namePattern("users"),
    group: textFilter("Only members of this local group, given by name or id. It may be their primary group."),
    role: textFilter("Only users who hold this role, by themselves or as members of a local group."),
    include_built_in: includeBuiltIn("what comes with every cluster, such as `admin`,"),
  },
} as const satisfies Schema;

type Context = ListContext<typeof schema, Connection>;

/** Lists local users. */
export const localUserList: ResourceList<LocalUserSchema, Connection, typeof schema> = { schema, list };

async function* list(context: Context): AsyncGenerator<ListEntry<LocalUserSchema>> {
  const { snapshot } = await readObjects(context, { title: "Local users", type: "users", beside: besideOf(context) });
  for (const user of snapshot.users.filter(filterOf(context, snapshot))) {
    const { id, name } = user;
    const fault = userFault(user);
    if (fault === undefined) {
      yield { kind: "object", displayName: name, identity: { id }, state: () => toModel(user, importedUser) };
    } else {
      const detail = `Local user "${name}" has the id ${id}. ${fault}`;
      yield leftOut({ summary: "Local user is left out of the list", detail });
    }
  }
}

function besideOf({ config: { group, role } }: Context): readonly ObjectType[] {
  if (role.kind === "known") return ["groups", "group-members", "roles", "role-members"];
  return group.kind === "known" ? ["groups", "group-members"] : [];
}

function filterOf({ config }: Context, snapshot: Snapshot): (user: LocalUser) => boolean {
  const isNamedSo = nameMatcher(config.name_pattern);
  const [group, role] = [knownOrUndefined(config.group), knownOrUndefined(config.role)];
  const members = group === undefined ? undefined : (groupNamed(snapshot, group).members ?? []);
  const holders = role === undefined ? undefined : holdersOf(snapshot, roleNamed(snapshot, role));
  return passingAll<LocalUser>(
    ({ name }) => isNamedSo(name),
    isAsked(config.include_built_in) ? undefined : ({ id }) => !isBuiltInAccount("user", id),
    members && (({ id }) => members.some((member) => member.id === id)),
    holders && (({ id }) => holders.has(id)),
  );
}

/** A configuration without a uid, or home directory, is one of a user who has none. */
export function configFromLocalUser({ uid, home_directory }: LocalUserModel): Partial<LocalUserModel> {
  return { uid: uid === "" ? null : uid, home_directory: home_directory === "" ? null : home_directory };
}

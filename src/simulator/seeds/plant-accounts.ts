import { Secret } from "../../vocabulary/secret.ts";
import {
  findAccountId,
  findGroup,
  findUser,
  isBuiltInAccount,
  reserveAccountIdsBelow,
  wellKnownIds,
} from "../rules/accounts/accounts.ts";
import { addGroupMember, createLocalGroup } from "../rules/accounts/local-groups.ts";
import { createLocalUser, setPassword } from "../rules/accounts/local-users.ts";
import { isPasswordHash, noPassword } from "../rules/accounts/passwords.ts";
import type { Seed, SeededGroup, SeededUser, SeedPath } from "./seed.ts";
import type { Soil } from "./soil.ts";

/** Keeps the ids that the seed names from being given to accounts that it leaves without one. */
export function reserveAccountIds({ context }: Soil, { cluster, groups = [], users = [] }: Seed): void {
  const named = [...groups, ...users].flatMap(({ id }) => (id === undefined ? [] : [Number(id) + 1]));
  // Not as arguments of one call: a seed may hold more accounts than a call takes arguments.
  reserveAccountIdsBelow(
    context,
    named.reduce((most, next) => Math.max(most, next), cluster?.next_id ?? 0),
  );
}

/** Makes the groups, without their members. */
export function plantGroups(soil: Soil, groups: readonly SeededGroup[]): void {
  for (const [index, { name, id, gid }] of groups.entries()) {
    const path = ["groups", index];
    if (!isBuiltInName(soil, name, "group")) {
      soil.try(path, () => createLocalGroup(soil.context, { name, gid }, { id }));
    } else if (id !== undefined || gid !== undefined) {
      soil.refuse(path, `${name} is built in: it takes members only`);
    } else soil.refuseAgain(path, name);
  }
}

/** Makes the users. */
export function plantUsers(soil: Soil, users: readonly SeededUser[]): void {
  for (const [index, user] of users.entries()) {
    const path = ["users", index];
    if (user.password_hash !== undefined && !isPasswordHash(user.password_hash)) {
      soil.refuse([...path, "password_hash"], "this is not a hash as an export writes it");
    } else if (isBuiltInName(soil, user.name, "user")) plantBuiltInUser(soil, path, user);
    else plantUser(soil, path, user);
  }
}

function plantUser(soil: Soil, path: SeedPath, user: SeededUser): void {
  const { context } = soil;
  const primaryGroup = findGroupId(soil, [...path, "primary_group"], user.primary_group ?? "Users");
  if (primaryGroup === undefined) return;
  const password = user.password === undefined ? undefined : new Secret(user.password);
  const passwordHash = password === undefined ? (user.password_hash ?? noPassword) : undefined;
  const fields = { name: user.name, primaryGroup, uid: user.uid, homeDirectory: user.home_directory, password };
  soil.try(path, () => createLocalUser(context, fields, { id: user.id, passwordHash }));
}

function plantBuiltInUser(soil: Soil, path: SeedPath, user: SeededUser): void {
  const { name, password, ...others } = user;
  const id = findAccountId(soil.context, name);
  soil.refuseAgain(path, name);
  if (Object.values(others).some((value) => value !== undefined)) {
    soil.refuse(path, `${name} is built in: it takes a password only`);
  } else if (password !== undefined && id !== undefined && id !== wellKnownIds.admin) {
    soil.try([...path, "password"], () => {
      setPassword(soil.context, id, new Secret(password));
    });
  }
}

/** Adds users to groups. */
export function plantGroupMembers(soil: Soil, groups: readonly SeededGroup[]): void {
  for (const [index, { name, members = [] }] of groups.entries()) {
    const groupId = findAccountId(soil.context, name);
    // A group that was refused has a fault already.
    if (groupId === undefined || findGroup(soil.context, groupId) === undefined) continue;
    for (const [position, member] of members.entries()) {
      const path = ["groups", index, "members", position];
      const userId = findAccountId(soil.context, member);
      if (userId === undefined || findUser(soil.context, userId) === undefined) {
        soil.refuse(path, `there is no local user named ${JSON.stringify(member)}`);
      } else {
        soil.try(path, () => addGroupMember(soil.context, groupId, userId));
      }
    }
  }
}

function findGroupId(soil: Soil, path: SeedPath, name: string): string | undefined {
  const id = findAccountId(soil.context, name);
  if (id !== undefined && findGroup(soil.context, id) !== undefined) return id;
  soil.refuse(path, `there is no local group named ${JSON.stringify(name)}`);
  return undefined;
}

/** Whether every cluster has a user or a group of this name. */
function isBuiltInName({ context }: Soil, name: string, kind: "user" | "group"): boolean {
  const id = findAccountId(context, name);
  if (id === undefined || !isBuiltInAccount(id)) return false;
  return (kind === "user" ? findUser(context, id) : findGroup(context, id)) !== undefined;
}

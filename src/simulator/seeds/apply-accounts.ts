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
import type { SeedBuilder } from "./seed-builder.ts";

/** Keeps the ids that the seed names from being given to accounts that it leaves without one. */
export function reserveAccountIds({ context }: SeedBuilder, { cluster, groups = [], users = [] }: Seed): void {
  const named = [...groups, ...users].flatMap(({ id }) => (id === undefined ? [] : [Number(id) + 1]));
  // Not as arguments of one call: a seed may hold more accounts than a call takes arguments.
  reserveAccountIdsBelow(
    context,
    named.reduce((most, next) => Math.max(most, next), cluster?.next_id ?? 0),
  );
}

/** Makes the groups, without their members. */
export function applyGroups(builder: SeedBuilder, groups: readonly SeededGroup[]): void {
  for (const [index, { name, id, gid }] of groups.entries()) {
    const path = ["groups", index];
    if (!isBuiltInName(builder, name, "group")) {
      builder.try(path, () => createLocalGroup(builder.context, { name, gid }, { id }));
    } else if (id !== undefined || gid !== undefined) {
      builder.refuse(path, `${name} is built in: it takes members only`);
    } else builder.refuseAgain(path, name);
  }
}

/** Makes the users. */
export function applyUsers(builder: SeedBuilder, users: readonly SeededUser[]): void {
  for (const [index, user] of users.entries()) {
    const path = ["users", index];
    if (user.password_hash !== undefined && !isPasswordHash(user.password_hash)) {
      builder.refuse([...path, "password_hash"], "this is not a hash as an export writes it");
    } else if (isBuiltInName(builder, user.name, "user")) applyBuiltInUser(builder, path, user);
    else applyUser(builder, path, user);
  }
}

function applyUser(builder: SeedBuilder, path: SeedPath, user: SeededUser): void {
  const { context } = builder;
  const primaryGroup = findGroupId(builder, [...path, "primary_group"], user.primary_group ?? "Users");
  if (primaryGroup === undefined) return;
  const password = user.password === undefined ? undefined : new Secret(user.password);
  const passwordHash = password === undefined ? (user.password_hash ?? noPassword) : undefined;
  const fields = { name: user.name, primaryGroup, uid: user.uid, homeDirectory: user.home_directory, password };
  builder.try(path, () => createLocalUser(context, fields, { id: user.id, passwordHash }));
}

function applyBuiltInUser(builder: SeedBuilder, path: SeedPath, user: SeededUser): void {
  const { name, password, ...others } = user;
  const id = findAccountId(builder.context, name);
  builder.refuseAgain(path, name);
  if (Object.values(others).some((value) => value !== undefined)) {
    builder.refuse(path, `${name} is built in: it takes a password only`);
  } else if (password !== undefined && id !== undefined && id !== wellKnownIds.admin) {
    builder.try([...path, "password"], () => {
      setPassword(builder.context, id, new Secret(password));
    });
  }
}

/** Adds users to groups. */
export function applyGroupMembers(builder: SeedBuilder, groups: readonly SeededGroup[]): void {
  for (const [index, { name, members = [] }] of groups.entries()) {
    const groupId = findAccountId(builder.context, name);
    // A group that was refused has a fault already.
    if (groupId === undefined || findGroup(builder.context, groupId) === undefined) continue;
    for (const [position, member] of members.entries()) {
      const path = ["groups", index, "members", position];
      const userId = findAccountId(builder.context, member);
      if (userId === undefined || findUser(builder.context, userId) === undefined) {
        builder.refuse(path, `there is no local user named ${JSON.stringify(member)}`);
      } else {
        builder.try(path, () => addGroupMember(builder.context, groupId, userId));
      }
    }
  }
}

function findGroupId(builder: SeedBuilder, path: SeedPath, name: string): string | undefined {
  const id = findAccountId(builder.context, name);
  if (id !== undefined && findGroup(builder.context, id) !== undefined) return id;
  builder.refuse(path, `there is no local group named ${JSON.stringify(name)}`);
  return undefined;
}

/** Whether every cluster has a user or a group of this name. */
function isBuiltInName({ context }: SeedBuilder, name: string, kind: "user" | "group"): boolean {
  const id = findAccountId(context, name);
  if (id === undefined || !isBuiltInAccount(id)) return false;
  return (kind === "user" ? findUser(context, id) : findGroup(context, id)) !== undefined;
}

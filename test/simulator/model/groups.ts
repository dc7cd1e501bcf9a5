import fc from "fast-check";
import { type Exchange, type Reasons, refuses, refusesFor, succeeds } from "./exchange.ts";
import {
  anyAccountName,
  anyBy,
  anyIfMatch,
  anyIndex,
  anyPosixId,
  type IfMatch,
  ifMatchOf,
  isAccountName,
  isPosixId,
  isStale,
  operation,
  type Operation,
  rarely,
} from "./operation.ts";
import { pickUser, sidOf, userBody } from "./users.ts";
import { asking, builtInIds, type By, type Group, pick, type World } from "./world.ts";

const read = ["LOCAL_GROUP_READ"];
const write = ["LOCAL_GROUP_WRITE"];

interface ReplacedGroup {
  readonly by: By;
  readonly group: number;
  readonly name: string;
  readonly gid: string;
  readonly ifMatch: IfMatch;
  readonly isMisdirected: boolean;
}

interface GroupMember {
  readonly by: By;
  readonly group: number;
  readonly user: number;
}

function groupBody({ id, name, gid }: Group): object {
  return { id, name, sid: sidOf(id), gid };
}

/** The nth group; the built-in ones come last, and less often. */
export function pickGroup(world: World, index: number): Group {
  const groups = [...world.groups.values()];
  return pick([...groups.filter(({ id }) => !builtInIds.includes(id)), ...groups], index);
}

function problemsOf(world: World, asked: Pick<Group, "name" | "gid">, own?: string): Reasons {
  const holder = world.holderOf(asked.name);
  const gidHolder = [...world.groups.values()].find(
    ({ gid, isDeleted }) => !isDeleted && gid !== "" && gid === asked.gid,
  );
  return {
    undecodable: !isAccountName(asked.name) || !isPosixId(asked.gid),
    groupExists: holder !== undefined && holder !== own,
    posixIdTaken: gidHolder !== undefined && gidHolder.id !== own,
  };
}

/** Creates a group. */
export const createGroup = operation("createGroup", (world, asked: { by: By; name: string; gid: string }): Exchange => {
  const { by, ...fields } = asked;
  return asking(world, { method: "POST", path: "/v1/groups/", body: fields, by, needs: write }, () => {
    const refusal = refusesFor(problemsOf(world, fields));
    if (refusal !== undefined) return refusal;
    const id = world.newHandle("id");
    const group = { ...fields, id, added: [], tag: world.newHandle("tag"), isDeleted: false };
    world.groups.set(id, group);
    return succeeds(groupBody(group), group.tag);
  });
});

/** Replaces name and gid of a group. */
export const replaceGroup = operation("replaceGroup", (world, asked: ReplacedGroup): Exchange => {
  const before = pickGroup(world, asked.group);
  const { name, gid, by } = asked;
  const request = {
    method: "PUT",
    path: `/v1/groups/${before.id}`,
    body: { id: asked.isMisdirected ? "500" : before.id, name, gid },
    ifMatch: ifMatchOf(world, asked.ifMatch, before.tag),
  };
  return asking(world, { ...request, by, needs: write }, () => {
    const hasChanged = name !== before.name || gid !== before.gid;
    const refusal = refusesFor({
      ...problemsOf(world, { name, gid }, before.id),
      notFound: before.isDeleted,
      staleETag: isStale(asked.ifMatch),
      idMismatch: asked.isMisdirected,
      builtInAccount: hasChanged && builtInIds.includes(before.id),
    });
    if (refusal !== undefined) return refusal;
    const after = { ...before, name, gid, tag: hasChanged ? world.nextTag(before.tag) : before.tag };
    world.groups.set(before.id, after);
    return succeeds(groupBody(after), after.tag);
  });
});

/** Deletes a group. */
export const deleteGroup = operation("deleteGroup", (world, asked: { by: By; group: number }): Exchange => {
  const group = pickGroup(world, asked.group);
  const request = { method: "DELETE", path: `/v1/groups/${group.id}`, by: asked.by, needs: write };
  return asking(world, request, () => {
    const refusal = refusesFor({
      notFound: group.isDeleted,
      builtInAccount: builtInIds.includes(group.id),
      groupInUse: world.membersOf(group).some(({ primaryGroup }) => primaryGroup === group.id),
    });
    if (refusal !== undefined) return refusal;
    world.groups.set(group.id, { ...group, added: [], isDeleted: true });
    return succeeds();
  });
});

/** Reads a group. */
export const getGroup = operation("getGroup", (world, asked: { by: By; group: number }): Exchange => {
  const group = pickGroup(world, asked.group);
  return asking(world, { method: "GET", path: `/v1/groups/${group.id}`, by: asked.by, needs: read }, () =>
    group.isDeleted ? refuses("notFound") : succeeds(groupBody(group), group.tag),
  );
});

/** Lists the groups. */
export const listGroups = operation("listGroups", (world, { by }: { by: By }): Exchange =>
  asking(world, { method: "GET", path: "/v1/groups/", by, needs: read }, () =>
    succeeds([...world.groups.values()].filter(({ isDeleted }) => !isDeleted).map(groupBody)),
  ),
);

/** Lists the groups of a user; none when there is no such user. */
export const listGroupsOfUser = operation("listGroupsOfUser", (world, asked: { by: By; user: number }): Exchange => {
  const user = pickUser(world, asked.user);
  const needs = ["LOCAL_USER_READ", "LOCAL_GROUP_READ"];
  return asking(world, { method: "GET", path: `/v1/users/${user.id}/groups/`, by: asked.by, needs }, () =>
    succeeds(user.isDeleted ? [] : world.groupsOf(user).map(groupBody)),
  );
});

/** Adds a user to a group. */
export const addGroupMember = operation("addGroupMember", (world, { by, ...asked }: GroupMember): Exchange => {
  const group = pickGroup(world, asked.group);
  const user = pickUser(world, asked.user);
  const request = { method: "POST", path: `/v1/groups/${group.id}/members/`, body: { member_id: user.id } };
  return asking(world, { ...request, by, needs: write }, () => {
    const refusal = refusesFor({
      notFound: group.isDeleted,
      unresolved: user.isDeleted,
      groupMemberExists: !user.isDeleted && world.membersOf(group).includes(user),
    });
    if (refusal !== undefined) return refusal;
    world.groups.set(group.id, { ...group, added: [...group.added, user.id] });
    return succeeds(userBody(user));
  });
});

/** Takes a user out of a group: one of its members, or one who is none. */
export const removeGroupMember = operation("removeGroupMember", (world, { by, ...asked }: GroupMember): Exchange => {
  const group = pickGroup(world, asked.group);
  const user = pick([...world.membersOf(group), pickUser(world, asked.user)], asked.user);
  const request = { method: "DELETE", path: `/v1/groups/${group.id}/members/${user.id}`, by, needs: write };
  return asking(world, request, () => {
    const isMember = !user.isDeleted && world.membersOf(group).includes(user);
    const refusal = refusesFor({
      notFound: group.isDeleted || !isMember,
      groupInUse: isMember && user.primaryGroup === group.id,
    });
    if (refusal !== undefined) return refusal;
    world.groups.set(group.id, { ...group, added: group.added.filter((id) => id !== user.id) });
    return succeeds();
  });
});

/** Lists the members of a group. */
export const listGroupMembers = operation("listGroupMembers", (world, asked: { by: By; group: number }): Exchange => {
  const group = pickGroup(world, asked.group);
  return asking(world, { method: "GET", path: `/v1/groups/${group.id}/members/`, by: asked.by, needs: read }, () =>
    group.isDeleted ? refuses("notFound") : succeeds(world.membersOf(group).map(userBody)),
  );
});

const anyMember = fc.record({ by: anyBy, group: anyIndex, user: anyIndex });
const anyGroup = fc.record({ by: anyBy, group: anyIndex });

/** Any step about groups and their members. */
export const anyGroupOperation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ by: anyBy, name: anyAccountName, gid: anyPosixId }).map(createGroup), weight: 2 },
  {
    arbitrary: fc
      .record({
        by: anyBy,
        group: anyIndex,
        name: anyAccountName,
        gid: anyPosixId,
        ifMatch: anyIfMatch,
        isMisdirected: rarely,
      })
      .map(replaceGroup),
    weight: 2,
  },
  { arbitrary: anyGroup.map(deleteGroup), weight: 1 },
  { arbitrary: anyGroup.map(getGroup), weight: 1 },
  { arbitrary: anyGroup.map(listGroupMembers), weight: 1 },
  { arbitrary: fc.record({ by: anyBy }).map(listGroups), weight: 1 },
  { arbitrary: fc.record({ by: anyBy, user: anyIndex }).map(listGroupsOfUser), weight: 1 },
  { arbitrary: anyMember.map(addGroupMember), weight: 4 },
  { arbitrary: anyMember.map(removeGroupMember), weight: 3 },
);

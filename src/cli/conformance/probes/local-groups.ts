import { entriesOf, entryWithId, fieldOf, outcome, textIn, whole } from "../asking/observe.ts";
import { changing, type Probe } from "../probe.ts";

const groupsPath = "/v1/groups/";

/** Local groups and their members. */
export const localGroupProbes: readonly Probe[] = [
  changing({
    id: "group-made",
    asks: "the answer when a group is made, read and listed",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1",
    async ask(bench) {
      const gid = bench.newPosixId();
      const answer = await bench.caller.post(groupsPath, { name: bench.newName(), gid });
      const id = textIn(answer, "id");
      const list = await bench.caller.get(groupsPath);
      return {
        made: whole(answer),
        read: whole(await bench.caller.get(`${groupsPath}${id}`)),
        list: outcome(list),
        listed: entryWithId(list.body, id),
        "no members": whole(await bench.caller.get(`${groupsPath}${id}/members/`)),
        "without a gid": whole(await bench.caller.post(groupsPath, { name: bench.newName() })),
        "a gid that is taken": outcome(await bench.caller.post(groupsPath, { name: bench.newName(), gid })),
        "a gid that is not a number": outcome(
          await bench.caller.post(groupsPath, { name: bench.newName(), gid: "many" }),
        ),
      };
    },
  }),
  changing({
    id: "group-replaced",
    asks: "how name and gid of a group are replaced, and when its ETag changes",
    source: "OpenAPI 7.8.2; when an ETag changes is assumed",
    async ask(bench) {
      const [group, other, user] = [await bench.group(), await bench.group(), await bench.user()];
      const path = `${groupsPath}${group.id}`;
      const fields = { id: group.id, name: group.name, gid: "" };
      const before = await bench.caller.get(path);
      const same = await bench.caller.put(path, fields, before.etag);
      await bench.caller.post(`${path}/members/`, { member_id: user.id });
      const joined = await bench.caller.get(path);
      const changed = await bench.caller.put(path, { ...fields, gid: bench.newPosixId() });
      return {
        "nothing changed": whole(same),
        "the ETag stays then": same.etag === before.etag,
        "the ETag stays with a new member": joined.etag === before.etag,
        changed: whole(changed),
        "the ETag changes then": changed.etag !== before.etag,
        "a name that is taken": outcome(await bench.caller.put(path, { ...fields, name: other.name })),
        "an id other than the path's": outcome(await bench.caller.put(path, { ...fields, id: other.id })),
      };
    },
  }),
  changing({
    id: "group-deleted",
    asks: "how a group is deleted, also one that is somebody's primary group",
    source: "OpenAPI 7.8.2; refusals are assumed",
    async ask(bench) {
      const [group, primary] = [await bench.group(), await bench.group()];
      await bench.user({ primary_group: primary.id });
      const path = `${groupsPath}${group.id}`;
      return {
        "somebody's primary group": outcome(await bench.caller.delete(`${groupsPath}${primary.id}`)),
        deleted: whole(await bench.caller.delete(path)),
        again: outcome(await bench.caller.delete(path)),
        read: outcome(await bench.caller.get(path)),
        members: outcome(await bench.caller.get(`${path}/members/`)),
      };
    },
  }),
  changing({
    id: "group-members",
    asks: "how users join a group and leave it",
    source: "OpenAPI 7.8.2; refusals are assumed",
    async ask(bench) {
      const [group, user, gone] = [await bench.group(), await bench.user(), await bench.user()];
      await bench.caller.delete(`/v1/users/${gone.id}`);
      const path = `${groupsPath}${group.id}/members/`;
      const join = async (id: string) => bench.caller.post(path, { member_id: id });
      return {
        joined: whole(await join(user.id)),
        again: outcome(await join(user.id)),
        "a user who is gone": outcome(await join(gone.id)),
        "a group": outcome(await join(group.id)),
        members: whole(await bench.caller.get(path)),
        "groups of the user": whole(await bench.caller.get(`/v1/users/${user.id}/groups/`)),
        left: whole(await bench.caller.delete(`${path}${user.id}`)),
        "left again": outcome(await bench.caller.delete(`${path}${user.id}`)),
      };
    },
  }),
  changing({
    id: "primary-group",
    asks: "whether users are members of their primary group, and how removing them is refused",
    source: "integration tests of qumulo-rest-gem; refusals are assumed",
    async ask(bench) {
      const group = await bench.group();
      const user = await bench.user({ primary_group: group.id });
      const path = `${groupsPath}${group.id}/members/`;
      return {
        members: whole(await bench.caller.get(path)),
        added: outcome(await bench.caller.post(path, { member_id: user.id })),
        removed: outcome(await bench.caller.delete(`${path}${user.id}`)),
      };
    },
  }),
  changing({
    id: "group-with-role",
    asks: "whether the members of a group have the roles of the group",
    source: "OpenAPI 7.8.2, GET /v1/session/roles",
    async ask(bench) {
      const [group, user] = [await bench.group(), await bench.user()];
      const role = await bench.role("PRIVILEGE_ROLE_READ");
      await bench.assign(role, group.id);
      await bench.caller.post(`${groupsPath}${group.id}/members/`, { member_id: user.id });
      const session = await bench.signIn(user);
      return {
        roles: whole(await session.get("/v1/session/roles")),
        "may read roles": outcome(await session.get("/v1/auth/roles/")),
      };
    },
  }),
  changing({
    id: "deleted-user-in-group",
    asks: "whether a group forgets a user who is deleted",
    source: "assumed",
    question: "deleted-users",
    async ask(bench) {
      const [group, user] = [await bench.group(), await bench.user()];
      const path = `${groupsPath}${group.id}/members/`;
      await bench.caller.post(path, { member_id: user.id });
      await bench.caller.delete(`/v1/users/${user.id}`);
      const left = await bench.caller.get(path);
      return { outcome: outcome(left), members: entriesOf(left.body).map((entry) => fieldOf(entry, "id")) };
    },
  }),
];

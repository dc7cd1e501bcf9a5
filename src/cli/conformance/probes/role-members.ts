import { entriesOf, fieldOf, isAscending, namesIn, outcome, whole } from "../asking/observe.ts";
import { changing, type Probe } from "../probe.ts";

/** Who has a role. */
export const roleMemberProbes: readonly Probe[] = [
  changing({
    id: "role-member",
    asks: "how somebody is added to a role, read, and removed",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; refusals are assumed",
    question: "members-twice",
    async ask(bench) {
      const [role, user] = [await bench.role(), await bench.user()];
      const path = `/v1/auth/roles/${role}/members`;
      const member = { domain: "LOCAL", name: user.name };
      return {
        before: outcome(await bench.caller.get(`${path}/${user.id}`)),
        added: whole(await bench.caller.post(path, member)),
        "read, one": whole(await bench.caller.get(`${path}/${user.id}`)),
        "read, all": whole(await bench.caller.get(path)),
        removed: whole(await bench.caller.delete(`${path}/${user.id}`)),
        "removed again": outcome(await bench.caller.delete(`${path}/${user.id}`)),
      };
    },
  }),
  changing({
    id: "role-member-twice",
    asks: "the answer when somebody is added to a role who has it",
    source: "assumed",
    question: "members-twice",
    async ask(bench) {
      const [role, user] = [await bench.role(), await bench.user()];
      await bench.assign(role, user.id);
      return { again: outcome(await bench.caller.post(`/v1/auth/roles/${role}/members`, { auth_id: user.id })) };
    },
  }),
  changing({
    id: "kinds-of-role-members",
    asks: "which identities can have a role",
    source: "Qumulo docs, RBAC guide; refusals are assumed",
    async ask(bench) {
      const [role, group] = [await bench.role(), await bench.group()];
      const gone = await bench.user();
      await bench.caller.delete(`/v1/users/${gone.id}`);
      const add = async (identity: object) => bench.caller.post(`/v1/auth/roles/${role}/members`, identity);
      const uid = Number(bench.newPosixId());
      return {
        "a group": whole(await add({ auth_id: group.id })),
        "a POSIX user": whole(await add({ domain: "POSIX_USER", uid })),
        "its uid as text": outcome(await add({ domain: "POSIX_GROUP", gid: bench.newPosixId(), uid: "" })),
        Everyone: whole(await add({ domain: "WORLD", name: "Everyone" })),
        "nobody, by id": outcome(await add({ auth_id: "0" })),
        "a user who is gone": outcome(await add({ auth_id: gone.id })),
        "an unknown name": outcome(await add({ domain: "LOCAL", name: bench.newName() })),
        "an empty identity": outcome(await add({})),
      };
    },
  }),
  changing({
    id: "pages-of-role-members",
    asks: "how the members of a role are listed page by page, and in which order",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; order and refusals are assumed",
    question: "order-of-lists",
    async ask(bench) {
      const role = await bench.role();
      for (let count = 0; count < 3; count += 1) await bench.assign(role, (await bench.user()).id);
      const path = `/v1/auth/roles/${role}/members`;
      const first = await bench.caller.get(`${path}?limit=2`);
      const next = fieldOf(fieldOf(first.body, "paging"), "next");
      const second = await bench.caller.get(typeof next === "string" && next !== "" ? next : path);
      const all = await bench.caller.get(path);
      return {
        "first page": namesIn(fieldOf(first.body, "members")),
        next,
        "second page": whole(second),
        "ascending by id": isAscending(namesIn(fieldOf(all.body, "members"))),
        "a limit of none": outcome(await bench.caller.get(`${path}?limit=0`)),
        "a limit that is not a number": outcome(await bench.caller.get(`${path}?limit=many`)),
        "a key that is not one": outcome(await bench.caller.get(`${path}?after=nowhere`)),
      };
    },
  }),
  changing({
    id: "deleted-role-member",
    asks: "whether a role keeps a member who is deleted, and how it is told and removed",
    source: "Qumulo SDK 7.10.2.1 can print it; the rest is inferred",
    question: "deleted-users",
    async ask(bench) {
      const [role, user] = [await bench.role(), await bench.user()];
      await bench.assign(role, user.id);
      await bench.caller.delete(`/v1/users/${user.id}`);
      const path = `/v1/auth/roles/${role}/members`;
      const list = await bench.caller.get(path);
      return {
        listed: entriesOf(Object.values(fieldOf(list.body, "members") ?? {})),
        read: whole(await bench.caller.get(`${path}/${user.id}`)),
        removed: outcome(await bench.caller.delete(`${path}/${user.id}`)),
      };
    },
  }),
];

import type { Bench } from "../asking/bench.ts";
import { entryWithId, fieldOf, isAscending, outcome, textIn, whole } from "../asking/observe.ts";
import { strongPassword } from "../asking/bench.ts";
import { changing, type Probe } from "../probe.ts";

const usersPath = "/v1/users/";

/** The fields of a new user that the API asks for. */
function fieldsOf(name: string, others: Readonly<Record<string, unknown>> = {}): object {
  return { name, primary_group: "513", uid: "", home_directory: null, password: strongPassword(), ...others };
}

/** How making users with each of these fields ends. */
async function making(
  bench: Bench,
  cases: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<Readonly<Record<string, string>>> {
  const seen: Record<string, string> = {};
  for (const [what, fields] of Object.entries(cases)) {
    seen[what] = outcome(await bench.caller.post(usersPath, fieldsOf(bench.newName(), fields)));
  }
  return seen;
}

/** Local users: how they are made, changed and deleted. */
export const localUserProbes: readonly Probe[] = [
  changing({
    id: "user-made",
    asks: "the answer when a user is made, read, listed, and asked for its groups",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; that 0 means the group Users is assumed",
    async ask(bench) {
      const answer = await bench.caller.post(usersPath, fieldsOf(bench.newName(), { primary_group: "0" }));
      const id = textIn(answer, "id");
      const list = await bench.caller.get(usersPath);
      return {
        made: whole(answer),
        read: whole(await bench.caller.get(`${usersPath}${id}`)),
        list: outcome(list),
        listed: entryWithId(list.body, id),
        groups: whole(await bench.caller.get(`${usersPath}${id}/groups/`)),
      };
    },
  }),
  changing({
    id: "user-fields",
    asks: "how uid and home directory of a user are taken",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1",
    async ask(bench) {
      const uid = bench.newPosixId();
      const fields = fieldsOf(bench.newName(), { uid, home_directory: "/home" });
      return { made: whole(await bench.caller.post(usersPath, fields)) };
    },
  }),
  changing({
    id: "user-fields-refused",
    asks: "which fields of a new user are refused",
    source: "assumed",
    async ask(bench) {
      const uid = bench.newPosixId();
      await bench.user({ uid });
      return making(bench, {
        "a uid that another user has": { uid },
        "a uid that is not a number": { uid: "many" },
        "a group that is not there": { primary_group: "4294967294" },
        "a home directory without a slash": { home_directory: "home" },
        "without optional fields": { uid: undefined, home_directory: undefined },
      });
    },
  }),
  changing({
    id: "duplicate-names",
    asks: "the answer for the name of another user or group",
    source: "status: pattern of other areas of the API; classes: assumed",
    question: "duplicate-names",
    async ask(bench) {
      const [user, group] = [await bench.user(), await bench.group()];
      const role = await bench.role();
      const { caller } = bench;
      return {
        "a user like a user": outcome(await caller.post(usersPath, fieldsOf(user.name))),
        "a user like a group": outcome(await caller.post(usersPath, fieldsOf(group.name))),
        "a group like a user": outcome(await caller.post("/v1/groups/", { name: user.name, gid: "" })),
        "a group like a group": outcome(await caller.post("/v1/groups/", { name: group.name, gid: "" })),
        "a role like a role": outcome(await caller.post("/v1/auth/roles/", roleNamed(role))),
        "a role like a role in capitals": outcome(await caller.post("/v1/auth/roles/", roleNamed(role.toUpperCase()))),
      };
    },
  }),
  changing({
    id: "names-in-other-letters",
    asks: "whether names of users and groups are told apart by capitals",
    source: "assumed",
    question: "case-of-names",
    async ask(bench) {
      const [user, group] = [await bench.user(), await bench.group()];
      const { caller, nobody } = bench;
      const find = async (name: string) => caller.post("/v1/auth/identity/find", { domain: "LOCAL", name });
      const login = { username: user.name.toUpperCase(), password: user.password };
      return {
        "a user in capitals": outcome(await caller.post(usersPath, fieldsOf(user.name.toUpperCase()))),
        "a group in capitals": outcome(await caller.post("/v1/groups/", { name: group.name.toUpperCase(), gid: "" })),
        "found in capitals": whole(await find(user.name.toUpperCase())),
        "login in capitals": outcome(await nobody.post("/v1/session/login", login)),
      };
    },
  }),
  changing({
    id: "account-names",
    asks: "which names users may have",
    source: "assumed, from the names that Windows allows",
    async ask(bench) {
      const name = bench.newName();
      const made = async (given: string) => outcome(await bench.caller.post(usersPath, fieldsOf(given)));
      const seen: Record<string, string> = {
        "20 characters": await made(bench.newNameOf(20)),
        "21 characters": await made(bench.newNameOf(21)),
        "256 characters": await made(bench.newNameOf(256)),
        "257 characters": await made(bench.newNameOf(257)),
        "a blank inside": await made(`${name} b`),
        "a blank at the end": await made(`${name} `),
        "a control character": await made(`${name}\u0007`),
        "an accent": await made(`${name}é`),
      };
      for (const character of `"/\\[]:;|=,+*?<>@`) seen[character] = await made(`${name}${character}b`);
      return seen;
    },
  }),
  changing({
    id: "user-replaced",
    asks: "how all fields of a user are replaced, and when its ETag changes",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; when an ETag changes is assumed",
    async ask(bench) {
      const [user, other] = [await bench.user(), await bench.user()];
      const path = `${usersPath}${user.id}`;
      const before = await bench.caller.get(path);
      const fields = {
        id: user.id,
        name: user.name,
        primary_group: "513",
        uid: "",
        home_directory: null,
        password: null,
      };
      const same = await bench.caller.put(path, fields, before.etag);
      const changed = await bench.caller.put(path, { ...fields, home_directory: "/home" });
      return {
        "nothing changed": whole(same),
        "the ETag stays then": same.etag === before.etag,
        changed: whole(changed),
        "the ETag changes then": changed.etag !== before.etag,
        "the password still works": outcome(
          await bench.nobody.post("/v1/session/login", { username: user.name, password: user.password }),
        ),
        "an id other than the path's": outcome(await bench.caller.put(path, { ...fields, id: other.id })),
        "without an id": outcome(await bench.caller.put(path, { ...fields, id: undefined })),
      };
    },
  }),
  changing({
    id: "user-renamed",
    asks: "how a user is renamed, and whether the former name is free again",
    source: "OpenAPI 7.8.2; the rest is assumed",
    async ask(bench) {
      const [user, other] = [await bench.user(), await bench.user()];
      const fields = { id: user.id, primary_group: "513", uid: "", home_directory: null };
      const put = async (name: string) => bench.caller.put(`${usersPath}${user.id}`, { ...fields, name });
      return {
        taken: outcome(await put(other.name)),
        renamed: whole(await put(bench.newName())),
        "another with the former name": outcome(await bench.caller.post(usersPath, fieldsOf(user.name))),
      };
    },
  }),
  changing({
    id: "user-deleted",
    asks: "how a user is deleted, and whether an id is ever given again",
    source: "OpenAPI 7.8.2; cosi-driver-qumulo on 7.9.2.2 for ids; the refusals are inferred",
    async ask(bench) {
      const user = await bench.user();
      const path = `${usersPath}${user.id}`;
      const deleted = await bench.caller.delete(path);
      const next = await bench.user();
      return {
        deleted: whole(deleted),
        again: outcome(await bench.caller.delete(path)),
        read: outcome(await bench.caller.get(path)),
        groups: whole(await bench.caller.get(`${path}/groups/`)),
        replaced: outcome(
          await bench.caller.put(path, { id: user.id, name: user.name, primary_group: "513", uid: "", password: null }),
        ),
        "a password set": outcome(await bench.caller.post(`${path}/setpassword`, { new_password: strongPassword() })),
        "the next id is another, and larger": next.id !== user.id && isAscending([user.id, next.id]),
      };
    },
  }),
  changing({
    id: "stale-writes",
    asks: "how a write is refused whose If-Match is out of date",
    source: "refusal: integration tests of qumulo-rest-gem; status and class: assumed",
    question: "stale-writes",
    async ask(bench) {
      const [user, group, role] = [await bench.user(), await bench.group(), await bench.role()];
      const { caller } = bench;
      const stale = '"stale"';
      const userFields = { id: user.id, name: user.name, primary_group: "513", uid: "", home_directory: null };
      const groupFields = { id: group.id, name: group.name, gid: "" };
      const rolePath = `/v1/auth/roles/${role}`;
      const definition = { description: "Another", privileges: [] };
      return {
        user: outcome(await caller.put(`${usersPath}${user.id}`, userFields, stale)),
        group: outcome(await caller.put(`/v1/groups/${group.id}`, groupFields, stale)),
        "role, PUT": outcome(await caller.put(rolePath, definition, stale)),
        "role, PATCH": outcome(await caller.patch(rolePath, { description: "Another" }, stale)),
        "role, DELETE": outcome(await caller.delete(rolePath, stale)),
        "role, any version": outcome(await caller.patch(rolePath, { description: "Another" }, "*")),
      };
    },
  }),
  changing({
    id: "etags-of-writes",
    asks: "which answers to writes have an ETag",
    source: "assumed",
    question: "etags",
    async ask(bench) {
      const { caller } = bench;
      const userName = bench.newName();
      const user = await caller.post(usersPath, fieldsOf(userName));
      const groupName = bench.newName();
      const group = await caller.post("/v1/groups/", { name: groupName, gid: "" });
      const roleName = bench.newName();
      const role = await caller.post("/v1/auth/roles/", roleNamed(roleName));
      const read = await caller.get(`/v1/auth/roles/${roleName}`);
      const patched = await caller.patch(`/v1/auth/roles/${roleName}`, { description: "Another" });
      const isGiven = ({ etag }: { readonly etag: string | undefined }): boolean => etag !== undefined;
      return {
        "a new user": isGiven(user),
        "a new group": isGiven(group),
        "a new role": isGiven(role),
        "it is the one that reading gives": role.etag === read.etag,
        "a changed role": isGiven(patched),
        quoted: /^"[^"]+"$/.test(read.etag ?? ""),
      };
    },
  }),
  changing({
    id: "identity-attributes",
    asks: "how attributes of a user are read, set and removed",
    source: "Qumulo SDK 7.10.2.1; answers are assumed",
    async ask(bench) {
      const { caller } = bench;
      const user = await bench.user();
      const path = `/v1/auth/identities/${user.id}/attributes`;
      const gone = await bench.user();
      await caller.delete(`${usersPath}${gone.id}`);
      return {
        none: whole(await caller.get(path)),
        set: whole(await caller.put(path, { home_directory: "/home" })),
        "the user shows it": fieldOf((await caller.get(`${usersPath}${user.id}`)).body, "home_directory"),
        "without a slash": outcome(await caller.put(path, { home_directory: "home" })),
        removed: whole(await caller.delete(path)),
        "read again": whole(await caller.get(path)),
        "of a deleted user": outcome(await caller.get(`/v1/auth/identities/${gone.id}/attributes`)),
      };
    },
  }),
];

function roleNamed(name: string): object {
  return { name, description: "Made to ask", privileges: [] };
}

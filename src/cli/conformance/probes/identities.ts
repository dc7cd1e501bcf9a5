import type { Actor } from "../asking/bench.ts";
import { fieldOf, namesIn, outcome, textIn, typesIn, whole } from "../asking/observe.ts";
import { changing, type Probe, reading } from "../probe.ts";

/** The older path, which every version has. */
const findPath = "/v1/auth/identity/find";
const expandPath = "/v1/auth/identity/expand";

/** How each of these identities is found. */
async function finding(
  { post }: Actor,
  identities: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const seen: Record<string, unknown> = {};
  for (const [what, identity] of Object.entries(identities)) seen[what] = outcome(await post(findPath, identity));
  return seen;
}

/** How identities are looked up. */
export const identityProbes: readonly Probe[] = [
  reading({
    id: "identity-paths",
    asks: "at which paths identities are looked up",
    source: "Qumulo SDK 6.2.1; OpenAPI 7.8.2",
    async ask({ caller }) {
      const id = { auth_id: "500" };
      return {
        find: outcome(await caller.post("/v1/identity/find", id)),
        "find, older": outcome(await caller.post(findPath, id)),
        expand: outcome(await caller.post("/v1/identity/expand", { id })),
        "expand, older": outcome(await caller.post(expandPath, { id })),
        "related identities": outcome(await caller.get("/v1/auth/auth-ids/500/related-identities/")),
        "by local name": outcome(await caller.get("/v1/auth/local-username/admin/related-identities/")),
        "by uid": outcome(await caller.get("/v1/auth/posix-uids/4294967293/related-identities/")),
        "by gid": outcome(await caller.get("/v1/auth/posix-gids/4294967293/related-identities/")),
        "by SID": outcome(await caller.get("/v1/auth/sids/S-1-1-0/related-identities/")),
      };
    },
  }),
  reading({
    id: "user-defined-mappings",
    asks: "how mappings between directories are listed",
    source: "Qumulo docs, REST API guide",
    async ask({ caller }) {
      const answer = await caller.get("/v1/auth/user-defined-mappings/");
      return {
        outcome: outcome(answer),
        "is a list": Array.isArray(answer.body),
        "has an ETag": answer.etag !== undefined,
      };
    },
  }),
  reading({
    id: "well-known-identities",
    asks: "what the identities are that every cluster has",
    source: "Qumulo SDK 7.10.2.1",
    async ask({ caller }) {
      const find = async (identity: object) => whole(await caller.post(findPath, identity));
      return {
        Everyone: await find({ domain: "WORLD", name: "Everyone" }),
        "Everyone, by SID": await find({ sid: "S-1-1-0" }),
        "Everyone, by id": await find({ auth_id: "8589934592" }),
        "the group Administrators": await find({ auth_id: "512" }),
        "the creator owner": await find({ auth_id: "18446744069414584320" }),
      };
    },
  }),
  reading({
    id: "identities-refused",
    asks: "which identities are refused",
    source: "rule: Qumulo docs, access tokens guide; classes: Qumulo docs, audit logging; statuses are assumed",
    ask: async ({ caller }) =>
      finding(caller, {
        empty: {},
        "of an unknown domain": { domain: "NOWHERE", name: "admin" },
        "with a number as its auth_id": { auth_id: 500 },
        "with an auth_id that is not a number": { auth_id: "many" },
        "with an auth_id of no domain": { auth_id: "38654705664" },
        "with a SID that is malformed": { sid: "S-1-many" },
        "with a SID of somewhere else": { sid: "S-1-5-21-1-2-3-4" },
        "with a SID of a large authority": { sid: "S-1-0x100000000-1" },
        "with fields that contradict each other": { auth_id: "500", sid: "S-1-1-0" },
        "with a domain that contradicts": { domain: "WORLD", auth_id: "500" },
        "with a uid that is too large": { uid: 4_294_967_296 },
        "with a uid as text": { uid: "4294967293" },
        "of the vendor's support": { domain: "API_QUMULO_SUPPORT_DOMAIN", name: "everyone" },
      }),
  }),
  changing({
    id: "identities-found",
    asks: "by which fields a local user is found",
    source: "Qumulo docs, access tokens guide; which of several is meant is assumed",
    async ask(bench) {
      const uid = bench.newPosixId();
      const user = await bench.user({ uid });
      const sid = textIn(await bench.caller.get(`/v1/users/${user.id}`), "sid");
      const find = async (identity: object) => whole(await bench.caller.post(findPath, identity));
      const gone = await bench.user();
      await bench.caller.delete(`/v1/users/${gone.id}`);
      return {
        "by id": await find({ auth_id: user.id }),
        "by SID": await find({ sid }),
        "by SID in small letters": await find({ sid: sid.toLowerCase() }),
        "by name": await find({ name: user.name }),
        "by uid": await find({ uid: Number(uid) }),
        "by its POSIX uid": await find({ domain: "POSIX_USER", uid: Number(uid) }),
        "by all of them": await find({ domain: "LOCAL", auth_id: user.id, sid, name: user.name, uid: Number(uid) }),
        "with empty fields": await find({ auth_id: user.id, sid: "", name: null }),
        "by an unknown name": await find({ domain: "LOCAL", name: bench.newName() }),
        "by the id of a deleted user": await find({ auth_id: gone.id }),
      };
    },
  }),
  changing({
    id: "expanded-identity",
    asks: "what is told of an identity, its equals and its groups",
    source: "Qumulo SDK 7.10.2.1; OpenAPI 7.8.2",
    async ask(bench) {
      const [plain, group] = [await bench.user(), await bench.group()];
      const withUid = await bench.user({ uid: bench.newPosixId() });
      await bench.caller.post(`/v1/groups/${group.id}/members/`, { member_id: plain.id });
      const expand = async (id: string) => whole(await bench.caller.post(expandPath, { id: { auth_id: id } }));
      const related = await bench.caller.get(`/v1/auth/auth-ids/${withUid.id}/related-identities/`);
      return {
        "a user": await expand(plain.id),
        "a user with a uid": await expand(withUid.id),
        "a group": await expand(group.id),
        "related identities": { outcome: outcome(related), fields: typesIn(related.body) },
      };
    },
  }),
  changing({
    id: "expanded-with-assumptions",
    asks: "whether groups that a caller assumes are taken into account",
    source: "Qumulo SDK 7.10.2.1",
    async ask(bench) {
      const [user, group] = [await bench.user(), await bench.group()];
      const body = { id: { auth_id: user.id }, group_ids: [{ auth_id: group.id }] };
      const answer = await bench.caller.post(expandPath, body);
      return {
        outcome: outcome(answer),
        fields: namesIn(answer.body),
        group_ids: fieldOf(answer.body, "group_ids"),
        "an unknown one": outcome(
          await bench.caller.post(expandPath, { ...body, group_ids: { name: bench.newName() } }),
        ),
      };
    },
  }),
];

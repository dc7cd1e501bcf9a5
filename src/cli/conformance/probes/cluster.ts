import { privilegeNames } from "../../../vocabulary/privileges.ts";
import { entriesOf, fieldOf, namesIn, outcome, setOf, typesIn, typesWithout, whole } from "../asking/observe.ts";
import { type Probe, reading } from "../probe.ts";

/** What a cluster says of itself. */
export const clusterProbes: readonly Probe[] = [
  reading({
    id: "version",
    asks: "what the cluster tells of its version",
    source: "OpenAPI 7.8.2",
    async ask({ nobody }) {
      const answer = await nobody.get("/v1/version");
      const revision = fieldOf(answer.body, "revision_id");
      return {
        outcome: outcome(answer),
        fields: typesIn(answer.body),
        "the revision is Qumulo Core and numbers":
          typeof revision === "string" && /^Qumulo Core \d+(\.\d+){2,3}$/.test(revision),
      };
    },
  }),
  reading({
    id: "node-state",
    asks: "what a node tells of its state without a login",
    source: "OpenAPI 7.8.2",
    async ask({ nobody }) {
      const answer = await nobody.get("/v1/node/state");
      return {
        outcome: outcome(answer),
        fields: typesIn(answer.body),
        state: fieldOf(answer.body, "state"),
        cluster_id: fieldOf(answer.body, "cluster_id"),
      };
    },
  }),
  reading({
    id: "cluster-settings",
    asks: "whether the cluster tells its name without a login, with an ETag",
    source: "OpenAPI 7.8.2; the ETag is assumed",
    async ask({ nobody }) {
      const answer = await nobody.get("/v1/cluster/settings");
      return { outcome: outcome(answer), fields: typesIn(answer.body), "has an ETag": answer.etag !== undefined };
    },
  }),
  reading({
    id: "nodes",
    asks: "how nodes are listed and read, and the answer for one that is not there",
    source: "OpenAPI 7.8.2; the refusal is inferred",
    async ask({ caller }) {
      const list = await caller.get("/v1/cluster/nodes/");
      const id = Number(fieldOf(entriesOf(list.body)[0], "id"));
      const one = await caller.get(`/v1/cluster/nodes/${id}`);
      const missing = await caller.get("/v1/cluster/nodes/4294967294");
      return {
        list: outcome(list),
        fields: typesIn(list.body),
        one: outcome(one),
        "fields of one": typesIn(one.body),
        missing: outcome(missing),
      };
    },
  }),
  reading({
    id: "self-description",
    asks: "whether the cluster describes its API without a login",
    source: "assumed for versions before 7.7.2",
    async ask({ nobody }) {
      const answer = await nobody.get("/openapi.json");
      const version = fieldOf(answer.body, "openapi");
      return { outcome: outcome(answer), "is OpenAPI 3": typeof version === "string" && version.startsWith("3.") };
    },
  }),
  reading({
    id: "privileges",
    asks: "which privileges there are, and in which order they are listed",
    source: "OpenAPI 7.8.2; the order is assumed",
    question: "order-of-lists",
    async ask({ caller }) {
      const answer = await caller.get("/v1/auth/privileges/");
      const names = namesIn(answer.body);
      const places = names.map((name) => privilegeNames.findIndex((known) => known === name)).filter((at) => at >= 0);
      return {
        outcome: outcome(answer),
        names: setOf(names),
        "in the order of the enumeration": places.every((at, index) => at >= (places[index - 1] ?? 0)),
        "in alphabetical order": names.every((name, index) => name >= (names[index - 1] ?? "")),
        "each with a description": names.every((name) => typeof fieldOf(answer.body, name) === "string"),
      };
    },
  }),
  reading({
    id: "built-in-accounts",
    asks: "which users and groups every cluster has",
    source: "Qumulo SDK 7.10.2.1",
    async ask({ caller }) {
      const [users, groups] = [await caller.get("/v1/users/"), await caller.get("/v1/groups/")];
      const idsOf = (list: unknown): unknown[] => entriesOf(list).map((entry) => fieldOf(entry, "id"));
      const has = (ids: readonly unknown[], wanted: readonly string[]) =>
        Object.fromEntries(wanted.map((id) => [id, ids.includes(id)]));
      const admin = await caller.get("/v1/users/500");
      return {
        users: has(idsOf(users.body), ["500", "501"]),
        groups: has(idsOf(groups.body), ["512", "513", "514"]),
        admin: fieldOf(admin.body, "name"),
        "admin has an ETag": admin.etag !== undefined,
        "fields of a user": typesWithout(admin.body, ["home_directory"]),
        "fields of a group": typesIn(groups.body),
      };
    },
  }),
  reading({
    id: "groups-of-another-identity",
    asks: "the groups of an id that is not a local user's",
    source: "OpenAPI 7.8.2",
    question: "groups-of-another-identity",
    async ask({ caller }) {
      return { "a POSIX user": whole(await caller.get("/v1/users/12884906889/groups/")) };
    },
  }),
];

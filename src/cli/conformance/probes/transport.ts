import type { Bench } from "../asking/bench.ts";
import type { Answer } from "../asking/line.ts";
import { entriesOf, fieldOf, isAscending, namesIn, outcome, refusal, typesWithout } from "../asking/observe.ts";
import { changing, type Probe, reading } from "../probe.ts";

const rolesPath = "/v1/auth/roles/";

/** Bodies of a role that a cluster cannot decode. */
function brokenBodies(name: string): Readonly<Record<string, string>> {
  const role = JSON.stringify({ name, description: "", privileges: [] });
  return {
    "is not JSON": `{"name": "${name}"`,
    "has a byte-order mark": `\uFEFF${role}`,
    "is a list": `[${role}]`,
    "lacks a field": JSON.stringify({ description: "", privileges: [], comment: name }),
    "has a wrong type": JSON.stringify({ name, description: 1, privileges: [] }),
    "names a privilege twice": JSON.stringify({
      name: `${name}-twice`,
      description: "",
      privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_READ"],
    }),
  };
}

/** Answers by what was asked for, as how they ended. */
async function outcomes(asked: Readonly<Record<string, Promise<Answer>>>): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(asked).map(async ([name, answer]) => [name, outcome(await answer)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Paths, methods, bodies and bearer tokens, whatever they are about. */
export const transportProbes: readonly Probe[] = [
  reading({
    id: "unknown-paths",
    asks: "the answer for paths that are not there, or have a slash too few or too many",
    source: "Qumulo SDK 7.10.2.1; seen by cosi-driver-qumulo on 7.9.2.2",
    async ask({ caller, nobody }) {
      return outcomes({
        unknown: caller.get("/v1/there-is-nothing-here"),
        "unknown, without a bearer token": nobody.get("/v1/there-is-nothing-here"),
        "a list without its slash": caller.get("/v1/users"),
        "roles without the slash": caller.get("/v1/auth/roles"),
        "one of them with a slash": caller.get("/v1/users/500/"),
      });
    },
  }),
  reading({
    id: "unauthorized",
    asks: "how a request without a valid bearer token is refused",
    source: "status: Qumulo docs, access tokens guide; body: assumed",
    question: "refusals-without-rights",
    async ask({ nobody }) {
      const answer = await nobody.get("/v1/users/");
      return { refusal: refusal(answer), body: typesWithout(answer.body, ["stack"]) };
    },
  }),
  reading({
    id: "invalid-bearer-tokens",
    asks: "the statuses for bearer tokens that nobody has",
    source: "Qumulo docs, access tokens guide",
    async ask(bench) {
      const ask = async (token: string) => bench.as(token).get("/v1/session/who-am-i");
      return outcomes({
        none: bench.nobody.get("/v1/session/who-am-i"),
        "an access token": ask("access-v1:nobody"),
        "a session token": ask("session-v1:nobody"),
        "any text": ask("nobody"),
      });
    },
  }),
  reading({
    id: "error-body",
    asks: "the fields of a refusal",
    source: "Qumulo SDK 7.10.2.1",
    async ask({ caller }) {
      const { body } = await caller.get("/v1/there-is-nothing-here");
      const stack = Array.isArray(fieldOf(body, "stack"));
      return { fields: typesWithout(body, ["stack"]), "stack is a list": stack };
    },
  }),
  reading({
    id: "order-of-accounts",
    asks: "in which order users, groups and roles are listed, and whether lists have ETags",
    source: "assumed",
    question: "order-of-lists",
    async ask({ caller }) {
      const [users, groups] = [await caller.get("/v1/users/"), await caller.get("/v1/groups/")];
      const roles = await caller.get(rolesPath);
      const ids = (list: Answer) => entriesOf(list.body).map((entry) => fieldOf(entry, "id"));
      const names = namesIn(roles.body);
      return {
        "users by id": isAscending(ids(users)),
        "groups by id": isAscending(ids(groups)),
        "roles by name": names.every((name, index) => name >= (names[index - 1] ?? "")),
      };
    },
  }),
  reading({
    id: "etags-of-lists",
    asks: "whether lists have an ETag",
    source: "assumed",
    question: "etags",
    async ask({ caller }) {
      const hasEtag = async (path: string): Promise<boolean> => (await caller.get(path)).etag !== undefined;
      return {
        users: await hasEtag("/v1/users/"),
        groups: await hasEtag("/v1/groups/"),
        roles: await hasEtag(rolesPath),
        privileges: await hasEtag("/v1/auth/privileges/"),
      };
    },
  }),
  changing({
    id: "broken-bodies",
    asks: "how bodies are refused that cannot be decoded",
    source: "seen by cosi-driver-qumulo on 7.9.2.2 for missing fields and byte-order marks; the rest is assumed",
    async ask(bench) {
      const seen: Record<string, unknown> = {};
      const bodies = brokenBodies(bench.newName());
      for (const [what, text] of Object.entries(bodies)) {
        seen[what] = outcome(await bench.caller.postText(rolesPath, text));
      }
      const missing = await bench.caller.postText("/v1/users/", bodies["lacks a field"] ?? "");
      const said = fieldOf(missing.body, "description");
      return { ...seen, "the refusal names the field": typeof said === "string" && said.includes("name") };
    },
  }),
  changing({
    id: "unknown-fields",
    asks: "whether fields of a body are ignored that the API does not have",
    source: "inferred from what the vendor's Terraform provider sends",
    async ask(bench) {
      const name = bench.newName();
      const body = { name, description: "", privileges: [], role_name: name, can_change_password: true };
      return { outcome: outcome(await bench.caller.post(rolesPath, body)) };
    },
  }),
  changing({
    id: "wrong-method",
    asks: "the answer for a method that a path does not have, with and without a bearer token",
    source: "status: seen by cosi-driver-qumulo; class: assumed",
    async ask(bench) {
      const { path } = await bench.token(await bench.user());
      return outcomes({ PUT: bench.caller.put(path, {}), "PUT of nobody": bench.nobody.put(path, {}) });
    },
  }),
  changing({
    id: "collection-without-slash",
    asks: "whether a user can be made at the path without its slash",
    source: "seen by cosi-driver-qumulo on 7.9.2.2",
    async ask(bench) {
      return {
        outcome: outcome(await bench.caller.post("/v1/users", { name: bench.newName(), primary_group: "513" })),
      };
    },
  }),
  changing({
    id: "privilege-before-body",
    asks: "whether a missing privilege is told before a broken body is",
    source: "assumed",
    async ask(bench) {
      const holder = await bench.holder();
      const text = JSON.stringify({ comment: bench.newName() });
      return { outcome: outcome(await holder.postText("/v1/users/", text)) };
    },
  }),
  changing({
    id: "forbidden",
    asks: "how a request without the privilege is refused",
    source: "status: Qumulo SDK 7.10.2.1; class: claimed by cosi-driver-qumulo",
    question: "refusals-without-rights",
    ask: async (bench) => ({ refusal: await refusalOfPowerless(bench) }),
  }),
];

async function refusalOfPowerless(bench: Bench): Promise<object> {
  const answer = await (await bench.holder()).get("/v1/auth/roles/");
  return { refusal: refusal(answer), body: typesWithout(answer.body, ["stack"]) };
}

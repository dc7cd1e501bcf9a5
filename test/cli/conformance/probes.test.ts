import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ask, type Seen } from "../../../src/cli/conformance/asking/ask.ts";
import { differencesOf } from "../../../src/cli/conformance/asking/compare.ts";
import type { Answer, Sent } from "../../../src/cli/conformance/asking/line.ts";
import { redact, textsIn } from "../../../src/cli/conformance/asking/normalize.ts";
import type { Probe } from "../../../src/cli/conformance/probe.ts";
import { probes } from "../../../src/cli/conformance/probes.ts";
import { openQuestions } from "../../../src/cli/conformance/questions.ts";
import { Router } from "../../../src/simulator/http/router.ts";
import { routesOf } from "../../../src/simulator/http/routes.ts";
import { refusals } from "../../../src/simulator/rules/api-error.ts";
import { latestCoreVersion, simulatedFeatures } from "../../../src/simulator/rules/core-version.ts";
import { renderCoreVersion } from "../../../src/vocabulary/core-version.ts";
import { type Edit, type GivenRun, givenRun } from "./given-asking.ts";

/* All probes are asked once; what they met then says which probes a changed answer concerns. */

let given: GivenRun;
let edit: Edit | undefined;
const seen = new Map<Probe, Seen>();
/** The probes that met an answer, by method, path and status. */
const met = new Map<string, Set<Probe>>();
/** Those of them that had an ETag. */
const withEtag = new Set<string>();

const router = new Router(routesOf(latestCoreVersion));

function kindOf({ method, path }: Sent, { status }: Pick<Answer, "status">): string {
  return `${method} ${router.patternOf(path.split("?")[0] ?? "") ?? "(no path)"} ${status}`;
}

beforeAll(async () => {
  given = await givenRun({}, { edit: (sent, answer) => edit?.(sent, answer) ?? answer });
  for (const probe of probes) {
    edit = (sent, answer) => {
      const kind = kindOf(sent, answer);
      met.set(kind, (met.get(kind) ?? new Set()).add(probe));
      if (answer.etag !== undefined) withEtag.add(kind);
      return answer;
    };
    seen.set(probe, await ask(probe, given.run));
  }
});

afterAll(async () => {
  await given.close();
});

/** What a probe that meets edited answers sees in another way. */
async function noticed(probe: Probe, by: Edit): Promise<boolean> {
  edit = by;
  const [before, after] = [seen.get(probe), await ask(probe, given.run)];
  edit = undefined;
  return after.kind === "seen" && before?.kind === "seen" && differencesOf(before, after).length > 0;
}

async function someNotice(candidates: Iterable<Probe>, by: Edit): Promise<boolean> {
  for (const probe of candidates) if (await noticed(probe, by)) return true;
  return false;
}

test("every probe finds out what it asks for, and leaves nothing on the cluster", () => {
  expect([...seen].filter(([, { kind }]) => kind !== "seen").map(([{ id }]) => id)).toEqual([]);
  expect(given.run.left).toEqual([]);
  const { users = [], groups = [], roles = [], access_tokens: tokens = [] } = given.simulator.exportSeed();
  const names = [...users, ...groups, ...roles].map(({ name }) => name);
  expect({ own: names.filter((name) => name.startsWith("qconf-")), tokens }).toEqual({ own: [], tokens: [] });
});

test("no two probes have the same id", () => {
  expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
});

test("every open question has a probe, or the reason why none can ask it", () => {
  const asked = new Set(probes.map(({ question }) => question));

  expect(openQuestions.filter(({ id, notAsked }) => !asked.has(id) && notAsked === undefined)).toEqual([]);
  expect([...asked].filter((id) => id !== undefined && !openQuestions.some((one) => one.id === id))).toEqual([]);
});

/** Endpoints that no probe asks: they belong to the whole cluster, or take a browser. */
const notAsked = [
  "POST /v1/auth/clear-cache",
  "PUT /v1/auth/user-defined-mappings/",
  "PUT /v1/cluster/settings",
  "POST /v1/session/start-saml-login",
  "POST /v1/session/retrieve-saml-login",
];

test("every endpoint of the simulator is asked, but for those that a run may not touch", () => {
  const asked = new Set([...met.keys()].map((kind) => kind.replace(/ \d+$/, "")));
  const endpoints = routesOf(latestCoreVersion).map(({ method, path }) => `${method} ${path}`);

  expect(endpoints.filter((endpoint) => !asked.has(endpoint))).toEqual(notAsked.toSorted(byPlaceIn(endpoints)));
});

function byPlaceIn(list: readonly string[]): (left: string, right: string) => number {
  return (left, right) => list.indexOf(left) - list.indexOf(right);
}

/** Refusals that no probe can bring about: see what the report says about rules that are not asked. */
const refusalsNotMet = [
  "auth_static_role_error",
  "auth_static_user_error",
  "auth_sso_required_error",
  "http_body_too_large_error",
  "internal_error",
  "saml_not_configured_error",
  "saml_verification_code_error",
  "storage_error",
];

test("every refusal of the simulator is met, but for those that no run may bring about", () => {
  const texts = [...seen.values()].flatMap(textsIn);
  const classes = [...new Set(Object.values(refusals).map(({ errorClass }) => errorClass))];

  const missing = classes.filter((errorClass) => !texts.some((text) => text.endsWith(` ${errorClass}`)));

  expect(missing.sort()).toEqual(refusalsNotMet.toSorted());
});

test("whichever answer has another status, a probe notices", async () => {
  const missed: string[] = [];
  for (const [kind, candidates] of met) {
    const by: Edit = (sent, answer) => (kindOf(sent, answer) === kind ? { ...answer, status: 418 } : answer);
    if (!(await someNotice(candidates, by))) missed.push(kind);
  }

  expect(missed).toEqual([]);
});

test.each<[string, string, (body: object) => unknown]>([
  ["GET /v1/users/{id}", "a field less", (body) => ({ ...body, can_change_password: undefined })],
  ["GET /v1/users/{id}", "a field more", (body) => ({ ...body, another: 1 })],
  ["GET /v1/users/{id}", "a number in place of a text", (body) => ({ ...body, primary_group: 513 })],
  ["GET /v1/groups/{id}", "null in place of an empty text", (body) => ({ ...body, gid: null })],
  ["GET /v1/users/", "the entries in another order", (body) => (Array.isArray(body) ? body.toReversed() : body)],
  ["GET /v1/auth/privileges/", "a privilege more", (body) => ({ ...body, PRIVILEGE_TO_FLY: "Fly" })],
  ["GET /v1/auth/roles/{role_name}", "no description", (body) => ({ ...body, description: "" })],
  ["POST /v1/auth/access-tokens/", "another field", (body) => ({ ...body, expiration_time: null })],
  ["POST /v1/identity/find", "an empty answer", () => undefined],
  ["GET /v1/session/who-am-i", "no privileges", (body) => ({ ...body, privileges: undefined })],
])("%s with %s is noticed", async (endpoint, _what, change) => {
  const by: Edit = (sent, answer) => {
    if (kindOf(sent, answer) !== `${endpoint} 200`) return answer;
    const body: unknown = change(Object(answer.body) as object);
    const text = body === undefined ? "" : JSON.stringify(body);
    return { ...answer, text, body: text === "" ? undefined : JSON.parse(text) };
  };
  // Whichever path finds an identity, it is asked whether it answers.
  const candidates = [...(met.get(`${endpoint} 200`) ?? [])];

  expect(candidates.length).toBeGreaterThan(0);
  expect(await someNotice(candidates, endpoint.endsWith("find") ? statusToo(by) : by)).toBe(true);
});

/** An answer without a body is told by its status. */
function statusToo(by: Edit): Edit {
  return (sent, answer) => {
    const edited = by(sent, answer);
    return edited === answer ? answer : { ...edited, status: 204 };
  };
}

test("an ETag that is missing is noticed on every endpoint that gives one", async () => {
  const missed: string[] = [];
  for (const kind of withEtag) {
    const by: Edit = (sent, answer) => (kindOf(sent, answer) === kind ? { ...answer, etag: undefined } : answer);
    if (!(await someNotice(met.get(kind) ?? [], by))) missed.push(kind);
  }

  expect(withEtag.size).toBeGreaterThan(8);
  expect(missed).toEqual([]);
});

/** Texts by which a probe finds its way: without them it would ask nothing. */
const needed = new Set(["id", "auth_id", "bearer_token", "next", "sid"]);

/** A value in which every other text, and a field more, names something of the cluster. */
function withNames(value: unknown, field = ""): unknown {
  if (typeof value === "string") return needed.has(field) ? value : `${value} Zeppelin`;
  if (Array.isArray(value)) return value.map((entry) => withNames(entry, field));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, entry]) => [name, withNames(entry, name)]);
  return { ...Object.fromEntries(fields), Zeppelin: "Zeppelin" };
}

test("whatever a cluster says, nothing of it is named", async () => {
  const told = new Set([...seen.values()].flatMap((one) => (one.kind === "seen" ? textsIn(one.observation) : [])));
  const { run, close } = await givenRun(
    {},
    { edit: (_sent, answer) => ({ ...answer, body: withNames(answer.body), text: `${answer.text} Zeppelin` }) },
  );
  const reports: unknown[] = [];
  try {
    for (const probe of probes) {
      const answer = await ask(probe, run);
      reports.push(answer.kind === "seen" ? redact(answer.observation, told) : answer.reason);
    }
  } finally {
    await close();
  }

  expect(JSON.stringify(reports)).toContain("(another text)");
  expect(JSON.stringify(reports)).not.toContain("Zeppelin");
});

test.each([null, [[]], { id: "x", name: 1, entries: {}, members: 2, privileges: "all" }])(
  "a cluster that answers %j to everything is not known, or differs",
  async (body) => {
    let isOdd = false;
    const odd: Edit = (_sent, answer) => (isOdd ? { ...answer, body, etag: "\u00e9", text: "text" } : answer);
    const { run, close } = await givenRun({}, { edit: odd });
    isOdd = true;
    const unexpected: unknown[] = [];
    for (const probe of probes) await ask(probe, run).catch((error: unknown) => unexpected.push([probe.id, error]));
    await close();

    expect(unexpected).toEqual([]);
  },
);

const versions = [...new Set(Object.values(simulatedFeatures).map(({ since }) => renderCoreVersion(since)))];

test.each(versions.filter((version) => version !== "7.8.2"))(
  "every probe finds out what it asks for on a simulator of %s",
  async (coreVersion) => {
    const { run, close } = await givenRun({ coreVersion });
    const unknown: string[] = [];
    for (const probe of probes) {
      const answer = await ask(probe, run);
      if (answer.kind !== "seen") unknown.push(`${probe.id}: ${answer.reason}`);
    }
    await close();

    expect({ unknown, left: run.left }).toEqual({ unknown: [], left: [] });
  },
);

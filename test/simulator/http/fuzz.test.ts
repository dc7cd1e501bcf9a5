import { describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { toJsonSchema } from "@valibot/to-json-schema";
import { errorShape } from "../../../src/simulator/http/answer-shapes.ts";
import type { Route } from "../../../src/simulator/http/api-request.ts";
import { describeRoutes } from "../../../src/simulator/http/openapi.ts";
import { Router } from "../../../src/simulator/http/router.ts";
import { routesOf } from "../../../src/simulator/http/routes.ts";
import { localTarget, splitTarget } from "../../../src/simulator/http/target.ts";
import { refusals } from "../../../src/simulator/rules/api-error.ts";
import { latestCoreVersion } from "../../../src/simulator/rules/core-version.ts";
import { fc } from "../../support/search.ts";
import { arbitraryBytes, arbitraryRequest, type ArbitraryRequest } from "../../support/simulator/arbitrary-requests.ts";
import { type GivenCluster, givenCluster, type Party, type Reply } from "../../support/simulator/given-cluster.ts";
import { openRaw } from "../../support/simulator/raw-connection.ts";

const seconds = Number(process.env["FUZZ_SECONDS"] ?? 9);

const routes = routesOf(latestCoreVersion);
const router = new Router(routes);
const errorClasses = new Set<string>(Object.values(refusals).map(({ errorClass }) => errorClass));
const described = JSON.parse(JSON.stringify(describeRoutes(routes, latestCoreVersion))) as {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, object> }>>;
};

/**
 * How long to search: a third of the time for each test. One cluster takes all requests of a test, so a failure is not
 * shrunk; its seed, in the message, repeats the whole sequence.
 */
const search: fc.Parameters<unknown> = {
  numRuns: 1_000_000,
  plugins: [fc.interruptAfterTimeLimit((seconds * 1_000) / 3)],
  endOnFailure: true,
};

interface Populated extends GivenCluster {
  /** What nobody may ever read: passwords and bearer tokens. */
  readonly secrets: readonly string[];
  /** What only those with a privilege may read: others' names, and ids of their access tokens. */
  readonly private: readonly string[];
  /** What may stand in requests. */
  readonly known: readonly string[];
  readonly mallory: Party;
}

/** A cluster on which several users have access tokens; one of them has no privilege. */
async function givenPopulatedCluster(): Promise<Populated> {
  const others = ["canary-alice", "canary-bob"];
  const cluster = await givenCluster({ localUsers: [...others, "mallory"] });
  const { admin, user, signIn, bearing } = cluster;
  const tokens = new Map<string, { readonly id: string; readonly bearerToken: string }>();
  for (const name of [...others, "mallory"]) {
    const reply = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user(name).id } });
    tokens.set(name, { id: reply.field("id"), bearerToken: reply.field("bearer_token") });
  }
  await admin.post("/v1/auth/roles/", { name: "canary-role", description: "canary-words", privileges: [] });
  await admin.post("/v1/auth/roles/canary-role/members", { auth_id: user("canary-alice").id });
  await admin.post("/v1/groups/", { name: "canary-group", gid: "" });
  const sessions = await Promise.all(others.map(async (name) => signIn(name, user(name).password)));
  const mallory = bearing(tokens.get("mallory")?.bearerToken ?? "");
  const issued = [...tokens.values()];
  return {
    ...cluster,
    mallory,
    secrets: [
      cluster.simulator.adminPassword.reveal(),
      ...[...others, "mallory"].map((name) => user(name).password),
      ...issued.map(({ bearerToken }) => bearerToken),
      ...[admin, ...sessions].map(({ bearerToken = "" }) => bearerToken),
    ],
    private: ["canary-", ...others.map((name) => tokens.get(name)?.id ?? "")],
    known: [
      ...["500", "501", "512", "513", "514", "8589934592", "12884906889", "admin", "guest", "Users", "Administrators"],
      ...[
        "1000",
        "1001",
        "1002",
        "1003",
        "mallory",
        "auth_id:1002",
        "Observers",
        "canary-role",
        "Test-1234",
        "1",
        "local:admin",
      ],
      ...issued.map(({ id }) => id),
    ],
  };
}

function fieldsOf({ body }: Route): readonly string[] {
  return body === undefined
    ? []
    : Object.keys(toJsonSchema(body, { typeMode: "input", errorMode: "ignore" }).properties ?? {});
}

async function send(party: Party, { method, target, headers, body }: ArbitraryRequest): Promise<Reply> {
  return party.send(method, target, { headers, body: Buffer.from(body) });
}

/** Holds an answer to what every answer must be, and to what the description of its endpoint promises. */
function expectCorrect(request: ArbitraryRequest, reply: Reply): void {
  expect(reply.status).not.toBe(500);
  expect(reply.headers["strict-transport-security"]).toBe("max-age=31536000");
  expect(reply.headers["date"]).toMatch(/ GMT$/);
  if (request.method === "HEAD") return;
  expect(reply.headers["content-length"]).toBe(String(Buffer.byteLength(reply.text)));
  if (reply.status === 200) expectShape(request, reply);
  else expectRefusal(request, reply);
}

function findRoute({ method, target }: ArbitraryRequest) {
  const { path } = splitTarget(localTarget(target));
  const pattern = router.patternOf(path);
  return routes.find((route) => route.path === pattern && route.method === method);
}

function expectShape(request: ArbitraryRequest, reply: Reply): void {
  const answer = findRoute(request)?.answer;
  if (answer === undefined) expect(reply.text).toBe("");
  else expect(v.safeParse(answer, reply.body).issues ?? []).toEqual([]);
}

function expectRefusal(request: ArbitraryRequest, reply: Reply): void {
  const { error_class: errorClass } = v.parse(errorShape, reply.body);
  expect(errorClasses).toContain(errorClass);
  const route = findRoute(request);
  if (route === undefined) return;
  const { responses = {} } = described.paths[route.path]?.[route.method.toLowerCase()] ?? {};
  expect(Object.keys(responses)).toContain(reply.status.toString());
}

/** No answer holds what its reader must not know, unless the reader said it first. */
function expectSilence(request: ArbitraryRequest, reply: Reply, hidden: readonly string[]): void {
  const said = `${request.target} ${Buffer.from(request.body).toString()}`;
  const told = hidden.filter((text) => reply.text.includes(text) && !said.includes(text));
  expect(told).toEqual([]);
}

describe(`fuzzed requests, for ${seconds} seconds (FUZZ_SECONDS for more)`, () => {
  test("a caller without privileges gets correct answers, and nothing of others", async () => {
    const cluster = await givenPopulatedCluster();
    const { nobody, mallory, simulator } = cluster;
    const hidden = [...cluster.secrets, ...cluster.private];

    await fc.assert(
      fc.asyncProperty(arbitraryRequest(routes, cluster.known, fieldsOf), fc.boolean(), async (request, signedIn) => {
        const reply = await send(signedIn ? mallory : nobody, request);

        expectCorrect(request, reply);
        expectSilence(request, reply, hidden);
        expect(simulator.defects).toEqual([]);
      }),
      search,
    );
  });

  test("an administrator gets correct answers, and nobody's secrets", async () => {
    const cluster = await givenPopulatedCluster();
    const { simulator, user } = cluster;
    // Requests may well take away admin's rights; a session keeps its own.
    const admin = cluster.admin;

    await fc.assert(
      fc.asyncProperty(arbitraryRequest(routes, cluster.known, fieldsOf), async (request) => {
        const reply = await send(admin, request);

        expectCorrect(request, reply);
        expectSilence(request, reply, cluster.secrets);
        expect(simulator.defects).toEqual([]);
      }),
      search,
    );

    expect(user("mallory").id).not.toBe("");
    expect((await cluster.nobody.get("/v1/version")).status).toBe(200);
  });

  test("bytes that are hardly HTTP are refused or answered, and the server goes on", async () => {
    const { nobody, simulator } = await givenCluster();

    await fc.assert(
      fc.asyncProperty(arbitraryBytes(), fc.constantFrom("end", "destroy"), async (pieces, leave) => {
        const { socket, closed } = await openRaw(simulator);
        for (const piece of pieces) {
          socket.write(piece);
          await new Promise((resolve) => setImmediate(resolve));
        }
        socket[leave]();
        const answer = await closed;

        const statuses = Array.from(answer.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status]) => status);
        expect(["100", "200", "400", "401", "404", "405", "408", "413", "417", "431"]).toEqual(
          expect.arrayContaining([...new Set(statuses)]),
        );
        expect(simulator.defects).toEqual([]);
      }),
      search,
    );

    expect((await nobody.get("/v1/version")).status).toBe(200);
  });
});

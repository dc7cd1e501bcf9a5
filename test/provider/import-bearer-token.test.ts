import { expect, test } from "@jest/globals";
import { DiagnosticError } from "../../src/framework/diagnostics.ts";
import { findImportedBearerToken } from "../../src/provider/access-token/secret/import-bearer-token.ts";
import { importBearerTokenIn } from "../../src/provider/configuration/import-bearer-token.ts";
import { type Connection, RunMemory } from "../../src/provider/connection.ts";
import { systemClock } from "../../src/vocabulary/clock.ts";
import { givenClientOf } from "../support/simulator/given-client.ts";
import { type GivenCluster, givenCluster, type GivenOptions } from "../support/simulator/given-cluster.ts";

const tokensPath = "/v1/auth/access-tokens/";

async function givenTokens(options: GivenOptions = {}) {
  const cluster = await givenCluster({ localUsers: ["svc"], ...options });
  const create = async () => {
    const made = await cluster.admin.post(tokensPath, { user: { auth_id: cluster.user("svc").id } });
    return { id: made.field("id"), bearerToken: made.field("bearer_token") };
  };
  return { ...cluster, first: await create(), second: await create() };
}

/** Imports an access token with what the environment holds. */
async function findWith(
  { simulator }: GivenCluster,
  id: string,
  text: string | undefined,
): Promise<string | undefined> {
  const cluster = givenClientOf(simulator);
  const client: Connection = {
    reads: cluster,
    writes: cluster,
    coreVersion: undefined,
    clock: systemClock,
    memory: new RunMemory(),
    login: undefined,
    claimedTokenId: undefined,
    importBearerToken: importBearerTokenIn({ QUMULO_IMPORT_BEARER_TOKEN: text }),
  };
  const found = await findImportedBearerToken({ id, client, signal: new AbortController().signal });
  return found?.reveal();
}

async function refusalOf(pending: Promise<unknown>): Promise<DiagnosticError> {
  const error = await pending.catch((thrown: unknown) => thrown);
  if (error instanceof DiagnosticError) return error;
  throw new Error("it was not refused");
}

test("a bearer token is imported when the cluster says that it is of the imported access token", async () => {
  const given = await givenTokens();

  const found = await findWith(given, given.first.id, ` ${given.first.bearerToken}\n`);

  expect(found).toBe(given.first.bearerToken);
});

test.each([[undefined], [""], ["  \n"]])("without a bearer token (%j) there is nothing to check", async (text) => {
  const given = await givenTokens();
  const before = given.simulator.requests.length;

  const found = await findWith(given, given.first.id, text);

  expect(found).toBeUndefined();
  expect(given.simulator.requests).toHaveLength(before);
});

test("a bearer token of another access token is refused, and both are named", async () => {
  const given = await givenTokens();

  const { text } = await refusalOf(findWith(given, given.first.id, given.second.bearerToken));

  expect(text.summary).toContain("another access token");
  expect(text.detail).toContain(given.first.id);
  expect(text.detail).toContain(given.second.id);
  expect(text.detail).not.toContain("access-v1:");
});

test.each([
  ["that is not one", () => "Canary-n0t-a-token"],
  ["in two lines", () => "Canary-n0t\na-token"],
  ["of a disabled access token", (given: Awaited<ReturnType<typeof givenTokens>>) => given.first.bearerToken],
])("a bearer token %s is refused, and not repeated", async (_, choose) => {
  const given = await givenTokens();
  await given.admin.patch(`${tokensPath}${given.first.id}`, { enabled: false });
  const bearerToken = choose(given);

  const { text } = await refusalOf(findWith(given, given.first.id, bearerToken));

  expect(text.summary).toContain("rejected");
  expect(text.detail).toContain("QUMULO_IMPORT_BEARER_TOKEN");
  expect(JSON.stringify(text)).not.toContain(bearerToken);
});

test("the bearer token of a session proves nothing", async () => {
  const given = await givenTokens();
  const session = String(given.admin.bearerToken);

  const { text } = await refusalOf(findWith(given, given.first.id, session));

  expect(text.summary).toContain("cannot be checked");
  expect(text.detail).not.toContain(session);
});

test("a cluster that does not tell which access token is in use proves nothing", async () => {
  const given = await givenTokens({ coreVersion: "6.2.1" });

  const { text } = await refusalOf(findWith(given, given.first.id, given.first.bearerToken));

  expect(text.detail).toContain("7.2");
});

test("a cluster that cannot be reached is said so", async () => {
  const given = await givenTokens();
  await given.simulator.close();

  const { text } = await refusalOf(findWith(given, given.first.id, given.first.bearerToken));

  expect(text.summary).toBe("QUMULO_IMPORT_BEARER_TOKEN could not be checked");
});

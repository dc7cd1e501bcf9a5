import { createServer } from "node:https";
import { afterEach, expect, test } from "@jest/globals";
import type { Cluster } from "../../src/client/cluster.ts";
import { createCertificate } from "../../src/simulator/certificate.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { bearing, failureOf, givenClient } from "../support/simulator/given-client.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Something that answers every request alike: what stands between a client and its cluster. */
async function givenProxy(status: number, body: string): Promise<Cluster> {
  const { certificatePem, privateKeyPem } = createCertificate(["127.0.0.1"], new Date());
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (_request, response) => {
    response.statusCode = status;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const trust = { kind: "authorities", authoritiesPem: certificatePem } as const;
  return givenClient({ host: "127.0.0.1", port, trust, credentials: bearing("access-v1:any"), maxRetries: 0 });
}

const user = { auth_id: "1004" };
const settings = { name: "svc", primaryGroup: "513", uid: undefined, homeDirectory: undefined };
const password = new Secret("Example-Passw0rd");

/** Every request that must not be sent twice. */
const creations: readonly [string, (cluster: Cluster) => Promise<unknown>][] = [
  ["create of a user", async ({ localUsers }) => localUsers.create({ ...settings, password })],
  ["create of a group", async ({ localGroups }) => localGroups.create({ name: "ops", gid: undefined })],
  ["create of a role", async ({ roles }) => roles.create({ name: "ops", description: "", privileges: [] })],
  ["create of an access token", async ({ accessTokens }) => accessTokens.create({ user: { authId: user.auth_id } })],
  ["addition to a role", async ({ roleMembers }) => roleMembers.add("ops", { authId: "1004" })],
  ["addition to a group", async ({ localGroups }) => localGroups.addMember("1007", "1004")],
];

const deletions: readonly [string, (cluster: Cluster) => Promise<unknown>][] = [
  ["deletion of a user", async ({ localUsers }) => localUsers.delete("1004")],
  ["deletion of a group", async ({ localGroups }) => localGroups.delete("1007")],
  ["deletion of a role", async ({ roles }) => roles.delete("ops", undefined)],
  ["deletion of an access token", async ({ accessTokens }) => accessTokens.delete("7")],
  ["removal from a role", async ({ roleMembers }) => roleMembers.remove("ops", "1004")],
  ["removal from a group", async ({ localGroups }) => localGroups.removeMember("1007", "1004")],
];

/** What may be sent again, and what is looked at. */
const repeatable: readonly [string, (cluster: Cluster) => Promise<unknown>][] = [
  ["look at a user", async ({ localUsers }) => localUsers.find("1004")],
  ["look at a group", async ({ localGroups }) => localGroups.find("1007")],
  ["look at a role", async ({ roles }) => roles.find("ops")],
  ["look at an access token", async ({ accessTokens }) => accessTokens.find("7")],
  ["look at a member of a role", async ({ roleMembers }) => roleMembers.find("ops", "1004")],
  ["look at the members of a group", async ({ localGroups }) => localGroups.listMembers("1007")],
  ["look at an identity", async ({ identities }) => identities.get({ authId: "1004" })],
  ["change of a user", async ({ localUsers }) => localUsers.update("1004", { ...settings, password }, undefined)],
  ["change of a password", async ({ localUsers }) => localUsers.setPassword("1004", password)],
  ["change of a role", async ({ roles }) => roles.update("ops", { description: "" }, undefined)],
  ["change of an access token", async ({ accessTokens }) => accessTokens.update("7", { enabled: false })],
];

const page = "<!DOCTYPE html><html><body>Sign in</body></html>";

/** Answers that the cluster does not give, or that do not say what became of the request. */
const foreign: readonly [string, number, string][] = [
  ["200 with a web page", 200, page],
  ["200 with cut JSON", 200, '{"id": "10'],
  ["200 with other JSON", 200, '{"result": "ok"}'],
  ["201", 201, ""],
  ["204", 204, ""],
  ["404 with a web page", 404, page],
];

const cases = (calls: typeof creations, answers: typeof foreign) =>
  answers.flatMap(([answer, status, body]) =>
    calls.map(([name, call]): [string, string, { status: number; body: string; call: typeof call }] => [
      answer,
      name,
      { status, body, call },
    ]),
  );

const uncertain: typeof foreign = [
  ...foreign,
  ["302", 302, ""],
  ["500", 500, ""],
  ["502 with a web page", 502, page],
  ["503", 503, ""],
];

test.each(cases([...creations, ...deletions], uncertain))(
  "%s leaves the outcome of a %s unknown",
  async (_answer, _name, { status, body, call }) => {
    const error = await failureOf(call(await givenProxy(status, body)));

    expect(error).toMatchObject({ kind: "outcome-unknown", status });
    expect(error.message).not.toContain("Sign in");
  },
);

test.each(cases(repeatable, foreign))(
  "%s is not a readable answer to a %s",
  async (_answer, _name, { status, body, call }) => {
    const error = await failureOf(call(await givenProxy(status, body)));

    expect(error).toMatchObject({ kind: "unreadable-answer", status });
  },
);

test.each(deletions)(
  "an empty 200 means that the %s was carried out, and a 404 that there was nothing",
  async (_, call) => {
    expect(await call(await givenProxy(200, ""))).toBe(true);
    expect(await call(await givenProxy(404, ""))).toBe(false);
    expect(await call(await givenProxy(404, '{"error_class":"http_not_found_error"}'))).toBe(false);
  },
);

test.each(
  cases(
    [...creations, ...deletions],
    [
      ["400", 400, ""],
      ["403 with a web page", 403, page],
      ["409", 409, ""],
    ],
  ),
)("%s means that a %s was refused", async (_answer, _name, { status, body, call }) => {
  expect(await failureOf(call(await givenProxy(status, body)))).toMatchObject({ kind: "answer", status });
});

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenBearer, writeFileIn } from "./given-bearer.ts";
import { runCommand } from "./run-command.ts";

const privileges = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE", "PRIVILEGE_NFS_EXPORT_WRITE"];

test("a bearer token that works is told with its user, roles, privileges with their risk, and its end", async () => {
  const { env, role, token } = await givenBearer({ privileges, expirationTime: "2026-04-16T11:00:30Z" });

  const { exitCode, out, error } = await runCommand(["verify"], { env });

  expect([exitCode, error]).toEqual([0, ""]);
  expect(out).toMatch(/^The cluster accepts the bearer token \(127\.0\.0\.1, Qumulo Core 7\.8\.2\)\.\n/);
  expect(out).toMatch(/user +svc-backup \(auth_id \d+\)\n/);
  expect(out).toContain(token.id);
  expect(out).toMatch(/ends +2026-04-16T11:00:30Z, in 45d\n/);
  expect(out).toMatch(new RegExp(`roles +${role}\\n`));
  expect(out).toMatch(/privileges +PRIVILEGE_NFS_EXPORT_WRITE +data: bypasses file permissions\n/);
  expect(out).toMatch(/PRIVILEGE_QUOTA_READ\n/);
  expect(out).toMatch(/PRIVILEGE_ROLE_WRITE +escalation: leads to administrator rights\n/);
  expect(out).not.toContain(token.bearerToken);
});

test("--json tells the same to programs, in one line", async () => {
  const { env, role, token } = await givenBearer({ privileges: ["PRIVILEGE_QUOTA_READ"] });

  const { exitCode, out } = await runCommand(["verify", "--json"], { env });

  expect(exitCode).toBe(0);
  expect(out.trimEnd()).not.toContain("\n");
  expect(JSON.parse(out)).toEqual({
    works: true,
    problems: [],
    host: "127.0.0.1",
    core_version: "7.8.2",
    user: { id: expect.stringMatching(/^\d+$/), name: "svc-backup", sid: expect.stringMatching(/^S-1-/) },
    roles: [role],
    privileges: [{ name: "PRIVILEGE_QUOTA_READ", risk: "none" }],
    access_token: { id: token.id, creation_time: expect.any(String), expiration_time: null },
    unread: [],
  });
  expect(out).not.toContain(token.bearerToken);
});

test("the bearer token comes from a credentials file as well, by flag or by variable", async () => {
  const { env, folder, token } = await givenBearer();
  const without = { ...env, QUMULO_BEARER_TOKEN: "" };
  const file = await writeFileIn(folder, JSON.stringify({ version: 1, bearer_token: token.bearerToken }));

  const byFlag = await runCommand(["verify", "--credentials-file", file], { env: without });
  const byVariable = await runCommand(["verify"], { env: { ...without, QUMULO_CREDENTIALS_FILE: file } });
  const overruling = await runCommand(["verify", "--credentials-file", file], {
    env: { ...without, QUMULO_BEARER_TOKEN: "access-v1:of-another" },
  });

  expect([byFlag.exitCode, byVariable.exitCode, overruling.exitCode]).toEqual([0, 0, 0]);
});

test("flags say how the cluster is reached, and overrule the environment", async () => {
  const { env, caFile, simulator } = await givenBearer();
  const { QUMULO_BEARER_TOKEN } = env;
  const args = ["verify", "--host", simulator.host, "--port", String(simulator.port)];

  const byAuthority = await runCommand([...args, "--ca-file", caFile], { env: { QUMULO_BEARER_TOKEN } });
  const byFingerprint = await runCommand([...args, "--certificate-sha256", simulator.certificateSha256], {
    env: { QUMULO_BEARER_TOKEN, QUMULO_CA_FILE: "/not/there", QUMULO_PORT: "1" },
  });
  const unchecked = await runCommand([...args, "--insecure"], { env: { QUMULO_BEARER_TOKEN } });
  const untrusted = await runCommand(args, { env: { QUMULO_BEARER_TOKEN } });

  expect([byAuthority.exitCode, byFingerprint.exitCode, unchecked.exitCode]).toEqual([0, 0, 0]);
  expect(unchecked.error).toMatch(/^warning: Cluster certificate is not checked\. --insecure is set: anybody/);
  expect(untrusted.exitCode).toBe(1);
  expect(untrusted.error).toContain("Set --ca-file or QUMULO_CA_PEM to the certificate of the authority");
});

test("a bearer token that the cluster does not accept ends with 1, without being shown", async () => {
  const { env, admin, token } = await givenBearer();
  await admin.delete(`/v1/auth/access-tokens/${token.id}`);

  const { exitCode, out, error } = await runCommand(["verify"], { env });
  const json = await runCommand(["verify", "--json"], { env });

  expect([exitCode, out]).toEqual([1, ""]);
  expect(error).toMatch(/^error: Bearer token was rejected\. .*QUMULO_BEARER_TOKEN/);
  expect(error).not.toContain(token.bearerToken);
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.out)).toEqual({
    works: false,
    problems: [expect.stringMatching(/^Bearer token was rejected\./)],
  });
});

test("a refused bearer token is told by the access token that it says it is of, and a session's as what it is", async () => {
  const { env, admin, token } = await givenBearer();
  await admin.delete(`/v1/auth/access-tokens/${token.id}`);

  const ofToken = await runCommand(["verify"], { env });
  const ofSession = await runCommand(["verify"], { env: { ...env, QUMULO_BEARER_TOKEN: "session-v1:ended" } });
  const ofNothing = await runCommand(["verify"], { env: { ...env, QUMULO_BEARER_TOKEN: "access-v1:short" } });

  expect(ofToken.error).toContain(
    `it belongs to access token ${token.id}: "qq auth_list_access_tokens", run by an account that can see`,
  );
  expect(ofSession.error).toContain("that of a login session ends some hours after the login");
  expect(ofNothing.error).not.toMatch(/access token \d|login session/);
  expect(ofSession.error + ofNothing.error).not.toMatch(/session-v1:ended|access-v1:short/);
});

test.each([
  ["disabled", { enabled: false }],
  ["expired", { expiration_time: "2026-03-02T07:59:59Z" }],
])("a token that is %s ends with 1", async (_case, change) => {
  const { env, admin, token } = await givenBearer();
  const before = await runCommand(["verify", "--quiet"], { env });
  await admin.patch(`/v1/auth/access-tokens/${token.id}`, change);

  const { exitCode, out, error } = await runCommand(["verify", "--quiet"], { env });

  expect(before).toEqual({ exitCode: 0, out: "", error: "" });
  expect([exitCode, out]).toEqual([1, ""]);
  expect(error).toContain("Bearer token was rejected");
});

test("--quiet still says what is wrong", async () => {
  const { env } = await givenBearer();

  const { exitCode, out, error } = await runCommand(["verify", "--quiet", "--expect-user", "svc-other"], { env });

  expect([exitCode, out]).toEqual([1, ""]);
  expect(error).toContain('--expect-user is "svc-other"');
});

test("a credentials file that is not there ends with 1 and names the file", async () => {
  const { env, folder } = await givenBearer();
  const file = path.join(folder, "none.json");

  const { exitCode, error } = await runCommand(["verify", "--credentials-file", file], { env });

  expect(exitCode).toBe(1);
  expect(error).toContain(`--credentials-file is "${file}". It does not exist, or it is empty.`);
});

test.each([
  ["svc-backup", 0],
  ["SVC-Backup", 0],
  ["svc-other", 1],
])("--expect-user %s ends with %d for the token of svc-backup", async (name, exitCode) => {
  const { env } = await givenBearer();

  const run = await runCommand(["verify", "--expect-user", name], { env });

  expect(run.exitCode).toBe(exitCode);
  if (exitCode === 1) expect(run.error).toContain(`belongs to "svc-backup", and --expect-user is "svc-other"`);
});

// The machine's clock goes on while the cluster's stands still: both sides of the limit are further from it than that.
test.each([
  ["9d23h59m", 0],
  ["10d1m", 1],
])("--valid-for %s ends with %d for a token that ends in 10 days", async (duration, exitCode) => {
  const { env } = await givenBearer({ expirationTime: "2026-03-12T08:00:30Z" });

  const run = await runCommand(["verify", "--valid-for", duration, "--json"], { env });

  expect(run.exitCode).toBe(exitCode);
  expect(JSON.parse(run.out)).toMatchObject({ works: exitCode === 0 });
  if (exitCode === 1) expect(run.error).toContain("ends 2026-03-12T08:00:30Z, in 10d, and --valid-for is 10d1m");
});

test("a token without an end is valid for any time", async () => {
  const { env } = await givenBearer();

  const { exitCode, out } = await runCommand(["verify", "--valid-for", "9999d"], { env });

  expect(exitCode).toBe(0);
  expect(out).toMatch(/ends +never\n/);
});

test("where the holder may not read the token, it is said what that takes, and --valid-for fails", async () => {
  const { env, token } = await givenBearer({ coreVersion: "7.2.3", expirationTime: "2027-01-01T00:00:00Z" });

  const plain = await runCommand(["verify"], { env });
  const strict = await runCommand(["verify", "--valid-for", "1d"], { env });

  expect(plain.exitCode).toBe(0);
  expect(plain.out).toContain(
    `does not show access token ${token.id} to its holder. That takes PRIVILEGE_ACCESS_TOKENS_READ, or Qumulo Core 7.3.0 or later.`,
  );
  expect(strict.exitCode).toBe(1);
  expect(strict.error).toContain("--valid-for 1d cannot be checked");
});

test("the bearer token of a login session works too, and is called what it is", async () => {
  const { env, admin } = await givenBearer();

  const { exitCode, out } = await runCommand(["verify"], {
    env: { ...env, QUMULO_BEARER_TOKEN: admin.bearerToken ?? "" },
  });

  expect(exitCode).toBe(0);
  expect(out).toMatch(/user +admin /);
  expect(out).toContain("it is the bearer token of a login session");
});

test("a password in the environment is not looked at", async () => {
  const { env } = await givenBearer();
  const without = { ...env, QUMULO_BEARER_TOKEN: "" };

  const { exitCode, error } = await runCommand(["verify"], {
    env: { ...without, QUMULO_USERNAME: "admin", QUMULO_PASSWORD: "secret" },
  });

  expect(exitCode).toBe(2);
  expect(error).toContain("There is no bearer token. Set QUMULO_BEARER_TOKEN");
});

const held = { QUMULO_HOST: "cluster.test", QUMULO_BEARER_TOKEN: "x" };

test.each([
  { when: "a cluster is missing", args: [], env: { QUMULO_BEARER_TOKEN: "x" }, says: "There is no cluster to ask" },
  { when: "the port is none", args: ["--port", "0"], env: held, says: "port is 0. Give a whole number" },
  {
    when: "both sources are in the environment",
    args: [],
    env: { ...held, QUMULO_CREDENTIALS_FILE: "y" },
    says: "QUMULO_BEARER_TOKEN and QUMULO_CREDENTIALS_FILE are both set",
  },
  {
    when: "a duration is none",
    args: ["--valid-for", "soon"],
    env: held,
    says: '--valid-for "soon" is not a length of time',
  },
  { when: "a flag is unknown", args: ["--tken"], env: held, says: "unknown option '--tken'" },
  { when: "the bearer token is an argument", args: ["access-v1:abc"], env: held, says: "too many arguments" },
])("it ends with 2 when $when", async ({ args, env, says }) => {
  const { exitCode, out, error } = await runCommand(["verify", ...args], { env });

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(says);
});

test("an unreadable credentials file is never quoted", async () => {
  const { env, folder } = await givenBearer();
  const file = path.join(folder, "broken.json");
  await writeFile(file, "hush-hush");

  const { exitCode, error } = await runCommand(["verify", "--credentials-file", file], { env });

  expect(exitCode).toBe(1);
  expect(error).toContain("It is not JSON.");
  expect(error).not.toContain("hush-hush");
});

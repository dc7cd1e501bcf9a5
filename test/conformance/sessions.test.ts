import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { readCredentialsFile, readStoredCredentials } from "../../src/client/index.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";

const who = ["GET /v1/session/who-am-i 200", "GET /v1/session/roles 200"];

test("qq signs in with a password, and stores what our client reads", async () => {
  const { simulator, runQq, home } = await givenQq();
  const configHome = path.join(home, "elsewhere");
  const args = ["login", "-u", "admin", "-p", simulator.adminPassword.reveal()];

  const outcome = await runQq({ args, env: { XDG_CONFIG_HOME: configHome } });
  const whoAmI = await runQq({ args: ["who_am_i"], env: { XDG_CONFIG_HOME: configHome } });

  expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: ["POST /v1/session/login 200"] });
  const { host, port } = simulator;
  const file = path.join(configHome, "qumulo", "credentials", `${host}_${port}`);
  expect(await readFile(file, "utf8")).toMatch(/^\{"bearer_token": "session-v1:[\w+/=]+", "version": 1\}\n$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readStoredCredentials({ host, port, configHome, home })).toMatchObject({ kind: "bearer-token" });
  expect(whoAmI.exitCode).toBe(0);
});

test("qq tells who is signed in, with roles, groups and identities", async () => {
  const { qq } = await givenQq();

  const { exitCode, stdout, calls } = await qq("who_am_i");

  expect(exitCode).toBe(0);
  expect(calls).toEqual([...who, "GET /v1/users/500/groups/ 200", "POST /v1/identity/expand 200"]);
  const [user, roles, groups, expanded] = printedValues(stdout);
  expect(user).toMatchObject({ id: "500", name: "admin", can_change_password: true });
  expect(roles).toEqual(["Administrators"]);
  expect(groups).toEqual([expect.objectContaining({ id: "513", name: "Users" })]);
  expect(expanded).toMatchObject({ id: { auth_id: "500", domain: "LOCAL" }, type: "USER" });
});

test("qq tells users without privileges who they are, and no more", async () => {
  const { qqOf, holderOf } = await givenQq();
  const nobodySpecial = await holderOf();
  const qq = await qqOf(nobodySpecial);

  const { exitCode, stdout, calls } = await qq("who_am_i");

  expect(exitCode).toBe(0);
  expect(calls).toEqual([...who, `GET /v1/users/${nobodySpecial.user.id}/groups/ 403`]);
  expect(printedValues(stdout)[0]).toMatchObject({ name: nobodySpecial.user.name, privileges: [] });
});

test("qq asks for a login where there are no credentials", async () => {
  const { runQq, home } = await givenQq();

  const { exitCode, stderr, calls } = await runQq({
    args: ["auth_list_users"],
    env: { XDG_CONFIG_HOME: `${home}/no` },
  });

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error 401: auth_required_error: .+\n$/);
  expect(calls).toEqual(["GET /v1/users/ 401"]);
});

test("qq asks for a login where a refusal has no body", async () => {
  const { runQq, home } = await givenQq({ variations: { emptyUnauthorized: true } });

  const { exitCode, stderr } = await runQq({ args: ["auth_list_users"], env: { XDG_CONFIG_HOME: `${home}/no` } });

  expect(exitCode).toBe(1);
  expect(stderr).toBe("Error 401: unknown: Need to log in first to establish credentials.\n");
});

test.each([
  ["a wrong password", ["-u", "admin", "-p", "Wrong-Passw0rd"]],
  ["an unknown user", ["-u", "nobody", "-p", "Wrong-Passw0rd"]],
  ["guest, even with the right password", ["-u", "guest", "-p", "Right-Passw0rd"]],
])("qq login is refused for %s, and keeps the credentials of before", async (_what, credentials) => {
  const { admin, qq, credentialsFile } = await givenQq();
  await admin.post("/v1/users/501/setpassword", { new_password: "Right-Passw0rd" });
  const before = await readFile(credentialsFile, "utf8");

  const { exitCode, stderr, calls } = await qq("login", ...credentials);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error 401: auth_invalid_credentials_error: .+\n$/);
  expect(calls).toEqual(["POST /v1/session/login 401"]);
  expect(await readFile(credentialsFile, "utf8")).toBe(before);
});

test("qq login without a user name is a usage mistake", async () => {
  const { qq } = await givenQq();

  const { exitCode, stderr, calls } = await qq("login", "-p", "Wrong-Passw0rd");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("the following arguments are required: -u/--username");
  expect(calls).toEqual([]);
});

test("qq logout forgets the credentials and tells the cluster nothing", async () => {
  const { qq, credentialsFile, simulator, admin } = await givenQq();

  const outcome = await qq("logout");

  expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [] });
  expect(await readCredentialsFile(credentialsFile)).toEqual({ kind: "none", path: credentialsFile });
  const replies = await admin.get("/v1/session/who-am-i");
  expect(replies.status).toBe(200);
  expect(simulator.requests.at(-1)?.path).toBe("/v1/session/who-am-i");
});

test("qq logout --all forgets the credentials of every cluster", async () => {
  const { qq, credentialsFile, file } = await givenQq();
  await file(".qfsd_cred", "{}");

  const { exitCode, calls } = await qq("logout", "--all");

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: [] });
  expect(await readdir(path.dirname(credentialsFile))).toEqual([]);
});

test("qq and our client fall back to the one file of older releases", async () => {
  const { simulator, admin, runQq, home, file } = await givenQq();
  const legacy = await file(".qfsd_cred", JSON.stringify({ version: 1, bearer_token: admin.bearerToken }));
  const configHome = path.join(home, "empty");

  const outcome = await runQq({ args: ["auth_list_users"], env: { XDG_CONFIG_HOME: configHome } });
  const stored = await readStoredCredentials({ host: simulator.host, port: simulator.port, configHome, home });

  expect(outcome.exitCode).toBe(0);
  expect(stored).toEqual({ kind: "bearer-token", path: legacy, bearerToken: new Secret(admin.bearerToken ?? "") });
});

test("qq login stores credentials where --credentials-store says, and reads only those", async () => {
  const { simulator, qq, home } = await givenQq();
  const store = path.join(home, "store");

  const before = await qq("--credentials-store", store, "auth_list_users");
  const login = await qq("--credentials-store", store, "login", "-u", "admin", "-p", simulator.adminPassword.reveal());
  const after = await qq("--credentials-store", store, "auth_list_users");

  expect([before.exitCode, login.exitCode, after.exitCode]).toEqual([1, 0, 0]);
  expect(before.stderr).toMatch(/^Error 401: /);
  expect(await readCredentialsFile(store)).toMatchObject({ kind: "bearer-token" });
});

test("qq changes the password of who is signed in", async () => {
  const { simulator, qq, signIn, nobody } = await givenQq();
  const oldPassword = simulator.adminPassword.reveal();
  const newPassword = "Another-Passw0rd";

  const { exitCode, stdout, calls } = await qq("change_password", "-o", oldPassword, "-p", newPassword);

  expect({ exitCode, stdout, calls }).toEqual({
    exitCode: 0,
    stdout: "Your password has been changed.\n",
    calls: ["POST /v1/session/change-password 200"],
  });
  await expect(signIn("admin", newPassword)).resolves.toBeDefined();
  const refused = await nobody.post("/v1/session/login", { username: "admin", password: oldPassword });
  expect(refused.status).toBe(401);
});

test.each([
  ["the old one is wrong", ["-o", "Wrong-Passw0rd", "-p", "Another-Passw0rd"], "401: auth_invalid_credentials_error"],
  ["the new one is weak", ["-o", "Present-Passw0rd", "-p", "password"], "400: auth_weak_password_error"],
])("qq cannot change a password when %s", async (_why, passwords, refusal) => {
  const { qq, signIn } = await givenQq({ adminPassword: "Present-Passw0rd" });

  const { exitCode, stderr } = await qq("change_password", ...passwords);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}: .+\n$`));
  await expect(signIn("admin", "Present-Passw0rd")).resolves.toBeDefined();
});

test("qq sso_login is refused while single sign-on is not configured", async () => {
  const { qq } = await givenQq();

  const { exitCode, stderr, calls } = await qq("sso_login");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error 400: saml_not_configured_error: .+\n$/);
  expect(calls).toEqual(["POST /v1/session/start-saml-login 400"]);
});

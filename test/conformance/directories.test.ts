import { expect, test } from "@jest/globals";
import type { GivenOptions } from "../support/simulator/given-cluster.ts";
import { givenLibrary } from "../support/qq/given-library.ts";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";

const janesName = "CN=Jane Doe,DC=lab,DC=example,DC=com";
const saml = { cluster_dns_name: "qumulo.example.com", identity_provider_url: "https://idp.example.com" };

/** A cluster that is joined to directories. */
function seeded(required = false): GivenOptions {
  return {
    seed: {
      version: 1,
      active_directory: {
        netbios_name: "LAB",
        dns_name: "lab.example.com",
        sid: "S-1-5-21-7-8-9",
        users: [{ name: "jane", rid: 1105, distinguished_name: janesName, password: "anything" }],
      },
      ldap: {
        bind_uri: "ldap://ldap.example.com",
        groups: [{ name: "lab", gid: 6000 }],
        users: [{ name: "bob", uid: 6001 }],
      },
      saml: { ...saml, required },
    },
  };
}

test.each([
  ["ad:jane", { domain: "ACTIVE_DIRECTORY", auth_id: "21474837585" }],
  ["ad:LAB\\jane", { domain: "ACTIVE_DIRECTORY" }],
  ["LAB\\jane", { domain: "ACTIVE_DIRECTORY" }],
  ["jane@lab.example.com", { domain: "ACTIVE_DIRECTORY" }],
  [janesName, { domain: "ACTIVE_DIRECTORY" }],
  ["jane", { domain: "ACTIVE_DIRECTORY" }],
  ["ldap_user:bob", { domain: "POSIX_USER", uid: 6001 }],
  ["ldap_group:lab", { domain: "POSIX_GROUP", gid: 6000 }],
])("qq finds %s in a directory", async (text, identity) => {
  const { qq } = await givenQq(seeded());

  const { exitCode, stdout } = await qq("auth_find_identity", "--json", text);

  expect(exitCode).toBe(0);
  expect(printedValues(stdout)).toEqual([expect.objectContaining(identity)]);
});

test("qq creates an access token for a user of Active Directory, who is not a local user", async () => {
  const { qq, home } = await givenQq(seeded());
  const file = `${home}/token`;

  const created = await qq("auth_create_access_token", "ad:jane", "-f", file);
  const assigned = await qq("auth_assign_role", "-r", "Observers", "-t", "ad:jane");
  const whoAmI = await qq("--credentials-store", file, "who_am_i");

  expect([created.exitCode, assigned.exitCode, whoAmI.exitCode]).toEqual([0, 0, 0]);
  expect(printedValues(whoAmI.stdout).slice(0, 2)).toEqual([
    expect.objectContaining({ id: "21474837585" }),
    ["Observers"],
  ]);
});

test("qq login of a user of Active Directory is sent to single sign-on where the cluster demands it", async () => {
  const [open, strict] = [await givenQq(seeded()), await givenQq(seeded(true))];
  const args = ["login", "-u", "LAB\\jane", "-p", "anything"];

  const [allowed, refused] = [await open.qq(...args), await strict.qq(...args)];

  expect(allowed.exitCode).toBe(0);
  expect(refused.exitCode).toBe(1);
  expect(`${refused.stdout}${refused.stderr}`).toMatch(/auth_sso_required_error[^]*Use qq sso_login/);
});

test("qq sso_login goes on asking while the browser has not come back", async () => {
  const { runQq } = await givenQq(seeded());

  const { stdout, calls } = await runQq({ args: ["sso_login"], input: "000000\n" });

  expect(stdout).toMatch(/https:\/\/qumulo\.example\.com\/\S+[^]*Complete authentication by opening the link/);
  expect(calls).toEqual(["POST /v1/session/start-saml-login 200", "POST /v1/session/retrieve-saml-login 200"]);
});

test("the library fetches the session of a single sign-on, once and with the right code", async () => {
  const { simulator, library } = await givenLibrary(seeded());
  const { login_id } = (await library.value("auth.start_saml_login")) as { readonly login_id: string };
  const code = simulator.completeSamlLogin(login_id, "LAB\\jane");
  const wrong = code === "000000" ? "111111" : "000000";

  const refused = await library.refusal("auth.retrieve_saml_login", [login_id, wrong]);
  const session = (await library.value("auth.retrieve_saml_login", [login_id, code])) as {
    readonly bearer_token: string;
  };
  const again = await library.refusal("auth.retrieve_saml_login", [login_id, code]);

  await library.value("authenticate", [session.bearer_token]);
  expect(await library.value("auth.who_am_i")).toMatchObject({ id: "21474837585" });
  expect([refused.status, again.status]).toEqual([400, 404]);
});

test("qq signs in through the browser, and stores what it is given", async () => {
  const { qq, runQq, simulator } = await givenQq(seeded(true));

  const signedIn = await runQq({
    args: ["sso_login"],
    reply: (printed) => {
      const loginId = /login-id=([\w-]+)\s+To continue, enter/.exec(printed)?.[1];
      return loginId === undefined ? undefined : simulator.completeSamlLogin(loginId, "LAB\\jane");
    },
  });
  const whoAmI = await qq("who_am_i");

  expect(signedIn).toMatchObject({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/Logged in as LAB\\jane\n$/),
  });
  expect(signedIn.calls).toEqual([
    "POST /v1/session/start-saml-login 200",
    "POST /v1/session/retrieve-saml-login 200",
    "GET /v1/session/who-am-i 200",
  ]);
  expect(whoAmI.stdout).toContain("jane");
});

test("qq sets and clears the home directory of an identity, and reads it", async () => {
  const { qq } = await givenQq(seeded());
  const attributes = "/v1/auth/identities/21474837585/attributes";

  const set = await qq("identity_attributes_set", "ad:jane", "--home-directory", "/home/jane");
  const read = await qq("identity_attributes_get", "ad:jane");
  const cleared = await qq("identity_attributes_set", "ad:jane", "--home-directory", "none");

  expect(set.calls).toEqual(["POST /v1/identity/find 200", `PUT ${attributes} 200`]);
  expect(read.calls).toEqual(["POST /v1/identity/find 200", `GET ${attributes} 200`]);
  expect(printedValues(read.stdout)).toEqual([{ home_directory: "/home/jane" }]);
  expect(printedValues(cleared.stdout)).toEqual([{ home_directory: null }]);
});

test("qq replaces the mappings between directories, and reads them", async () => {
  const { runQq, qq } = await givenQq(seeded());
  const mappings = [{ down_level_logon_name: "LAB\\jane", ldap_name: "bob" }];

  const set = await runQq({ args: ["auth_set_user_defined_mappings", "--stdin"], input: JSON.stringify(mappings) });
  const read = await qq("auth_get_user_defined_mappings");

  expect(set.exitCode).toBe(0);
  expect(read.calls).toEqual(["GET /v1/auth/user-defined-mappings/ 200"]);
  expect(printedValues(read.stdout)).toEqual([mappings]);
});

test("without privileges, qq learns and changes nothing about identities of directories", async () => {
  const { qqOf, signIn, user, runQq, file } = await givenQq({ ...seeded(), localUsers: ["mallory"] });
  const mallory = await signIn("mallory", user("mallory").password);
  const qq = await qqOf(mallory);
  const store = await file("mallory", JSON.stringify({ version: 1, bearer_token: mallory.bearerToken }));
  const set = ["--credentials-store", store, "auth_set_user_defined_mappings", "--stdin"];

  const refused = await Promise.all([
    qq("identity_attributes_get", "ad:jane"),
    qq("identity_attributes_set", "ad:jane", "--home-directory", "/x"),
    qq("auth_get_user_defined_mappings"),
    runQq({ args: set, input: "[]" }),
  ]);

  for (const { exitCode, stderr } of refused) {
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error 403: auth_not_authorized_error: .+\n$/),
    });
  }
});

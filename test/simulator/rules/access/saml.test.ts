import { expect, test } from "@jest/globals";
import { completeSamlLogin, configureSaml } from "../../../../src/simulator/rules/access/saml.ts";
import {
  type DirectReply,
  type GivenDirectory,
  givenDirectory,
  ids,
  password,
} from "../../../support/simulator/given-directory.ts";

const login = "/v1/session/login";
const start = "/v1/session/start-saml-login";
const retrieve = "/v1/session/retrieve-saml-login";
const fiveMinutesMs = 300_000;
const dayMs = 86_400_000;

function givenSingleSignOn(isRequired = false): GivenDirectory {
  const given = givenDirectory();
  configureSaml(given.context, {
    clusterDnsName: "qumulo.lab.example.com",
    identityProviderUrl: "https://sso.example.com/saml",
    isRequired,
  });
  return given;
}

function startLogin({ nobody }: GivenDirectory): string {
  return nobody.send("POST", start).field("login_id");
}

function fetchToken({ nobody }: GivenDirectory, loginId: string, code: string): DirectReply {
  return nobody.send("POST", retrieve, { login_id: loginId, verification_code: code });
}

function wrongFor(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

test("a login begins with a link to the cluster", () => {
  const { nobody } = givenSingleSignOn();

  const reply = nobody.send("POST", start);

  const login_id = reply.field("login_id");
  expect(login_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(reply.body).toEqual({ login_id, login_url: `https://qumulo.lab.example.com/saml-login?login-id=${login_id}` });
});

test.each(["jane@lab.example.com", "LAB\\jane", "JANE"])(
  "once the browser is back as %s, the code fetches a session",
  (name) => {
    const given = givenSingleSignOn();
    const loginId = startLogin(given);

    const pending = fetchToken(given, loginId, "any");
    const code = completeSamlLogin(given.context, loginId, name);
    const done = fetchToken(given, loginId, code);
    const me = given.bearing(done.field("bearer_token")).send("GET", "/v1/session/who-am-i");

    expect(pending).toMatchObject({ status: 200, body: { bearer_token: "" } });
    expect(code).toMatch(/^\d{6}$/);
    expect(done.field("bearer_token")).toMatch(/^session-v1:/);
    expect(me.body).toMatchObject({ id: ids.jane });
  },
);

test("a wrong code is refused, and the right one still counts", () => {
  const given = givenSingleSignOn();
  const loginId = startLogin(given);
  const code = completeSamlLogin(given.context, loginId, "jane");

  const wrong = fetchToken(given, loginId, wrongFor(code));
  const right = fetchToken(given, loginId, code);

  expect(wrong).toMatchObject({ status: 400, body: { error_class: "saml_verification_code_error" } });
  expect(right.status).toBe(200);
});

test("a bearer token is fetched once", () => {
  const given = givenSingleSignOn();
  const loginId = startLogin(given);
  const code = completeSamlLogin(given.context, loginId, "jane");

  const outcomes = [fetchToken(given, loginId, code), fetchToken(given, loginId, code)];

  expect(outcomes.map(({ status }) => status)).toEqual([200, 404]);
});

test("a login may take five minutes, and not a moment longer", () => {
  const given = givenSingleSignOn();
  const [early, late, pending] = [startLogin(given), startLogin(given), startLogin(given)];
  const codes = [early, late].map((loginId) => completeSamlLogin(given.context, loginId, "jane"));

  given.clock.advance(fiveMinutesMs - 1);
  const before = fetchToken(given, early, String(codes[0]));
  const stillPending = fetchToken(given, pending, "any");
  given.clock.advance(1);
  const at = fetchToken(given, late, String(codes[1]));
  const noLongerPending = fetchToken(given, pending, "any");

  expect([before.status, stillPending.status, at.status, noLongerPending.status]).toEqual([200, 200, 401, 401]);
  expect(() => completeSamlLogin(given.context, pending, "jane")).toThrow(expect.objectContaining({ status: 401 }));
});

test("an expired login is remembered for a day", () => {
  const given = givenSingleSignOn();
  const loginId = startLogin(given);

  given.clock.advance(dayMs - 1);
  startLogin(given);
  const before = fetchToken(given, loginId, "any");
  given.clock.advance(1);
  startLogin(given);
  const at = fetchToken(given, loginId, "any");

  expect([before.status, at.status]).toEqual([401, 404]);
});

test.each(["admin", "bob", "Storage Admins", "nobody-here", "locked", "OTHER\\jane"])(
  "%s cannot sign in so",
  (name) => {
    const given = givenSingleSignOn();
    const loginId = startLogin(given);

    expect(() => completeSamlLogin(given.context, loginId, name)).toThrow(expect.objectContaining({ status: 400 }));
    expect(fetchToken(given, loginId, "any").body).toEqual({ bearer_token: "" });
  },
);

test("an unknown login is not found", () => {
  const given = givenSingleSignOn();

  expect(fetchToken(given, "1", "2").status).toBe(404);
  expect(() => completeSamlLogin(given.context, "1", "jane")).toThrow(expect.objectContaining({ status: 404 }));
});

test("without settings there is no single sign-on, though a directory is joined", () => {
  const { nobody } = givenDirectory();

  const reply = nobody.send("POST", start);

  expect(reply).toMatchObject({ status: 400, body: { error_class: "saml_not_configured_error" } });
});

test.each(["jane", "LAB\\Jane", "lab.example.com\\jane", "jane@lab.example.com"])(
  "%s logs in with a password",
  (username) => {
    const { nobody, bearing } = givenSingleSignOn();

    const reply = nobody.send("POST", login, { username, password });
    const me = bearing(reply.field("bearer_token")).send("GET", "/v1/session/who-am-i");

    expect(me.body).toMatchObject({ id: ids.jane, name: "LAB\\jane" });
  },
);

test.each([
  ["jane", "Wrong-Passw0rd"],
  ["jane", ""],
  ["locked", password],
  ["Storage Admins", password],
  ["bob", password],
  ["OTHER\\jane", password],
])("%s does not log in with %j", (username, tried) => {
  const { nobody } = givenDirectory();

  const reply = nobody.send("POST", login, { username, password: tried });

  expect(reply).toMatchObject({ status: 401, body: { error_class: "auth_invalid_credentials_error" } });
});

test("a user of Active Directory without a password does not log in at all", () => {
  const { nobody } = givenDirectory();

  const outcomes = ["", "x"].map((tried) => nobody.send("POST", login, { username: "robot", password: tried }).status);

  expect(outcomes).toEqual([401, 401]);
});

test("where single sign-on is required, it is so for Active Directory only, whatever the password", () => {
  const given = givenSingleSignOn(true);
  const { nobody } = given;

  const right = nobody.send("POST", login, { username: "jane", password });
  const wrong = nobody.send("POST", login, { username: "LAB\\jane", password: "Wrong-Passw0rd" });
  const local = nobody.send("POST", login, { username: "admin", password });
  const unknown = nobody.send("POST", login, { username: "nobody-here", password });
  const loginId = startLogin(given);
  const signedIn = fetchToken(given, loginId, completeSamlLogin(given.context, loginId, "jane"));

  expect(right).toMatchObject({ status: 401, body: { error_class: "auth_sso_required_error" } });
  expect(wrong.text).toBe(right.text);
  expect([local.status, signedIn.status]).toEqual([200, 200]);
  expect(unknown.body).toMatchObject({ error_class: "auth_invalid_credentials_error" });
});

test("a user of Active Directory has no password to change here", () => {
  const { as } = givenDirectory();

  const passwords = { old_password: password, new_password: "Other-Passw0rd" };
  const reply = as(ids.jane).send("POST", "/v1/session/change-password", passwords);

  expect(reply.status).toBe(400);
});

test("a session of a user of Active Directory lasts for ten hours", () => {
  const { as, clock } = givenDirectory();
  const jane = as(ids.jane);

  clock.advance(36_000_000 - 1);
  const before = jane.send("GET", "/v1/session/who-am-i");
  clock.advance(1);
  const at = jane.send("GET", "/v1/session/who-am-i");

  expect([before.status, at.status]).toEqual([200, 401]);
});

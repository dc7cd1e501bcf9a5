import { randomInt } from "node:crypto";
import { Secret } from "../../../vocabulary/secret.ts";
import { type Bench, type OwnUser, strongPassword } from "../asking/bench.ts";
import { fieldOf, namesIn, outcome, refusal, textIn, whole } from "../asking/observe.ts";
import { changing, type Probe } from "../probe.ts";

/** Passwords that a cluster might refuse, by what is special about them: a, A, 1 and x stand for any of their kind. */
const passwords: Readonly<Record<string, string>> = {
  "7 characters, three classes": "Aaaaaa1",
  "8 characters, three classes": "Aaaaaaa1",
  "8 characters, lower case and digits": "aaaaaaa1",
  "8 characters, lower case": "aaaaaaaa",
  "32 hexadecimal digits": "x".repeat(32),
  "8 characters, lower case, digits and others": "aaaaaa1!",
  "64 characters, four classes": "Aa1!".repeat(16),
  "8 letters with accents, three classes": "Äaaéaaa1",
};

const kinds: Readonly<Record<string, string>> = {
  a: "abcdefghijklmnopqrstuvwxyz",
  A: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "1": "0123456789",
  x: "0123456789abcdef",
};

/** A password of this pattern that nobody can know, weak as it may be: there is a user with it, if only for a moment. */
function passwordLike(pattern: string): Secret {
  return new Secret(
    pattern.replaceAll(/[aA1x]/g, (kind) => {
      const characters = kinds[kind] ?? kind;
      return characters[randomInt(characters.length)] ?? kind;
    }),
  );
}

async function logIn(bench: Bench, { name }: OwnUser, password: Secret) {
  return bench.nobody.post("/v1/session/login", { username: name, password });
}

/** Passwords, logins, and what a session is told of its user. */
export const passwordProbes: readonly Probe[] = [
  changing({
    id: "password-rules",
    asks: "which passwords a user may have",
    source: "seen by cosi-driver-qumulo on 7.9.2.2 for three classes; the length is assumed",
    question: "password-rules",
    async ask(bench) {
      const user = await bench.user();
      const seen: Record<string, string> = {};
      for (const [what, pattern] of Object.entries(passwords)) {
        const body = { new_password: passwordLike(pattern) };
        seen[what] = outcome(await bench.caller.post(`/v1/users/${user.id}/setpassword`, body));
      }
      return seen;
    },
  }),
  changing({
    id: "user-without-password",
    asks: "whether a user can be made without a password",
    source: "assumed; integration tests of qumulo-rest-gem could in 2015",
    question: "password-rules",
    async ask(bench) {
      const make = async (fields: object) =>
        outcome(await bench.caller.post("/v1/users/", { name: bench.newName(), primary_group: "513", ...fields }));
      return {
        "without the field": await make({}),
        null: await make({ password: null }),
        "a weak one": await make({ password: passwordLike("aaaaaaaa") }),
      };
    },
  }),
  changing({
    id: "password-set",
    asks: "the answer when a password is set, and which one works then",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; that sessions and access tokens go on is assumed",
    async ask(bench) {
      const user = await bench.user();
      const [session, token] = [await bench.signIn(user), await bench.token(user)];
      const password = strongPassword();
      const set = await bench.caller.post(`/v1/users/${user.id}/setpassword`, { new_password: password });
      return {
        set: whole(set),
        "the former one": outcome(await logIn(bench, user, user.password)),
        "the new one": outcome(await logIn(bench, user, password)),
        "the session": outcome(await session.get("/v1/session/who-am-i")),
        "the access token": outcome(await token.bearer.get("/v1/session/who-am-i")),
      };
    },
  }),
  changing({
    id: "own-password",
    asks: "how users change their own password",
    source: "OpenAPI 7.8.2; refusals are assumed",
    async ask(bench) {
      const user = await bench.user();
      const session = await bench.signIn(user);
      const change = async (former: Secret, next: Secret) =>
        session.post("/v1/session/change-password", { old_password: former, new_password: next });
      const next = strongPassword();
      return {
        "a wrong old one": refusal(await change(strongPassword(), next)),
        "a weak new one": outcome(await change(user.password, passwordLike("aaaaaaaa"))),
        changed: whole(await change(user.password, next)),
        "the new one works": outcome(await logIn(bench, user, next)),
      };
    },
  }),
  changing({
    id: "login-refused",
    asks: "how a login with a wrong name or password is refused",
    source: "claimed by dmotles/qontrol, csi-driver-qumulo and cosi-driver-qumulo",
    question: "refusals-without-rights",
    async ask(bench) {
      const user = await bench.user();
      const login = { username: bench.newName(), password: strongPassword() };
      return {
        "a wrong password": refusal(await logIn(bench, user, strongPassword())),
        "an unknown user": refusal(await bench.nobody.post("/v1/session/login", login)),
        "without a password": outcome(await bench.nobody.post("/v1/session/login", { username: user.name })),
      };
    },
  }),
  changing({
    id: "failed-logins",
    asks: "whether a user may log in after six wrong passwords",
    source: "assumed",
    question: "lock-out",
    async ask(bench) {
      const user = await bench.user();
      const failed: string[] = [];
      for (let count = 0; count < 6; count += 1) {
        failed.push(outcome(await logIn(bench, user, strongPassword())));
      }
      return { "wrong passwords": failed, "the right one": outcome(await logIn(bench, user, user.password)) };
    },
  }),
  changing({
    id: "session",
    asks: "what a login gives, and what a session is told of its user",
    source: "OpenAPI 7.8.2; how the bearer token begins: dmotles/qontrol on 7.7.2",
    question: "session-token",
    async ask(bench) {
      const user = await bench.user();
      const login = await logIn(bench, user, user.password);
      const session = bench.as(textIn(login, "bearer_token"));
      return {
        login: whole(login),
        "who am I": whole(await session.get("/v1/session/who-am-i")),
        roles: whole(await session.get("/v1/session/roles")),
      };
    },
  }),
  changing({
    id: "who-am-i-fields",
    asks: "whether sessions and access tokens are told their privileges, and which access token they use",
    source: "assumed for versions before 7.2.0",
    question: "detailed-who-am-i",
    async ask(bench) {
      const holder = await bench.holder("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ANALYTICS_READ");
      const token = await bench.token(holder.user);
      const session = await holder.get("/v1/session/who-am-i");
      const bearer = await token.bearer.get("/v1/session/who-am-i");
      return {
        "privileges of a session": fieldOf(session.body, "privileges"),
        "privileges of an access token": fieldOf(bearer.body, "privileges"),
        "access token of a session": namesIn(session.body).includes("access_token_id"),
        "access token of an access token": fieldOf(bearer.body, "access_token_id"),
        "roles of a session": (await holder.get("/v1/session/roles")).body,
        "roles of an access token": (await token.bearer.get("/v1/session/roles")).body,
      };
    },
  }),
];

import { expect, test } from "@jest/globals";
import { dispatch } from "../../../src/simulator/http/dispatch.ts";
import { Router } from "../../../src/simulator/http/router.ts";
import { ApiError, type RefusalName, refusals } from "../../../src/simulator/rules/api-error.ts";
import { completeSamlLogin, configureSaml } from "../../../src/simulator/rules/access/saml.ts";
import { StoreError } from "../../../src/simulator/store/store-error.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import {
  type DirectReply,
  type GivenDirectory,
  givenDirectory,
  givenNoDirectory,
  ids,
} from "../../support/simulator/given-directory.ts";

/** Refusals that no request to a healthy cluster meets; each has a test of its own below. */
type Special = "bodyTooLarge" | "internal" | "notStored" | "unreachableDirectory";

const find = "/v1/identity/find";
const tokens = "/v1/auth/access-tokens/";
const users = "/v1/users/";
const user = { name: "svc", primary_group: "0", password: "Test-1234" };

/** A request that meets the refusal. */
const ways: Readonly<Record<Exclude<RefusalName, Special>, (given: GivenDirectory) => DirectReply>> = {
  authenticationRequired: ({ nobody }) => nobody.send("GET", users),
  invalidCredentials: ({ nobody }) => nobody.send("POST", "/v1/session/login", { username: "x", password: "y" }),
  notAuthorized: ({ as }) => as(ids.jane).send("GET", users),
  notFound: ({ admin }) => admin.send("GET", "/v1/users"),
  noSuchUser: ({ admin }) => admin.send("GET", "/v1/users/4242"),
  methodNotAllowed: ({ admin }) => admin.send("PATCH", users, {}),
  undecodable: ({ admin }) => admin.send("POST", users, {}),
  invalidRequest: ({ admin }) => admin.send("PUT", "/v1/users/500", { ...user, id: "501" }),
  preconditionFailed: ({ admin }) => admin.matching('"stale"').send("DELETE", "/v1/auth/roles/Observers"),
  tooManyAccessTokens: ({ admin }) => {
    for (let count = 0; count < 2; count += 1) admin.send("POST", tokens, { user: { name: "admin" } });
    return admin.send("POST", tokens, { user: { name: "admin" } });
  },
  identityNotSupported: ({ admin }) => admin.send("POST", tokens, { user: { name: "Users" } }),
  unknownLocalIdentity: ({ admin }) => admin.send("POST", find, { domain: "LOCAL", name: "jane" }),
  unknownDirectoryIdentity: ({ admin }) => admin.send("POST", find, { name: "LAB\\nobody-here" }),
  invalidSid: ({ admin }) => admin.send("POST", find, { sid: "S-1" }),
  contradictoryIdentity: ({ admin }) => admin.send("POST", find, { auth_id: "500", name: "guest" }),
  userExists: ({ admin }) => admin.send("POST", users, { ...user, name: "users" }),
  groupExists: ({ admin }) => admin.send("POST", "/v1/groups/", { name: "ADMIN" }),
  posixIdTaken: ({ admin }) => {
    admin.send("POST", users, { ...user, uid: "7" });
    return admin.send("POST", users, { ...user, name: "other", uid: "7" });
  },
  noSuchPrimaryGroup: ({ admin }) => admin.send("POST", users, { ...user, primary_group: "500" }),
  roleExists: ({ admin }) => admin.send("POST", "/v1/auth/roles/", { name: "OBSERVERS" }),
  roleMemberExists: ({ admin }) => admin.send("POST", "/v1/auth/roles/Administrators/members", { name: "admin" }),
  groupMemberExists: ({ admin }) => admin.send("POST", "/v1/groups/513/members/", { member_id: "500" }),
  weakPassword: ({ admin }) => admin.send("POST", users, { ...user, password: "short" }),
  builtInRole: ({ admin }) => admin.send("DELETE", "/v1/auth/roles/Observers"),
  builtInAccount: ({ admin }) => admin.send("DELETE", "/v1/users/500"),
  groupInUse: ({ admin }) => admin.send("DELETE", "/v1/groups/513/members/500"),
  samlNotConfigured: ({ nobody }) => nobody.send("POST", "/v1/session/start-saml-login"),
  ssoRequired: ({ context, nobody }) => {
    configureSaml(context, { clusterDnsName: "c", identityProviderUrl: "https://i", isRequired: true });
    return nobody.send("POST", "/v1/session/login", { username: "jane", password: "x" });
  },
  wrongVerificationCode: ({ context, nobody }) => {
    configureSaml(context, { clusterDnsName: "c", identityProviderUrl: "https://i", isRequired: false });
    const login_id = nobody.send("POST", "/v1/session/start-saml-login").field("login_id");
    completeSamlLogin(context, login_id, "jane");
    return nobody.send("POST", "/v1/session/retrieve-saml-login", { login_id, verification_code: "none" });
  },
};

function answerOf(name: RefusalName): object {
  const { status, errorClass, module } = refusals[name];
  return { status, body: { error_class: errorClass, module, user_visible: true, stack: [] } };
}

test.each(Object.entries(refusals))("%s has a status, a class, a sentence and a source", (_name, refusal) => {
  expect(refusal.status).toBeGreaterThanOrEqual(400);
  expect(refusal.errorClass).toMatch(/^[a-z0-9_]+_error$/);
  expect(refusal.description).not.toBe("");
  expect(refusal.module).toMatch(/^\//);
  expect(refusal.source).toMatch(/assumed|OpenAPI|Qumulo (docs|SDK)|claimed by|seen by/);
});

test.each(Object.entries(ways))("a request can be refused with %s", (name, way) => {
  const reply = way(givenDirectory());

  // The keys of `ways` are names of refusals; Object.entries forgets it.
  expect(reply).toMatchObject(answerOf(name as RefusalName));
});

test("a request can be refused with unreachableDirectory on a cluster that is joined to none", () => {
  const { admin } = givenNoDirectory();

  const reply = admin.send("POST", find, { domain: "ACTIVE_DIRECTORY", name: "jane" });

  expect(reply).toMatchObject(answerOf("unreachableDirectory"));
});

test("a request can be refused with bodyTooLarge from one byte above a mebibyte on", async () => {
  const { nobody } = await givenCluster();
  const bodyOf = (size: number): string => `{"username":"x","password":"${"y".repeat(size - 30)}"}`;
  const send = async (body: string): Promise<unknown> => nobody.send("POST", "/v1/session/login", { body });

  expect(bodyOf(1_048_576).length).toBe(1_048_576);
  expect(await send(bodyOf(1_048_576))).toMatchObject({ status: 401 });
  expect(await send(bodyOf(1_048_577))).toMatchObject(answerOf("bodyTooLarge"));
});

/** What is answered, and told, when handling a request throws. */
function answerTo(failure: Error) {
  const { context } = givenNoDirectory();
  const handle = (): never => {
    throw failure;
  };
  const router = new Router([{ method: "GET", path: "/broken", operation: "readVersion", handle }]);
  const told: unknown[] = [];
  const listeners = {
    onUnknownPath: () => undefined,
    onNotStored: (explanation: string) => told.push(explanation),
    onDefect: (error: unknown) => told.push(error),
  };
  const request = { method: "GET", target: "/broken", authorization: undefined, ifMatch: undefined };
  const reply = dispatch({ ...request, body: Buffer.alloc(0) }, { router, context, listeners });
  return { told, reply: { ...reply, body: JSON.parse(reply.text) as unknown } };
}

test("a failure of the simulator itself is answered as internal, and told", () => {
  const defect = new Error("A rule failed");

  const { reply, told } = answerTo(defect);

  expect(reply).toMatchObject(answerOf("internal"));
  expect(reply.text).not.toContain("A rule failed");
  expect(told).toEqual([defect]);
});

test("a disk that takes no more is not a defect of the simulator: what happened is answered, and told", () => {
  const explanation = "A change could not be written to cluster.db: database or disk is full.";

  const { reply, told } = answerTo(new StoreError("not-written", explanation));

  expect(reply).toMatchObject({ status: 500, body: { error_class: "storage_error", description: explanation } });
  expect(told).toEqual([explanation]);
});

test("a refusal says its own sentence, or the catalogue's", () => {
  expect(new ApiError("notFound").message).toBe(refusals.notFound.description);
  expect(new ApiError("notFound", "There is no role x")).toMatchObject({
    message: "There is no role x",
    status: 404,
    errorClass: "http_not_found_error",
  });
});

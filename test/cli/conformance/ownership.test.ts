import { expect, test } from "@jest/globals";
import { Bench } from "../../../src/cli/conformance/asking/bench.ts";
import type { Sent } from "../../../src/cli/conformance/asking/line.ts";
import { normalize, redact } from "../../../src/cli/conformance/asking/normalize.ts";
import { mayRead, mayWrite } from "../../../src/cli/conformance/asking/ownership.ts";
import { Secret } from "../../../src/vocabulary/secret.ts";
import { givenRunOfTest } from "./given-asking.ts";

const bearerToken = new Secret("access-v1:caller");
const ownership = { own: new Set(["1004", "qconf-1-1"]), prefix: "qconf-1-", bearerToken };

test.each<[Sent, boolean]>([
  [{ method: "DELETE", path: "/v1/users/1004" }, true],
  [{ method: "DELETE", path: "/v1/users/500" }, false],
  [{ method: "DELETE", path: "/v1/users/" }, false],
  [{ method: "PATCH", path: "/v1/auth/roles/QCONF-1-1", body: {} }, true],
  [{ method: "PATCH", path: "/v1/auth/roles/Observers", body: {} }, false],
  [{ method: "POST", path: "/v1/auth/roles/Observers/members", body: { auth_id: "1005" } }, false],
  [{ method: "DELETE", path: "/v1/auth/roles/Observers/members/1004" }, false],
  [{ method: "DELETE", path: "/v1/auth/roles/team-1004" }, false],
  [{ method: "PUT", path: "/v1/users/1004", body: { id: "1004", name: "qconf-1-2" } }, true],
  [{ method: "PUT", path: "/v1/users/1004", body: { id: "500", name: "qconf-1-2" } }, false],
  [{ method: "POST", path: "/v1/auth/access-tokens/", body: { user: { sid: "S-1-5-21-7-8-9-1004" } } }, true],
  [{ method: "POST", path: "/v1/groups/1004/members/", body: { member_id: "500" } }, true],
  [{ method: "POST", path: "/v1/users/", body: { name: "qconf-1-2" } }, true],
  [{ method: "POST", path: "/v1/users/", body: { name: "svc-backup" } }, false],
  [{ method: "POST", path: "/v1/auth/access-tokens/", body: { user: { auth_id: "1004" } } }, true],
  [{ method: "POST", path: "/v1/auth/access-tokens/", body: { user: { auth_id: "500" } } }, false],
  [{ method: "POST", path: "/v1/auth/access-tokens/", body: { user: { auth_id: "1004", name: "admin" } } }, false],
  [{ method: "POST", path: "/v1/session/login", body: { username: "admin" } }, false],
  [{ method: "POST", path: "/v1/session/change-password", bearerToken, body: {} }, false],
  [{ method: "POST", path: "/v1/session/change-password", bearerToken: new Secret("access-v1:own"), body: {} }, true],
  [{ method: "PUT", path: "/v1/cluster/settings", body: { cluster_name: "qconf-1-1" } }, false],
  [{ method: "POST", path: "/v1/auth/clear-cache" }, false],
])("of a run's own, or not: %j", (sent, isOwn) => {
  expect([mayRead(sent), mayWrite(sent, ownership)]).toEqual([false, isOwn]);
});

test("a probe that asks for more than it may is stopped before anything is sent", async () => {
  const { run, simulator } = await givenRunOfTest();
  const before = simulator.requests.length;
  const [reading, changing] = [new Bench(run, { mayChange: false }), new Bench(run, { mayChange: true })];

  await expect(reading.user()).rejects.toThrow("POST /v1/users/ was not sent");
  await expect(changing.caller.delete("/v1/users/500")).rejects.toThrow("DELETE /v1/users/… was not sent");

  expect(simulator.requests.length).toBe(before);
});

test("of a cluster's texts, only forms and words of the API are told, and what the simulator has too", () => {
  const known = new Map([["1004", "(id of user 1)"]]);
  const met = {
    name: "svc-backup",
    "svc-backup": "admin",
    id: "1004",
    other: "77531",
    sid: "S-1-5-21-1-2-3-1004",
    time: "2030-01-01T00:00:00.5Z",
    zeros: "2030-01-01T00:00:00.50Z",
    token: `access-v1:${"A".repeat(86)}==`,
    privilege: "PRIVILEGE_NEW",
    number: 12,
  };

  const told = redact(
    normalize(met, known),
    new Set(["name", "admin", "id", "other", "sid", "time", "zeros", "token"]),
  );

  expect(told).toEqual({
    name: "(another text)",
    "(another field)": "(number)",
    id: "(id of user 1)",
    other: "(digits)",
    sid: "(SID of (id of user 1))",
    time: "(time in UTC)",
    zeros: "(time in UTC with zeros at its end)",
    token: "(bearer token: access-v1, 64 bytes)",
  });
});

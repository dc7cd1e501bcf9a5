import { expect, test } from "@jest/globals";
import { givenCluster } from "../../support/simulator/given-cluster.ts";

test.each([
  "",
  "Bearer",
  "Bearer ",
  "Bearer x",
  "Bearer x y",
  "bearer\tx",
  "Basic YWRtaW46YWRtaW4=",
  "Bearer session-v1:",
  "Bearer access-v1:",
  "Bearer access-v1:AAAA====",
  `Bearer access-v1:${"A".repeat(86)}==`,
  `Bearer ${"x".repeat(9_000)}`,
  "Token Bearer x",
])("the Authorization header %j lets nobody in", async (authorization) => {
  const { nobody, simulator } = await givenCluster();

  const reply = await nobody.send("GET", "/v1/session/who-am-i", { headers: { Authorization: authorization } });

  expect(reply.status).toBe(401);
  expect(simulator.defects).toEqual([]);
});

test("letters of a path may be percent-encoded, an encoded slash parts no segments", async () => {
  const { admin } = await givenCluster();

  const replies = await Promise.all(
    ["/v1/%75sers/500", "/v1/users/%35%30%30", "/v1%2Fusers/500", "/v1/users%2F"].map(async (path) => admin.get(path)),
  );

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 404]);
});

test("of a repeated query parameter the first counts, of a repeated field the last", async () => {
  const { admin } = await givenCluster();

  const list = await admin.get("/v1/auth/access-tokens/?limit=1&limit=nonsense");
  const group = await admin.post("/v1/groups/", '{"name":"first","name":"last"}');

  expect(list.status).toBe(200);
  expect(group.field("name")).toBe("last");
});

test.each(["", '"', "W/", ",,,", '"a" "b"', "\u00ff", "x".repeat(9_000)])(
  "the If-Match header %j matches no version, where it counts, and is ignored elsewhere",
  async (ifMatch) => {
    const { admin } = await givenCluster();

    const stale = await admin.put("/v1/cluster/settings", { cluster_name: "x" }, ifMatch);
    const ignored = await admin.send("GET", "/v1/cluster/settings", { headers: { "If-Match": ifMatch } });

    expect([stale.status, ignored.status]).toEqual([412, 200]);
  },
);

test.each(["access-v1:AAAA/AAAA==", "access-v1%3aAAAA/+AAAA==", "session-v1:AAAA==", "access-v1%253AAAAA%252FAAAA"])(
  "the bearer token %s in a path stands in no log and no warning",
  async (bearerToken) => {
    const explanations: string[] = [];
    const { admin, simulator } = await givenCluster({
      onUnknownPath: (_method, _path, explanation) => explanations.push(explanation),
    });

    await admin.get(`/v1/auth/access-tokens/${bearerToken}?token=${bearerToken}&x=1`);
    const answer = await admin.get(`/v1/tokens/${bearerToken}/x`);

    const told = JSON.stringify([simulator.requests, simulator.unknownPaths, explanations, answer.text]);
    expect(told).not.toContain("AAAA");
    expect(simulator.requests.map(({ path }) => path.replaceAll(/(?:access|session)-v1(?::|%3a|%253A)/g, ""))).toEqual(
      expect.arrayContaining(["/v1/auth/access-tokens/[redacted]?token=[redacted]&x=1", "/v1/tokens/[redacted]"]),
    );
    expect(explanations.join()).not.toContain("does not have it yet");
    expect(explanations).not.toEqual([]);
  },
);

import { expect, test } from "@jest/globals";
import { FaultTextError, parseFault } from "../../../src/simulator/http/fault-text.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";

test.each([
  ["GET /v1/users/ reset", { method: "GET", with: { kind: "reset" } }],
  ["get /v1/users/ RESET", { method: "GET", with: { kind: "reset" } }],
  ["* /v1/users/ hang", { with: { kind: "hang" } }],
  ["  *   /v1/users/   hang  ", { with: { kind: "hang" } }],
  ["PUT /v1/users/ empty-body after", { method: "PUT", when: "after", with: { kind: "empty-body" } }],
  ["PUT /v1/users/ broken-json before", { method: "PUT", when: "before", with: { kind: "broken-json" } }],
  ["* /v1/users/ 400", { with: { kind: "status", status: 400 } }],
  ["* /v1/users/ 599", { with: { kind: "status", status: 599 } }],
  ["* /v1/users/ 503 x2", { times: 2, with: { kind: "status", status: 503 } }],
  ["* /v1/users/ 503 x*", { times: Number.POSITIVE_INFINITY, with: { kind: "status", status: 503 } }],
  ["* /v1/users/ 503 skip=3", { skip: 3, with: { kind: "status", status: 503 } }],
  ["* /v1/users/ 503 skip=0", { skip: 0, with: { kind: "status", status: 503 } }],
  ["* /v1/users/ 429 retry-after=5", { with: { kind: "status", status: 429, retryAfterSeconds: 5 } }],
  [
    "* /v1/users/ 429 Retry-After=5 AFTER skip=1 X2",
    { when: "after", skip: 1, times: 2, with: { kind: "status", status: 429, retryAfterSeconds: 5 } },
  ],
])("%s is read", (text, expected) => {
  const { path, text: kept, ...declaration } = parseFault(text);

  expect(declaration).toEqual(expected);
  expect(path?.test("/v1/users/")).toBe(true);
  expect(kept).toBe(text.trim().replaceAll(/\s+/g, " "));
});

test.each([
  ["/v1/users/", ["/v1/users/", "/v1/users/?x=1"], ["/v1/users", "/v1/users/5", "/v1/users/5?/v1/users/"]],
  ["/v1/users/?limit=1", ["/v1/users/?limit=1"], ["/v1/users/", "/v1/users/?limit=12"]],
  ["/v1/users/*", ["/v1/users/5", "/v1/users/5?a=b/c", "/v1/users/"], ["/v1/users/5/groups/", "/v1/users"]],
  ["/v1/*/5", ["/v1/users/5", "/v1/groups/5"], ["/v1/auth/roles/5", "/v1/users/55"]],
  ["/v1/auth/**", ["/v1/auth/", "/v1/auth/roles/x/members?limit=1"], ["/v1/auth", "/v2/v1/auth/"]],
  ["**", ["/", "/v1/users/?a=b", "*"], []],
  ["**/members", ["/v1/auth/roles/x/members", "/v1/auth/roles/x/members?limit=1"], ["/v1/auth/roles/x/members/1"]],
  ["/v1/a.b+(c)", ["/v1/a.b+(c)"], ["/v1/aXb+(c)", "/v1/a.bb(c)"]],
])("the path %s meets %j and not %j", (path, met, missed) => {
  const declaration = parseFault(`GET ${path} reset`);
  const meets = (target: string): boolean => declaration.path?.test(target) ?? true;

  expect(met.map(meets)).toEqual(met.map(() => true));
  expect(missed.map(meets)).toEqual(missed.map(() => false));
});

test.each([
  ["", /"" is incomplete\. A fault is written METHOD PATH KIND/],
  ["GET", /"GET" is incomplete/],
  ["GET /v1/users/", /"GET \/v1\/users\/" is incomplete/],
  ["DELTE /v1/users/ reset", /"DELTE" is not a method\. Did you mean DELETE\? A fault begins with one of GET, POST/],
  ["FROBNICATE /v1/users/ reset", /"FROBNICATE" is not a method\. A fault begins with one of/],
  ["/v1/users/ GET reset", /"\/v1\/users\/" is not a method/],
  ["GET v1/users/ reset", /"v1\/users\/" is not a path: it begins with a slash, or is \*\* for every path/],
  ["GET * reset", /"\*" is not a path/],
  ["GET /v1/users/{id} reset", /holds braces\. Write \* for a segment that varies: \/v1\/users\/\*\./],
  ["GET /v1/users/ rest", /"rest" is not a kind of fault\. Did you mean reset\? Accepted are reset, hang/],
  ["GET /v1/users/ 399", /"399" is not a kind of fault/],
  ["GET /v1/users/ 600", /"600" is not a kind of fault/],
  ["GET /v1/users/ 200", /a status from 400 to 599/],
  ["GET /v1/users/ reset later", /"later" is not understood\. After METHOD PATH KIND may follow: before, after, xN/],
  ["GET /v1/users/ reset x0", /"x0" needs a whole number from 1 to 999999999, or \* for always\./],
  ["GET /v1/users/ reset x", /"x" needs a whole number from 1/],
  ["GET /v1/users/ reset x1.5", /"x1\.5" needs a whole number/],
  ["GET /v1/users/ reset x1234567890", /"x1234567890" needs a whole number/],
  ["GET /v1/users/ reset skip=-1", /"skip=-1" needs a whole number from 0 to 999999999\./],
  ["GET /v1/users/ 503 retry-after=soon", /"retry-after=soon" needs a whole number from 0/],
  ["GET /v1/users/ reset retry-after=5", /retry-after goes with a status, and reset sends none/],
  ["GET /v1/users/ reset x1 x2", /"x2" repeats or contradicts an earlier option/],
  ["GET /v1/users/ reset before after", /"after" repeats or contradicts an earlier option/],
])("%j is refused with what is accepted", (text, message) => {
  expect(() => parseFault(text)).toThrow(FaultTextError);
  expect(() => parseFault(text)).toThrow(message);
});

test("a fault from text happens where it says, after those it lets pass", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext(parseFault("GET /v1/users/* 503 skip=1 x2 retry-after=4"));

  const replies = [];
  for (let round = 0; round < 4; round += 1)
    replies.push(await admin.get("/v1/users/500"), await admin.get("/v1/users/"));

  expect(replies.map(({ status }) => status)).toEqual([200, 503, 503, 200, 200, 200, 200, 200]);
  expect(replies[1]?.headers["retry-after"]).toBe("4");
});

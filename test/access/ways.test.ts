import { expect, test } from "@jest/globals";
import { isPowerful } from "../../src/access/administrators.ts";
import { escalatingOf, riskOf, riskWords } from "../../src/access/risk.ts";
import { findWays, type HeldRole, type Holder, renderWays } from "../../src/access/ways.ts";
import { privilegeNames, privilegeRisks } from "../../src/vocabulary/privileges.ts";

const self: Holder = { kind: "self", authId: "1001", name: "svc" };
const operators: Holder = { kind: "group", authId: "2001", name: "operators" };
const twin: Holder = { kind: "identity", authId: "3001", name: "AD\\svc" };

function role(name: string, privileges: readonly string[], members: readonly string[]): HeldRole {
  return { name, privileges, findMember: ({ authId }) => (members.includes(authId ?? "") ? {} : undefined) };
}

test("every way through a role is told, with what leads there", () => {
  const holders = [self, twin, operators];
  const roles = [
    role("Administrators", [], ["3001"]),
    role("ops", ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_METRICS_READ"], ["1001", "2001"]),
  ];

  expect(renderWays(holders, findWays(holders, roles))).toEqual([
    "role Administrators through identity AD\\svc",
    "role ops: PRIVILEGE_ROLE_WRITE",
    "role ops through group operators: PRIVILEGE_ROLE_WRITE",
  ]);
});

test("the built-in administrator needs no role, and nobody else is one without", () => {
  const admin: Holder = { kind: "self", authId: "500", name: "admin" };
  const inGroup: Holder = { kind: "group", authId: "500", name: "admin" };

  expect(renderWays([admin], [])).toEqual(["being the built-in user admin (auth_id 500)"]);
  expect(renderWays([self, inGroup], [])).toEqual([]);
});

test("a role is powerful by its name or by one escalating privilege, and otherwise not", () => {
  expect(isPowerful({ name: "administrators", privileges: [] })).toBe(true);
  expect(isPowerful({ name: "ops", privileges: ["PRIVILEGE_METRICS_READ", "PRIVILEGE_ROLE_WRITE"] })).toBe(true);
  expect(isPowerful({ name: "Administrators2", privileges: ["PRIVILEGE_METRICS_READ"] })).toBe(false);
});

test("every privilege has a risk that has words, and a name that nobody knows says so", () => {
  for (const name of privilegeNames) expect(riskWords[riskOf(name)].title).not.toBe("");
  expect(riskOf("PRIVILEGE_OF_TOMORROW")).toBe("unknown");
  expect(escalatingOf(Object.keys(privilegeRisks)).every((name) => riskOf(name) === "escalation")).toBe(true);
});

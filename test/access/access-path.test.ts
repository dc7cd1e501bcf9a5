import { expect, test } from "@jest/globals";
import { isPowerful } from "../../src/access/administrators.ts";
import { escalatingOf, riskOf, riskWords } from "../../src/access/risk.ts";
import { type HeldRole, type Holder, powerOf } from "../../src/access/access-path.ts";
import { privilegeNames, privilegeRisks } from "../../src/vocabulary/privileges.ts";

const self: Holder = { kind: "self", authId: "1001", name: "svc" };
const operators: Holder = { kind: "group", authId: "2001", name: "operators" };
const twin: Holder = { kind: "identity", authId: "3001", name: "AD\\svc" };

function role(name: string, privileges: readonly string[], members: readonly string[]): HeldRole {
  return { name, privileges, findMember: ({ authId }) => (members.includes(authId ?? "") ? {} : undefined) };
}

test("every path through a role is told, with what leads there", () => {
  const holders = [self, twin, operators];
  const roles = [
    role("Administrators", [], ["3001"]),
    role("ops", ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_METRICS_READ"], ["1001", "2001"]),
  ];

  expect(powerOf({ holders, roles }).paths).toEqual([
    "role Administrators through identity AD\\svc",
    "role ops: PRIVILEGE_ROLE_WRITE",
    "role ops through group operators: PRIVILEGE_ROLE_WRITE",
  ]);
});

test("a role without power leads nowhere, held or possible", () => {
  const harmless = role("readers", ["PRIVILEGE_METRICS_READ"], ["1001"]);

  expect(powerOf({ holders: [self], roles: [harmless], possibleRoles: [harmless] })).toEqual({
    paths: [],
    possiblePaths: [],
  });
});

test("a planned membership says so, unless the cluster has it already", () => {
  const onCluster = role("ops", ["PRIVILEGE_ROLE_WRITE"], ["2001"]);
  const planned = { ...role("Ops", ["PRIVILEGE_ROLE_WRITE"], ["1001", "2001"]), isPlanned: true };

  expect(powerOf({ holders: [self, operators], roles: [planned, onCluster] }).paths).toEqual([
    "role Ops: PRIVILEGE_ROLE_WRITE, planned by this run",
    "role ops through group operators: PRIVILEGE_ROLE_WRITE",
  ]);
});

test("the built-in administrator needs no role, and nobody else is one without", () => {
  const admin: Holder = { kind: "self", authId: "500", name: "admin" };
  const inGroup: Holder = { kind: "group", authId: "500", name: "admin" };

  expect(powerOf({ holders: [admin], roles: [] }).paths).toEqual(["being the built-in user admin (auth_id 500)"]);
  expect(powerOf({ holders: [self, inGroup], roles: [] }).paths).toEqual([]);
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

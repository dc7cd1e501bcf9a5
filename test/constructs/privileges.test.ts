import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { Privilege, Privileges } from "../../constructs/index.ts";
import { privilegeNames, type PrivilegeRisk, privilegeRisks } from "../../src/vocabulary/privileges.ts";

/** What each set may do at worst. Golden: a set that gets riskier is a change to think about. */
const risks: Readonly<Record<keyof typeof Privileges, readonly PrivilegeRisk[]>> = {
  readOnlyMonitoring: [],
  snapshots: ["availability"],
  snapshotPolicies: ["availability"],
  fileBackup: ["availability", "data"],
  replicationSource: ["data"],
  replicationTarget: ["data"],
  quotaReading: [],
  quotas: ["availability"],
  nfsExports: ["data"],
  smbShares: ["data"],
  auditReading: [],
  accessReview: [],
  accessManagement: ["escalation"],
};
const sets = Object.entries(Privileges).map(([name, make]) => ({ name, privileges: make() }));
const source = readFileSync(path.resolve(__dirname, "../../constructs/privileges.ts"), "utf8");

function docstringOf(set: string): string {
  const before = source.slice(0, source.indexOf(`\n  ${set}: ()`));
  return before.slice(before.lastIndexOf("/**"));
}

test("every privilege is a constant with the name that the API knows", () => {
  expect(Object.values(Privilege)).toEqual(privilegeNames);
  expect(Object.keys(Privilege).map((name) => `PRIVILEGE_${name}`)).toEqual(privilegeNames);
});

test.each(sets)("the set $name has each privilege once, and all that it changes it can see", ({ privileges }) => {
  const reads = privileges.filter((name) => name.endsWith("_WRITE")).map((name) => name.replace(/_WRITE$/, "_READ"));

  expect(new Set(privileges).size).toBe(privileges.length);
  expect(privileges).toEqual(expect.arrayContaining(reads));
});

test("the risks of each set are what its task needs", () => {
  const met = sets.map(({ name, privileges }) => [
    name,
    [...new Set(privileges.map((privilege) => privilegeRisks[privilege]))].filter((risk) => risk !== "none").sort(),
  ]);

  expect(Object.fromEntries(met)).toEqual(risks);
});

test.each(sets)("the docstring of $name says why each privilege is there, and every risk", ({ name, privileges }) => {
  const text = docstringOf(name);
  const told = new Set([...text.matchAll(/`([A-Z_]+)`/g)].map(([, constant]) => `PRIVILEGE_${String(constant)}`));
  const warned = [...text.matchAll(/\*\*(\w+):\*\*/g)].map(([, risk]) => String(risk).toLowerCase()).sort();

  expect(told).toEqual(new Set(privileges));
  expect(warned).toEqual(Object.entries(risks).find(([set]) => set === name)?.[1]);
});

test("a set is the caller's own copy", () => {
  Privileges.quotas().push("PRIVILEGE_DEBUG");

  expect(Privileges.quotas()).toEqual(["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_WRITE"]);
});

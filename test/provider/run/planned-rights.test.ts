import { expect, test } from "@jest/globals";
import { PlannedRights } from "../../../src/provider/run/planned-rights.ts";

test("a role that somebody undecided gets counts until its privileges are known to be harmless", () => {
  const rights = new PlannedRights();
  rights.setPrivileges("readers", ["PRIVILEGE_QUOTA_READ"]);

  rights.addRoleMember("Readers", undefined);
  rights.addRoleMember("managers", undefined);
  rights.addRoleMember("unplanned", undefined);
  expect(rights.undecidedPower).toEqual(["managers", "unplanned"]);

  rights.setPrivileges("Managers", ["PRIVILEGE_ROLE_WRITE"]);
  rights.setPrivileges("unplanned", ["PRIVILEGE_QUOTA_READ"]);
  expect(rights.undecidedPower).toEqual(["managers"]);

  rights.setPrivileges("readers", ["PRIVILEGE_ROLE_WRITE"]);
  expect(rights.undecidedPower).toEqual(["managers", "Readers"]);
});

test("whoever is planned to be in a group or a role is found by another way to name the same account", () => {
  const rights = new PlannedRights();
  rights.addGroupMember("513", { authId: "1001" });
  rights.addGroupMember(undefined, { authId: "1001", name: "svc" });
  rights.addGroupMember("514", undefined);
  rights.addRoleMember("readers", { domain: "LOCAL", name: "Svc" });

  expect(rights.groupsOf({ authId: "1001" })).toEqual(["513", undefined]);
  expect(rights.groupsOf({ authId: "1002" })).toEqual([]);
  expect(rights.rolesOf([{ name: "svc" }], (one) => one)).toEqual([{ value: "readers", by: { name: "svc" } }]);
});

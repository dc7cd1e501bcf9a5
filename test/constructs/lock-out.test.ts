import { expect, test } from "@jest/globals";
import { LocalGroup, Role, ServiceAccount } from "../../constructs/index.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

const managed = [
  "qumulo_access_token",
  "qumulo_local_group",
  "qumulo_local_group_member",
  "qumulo_local_user",
  "qumulo_role",
  "qumulo_role_member",
];

test("whatever could lock out the account that runs a plan can be allowed to", () => {
  const stack = givenQumuloStack();
  const allowLockOut = true;
  const account = new ServiceAccount(stack, "account", { name: "svc-deploy", allowLockOut });
  const group = new LocalGroup(stack, "group", { name: "deployers", allowLockOut });
  const role = new Role(stack, "role", { name: "deployer", allowLockOut });

  group.addMember(account, { allowLockOut });
  role.grantTo(group, { allowLockOut });
  account.issueToken("token", { allowLockOut, neverExpires: true });

  const template = templateOf(stack);
  for (const type of managed) expect(template.onlyResource(type)).toMatchObject({ allow_lock_out: true });
});

test("nothing allows it unless it is told to, and then at the same address", () => {
  const stack = givenQumuloStack();
  const asked = givenQumuloStack();
  const before = new Role(stack, "role", { name: "deployer" }).grantTo(
    new ServiceAccount(stack, "account", { name: "svc-deploy" }),
  );
  const after = new Role(asked, "role", { name: "deployer" }).grantTo(
    new ServiceAccount(asked, "account", { name: "svc-deploy" }),
    { allowLockOut: true },
  );

  expect(templateOf(stack).onlyResource("qumulo_role_member")).not.toHaveProperty("allow_lock_out");
  expect(after.node.path).toBe(before.node.path);
});

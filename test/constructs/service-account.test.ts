import { expect, test } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { QumuloProvider, ServiceAccount, type ServiceAccountProps } from "../../constructs/index.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

const largestUid = 4_294_967_295;

test("a service account is one local user without a password", () => {
  const stack = givenQumuloStack();

  new ServiceAccount(stack, "backup", { name: "svc-backup" });

  expect(templateOf(stack).onlyResource("qumulo_local_user")).toEqual({ name: "svc-backup" });
});

test("a service account takes all that a local user has", () => {
  const stack = givenQumuloStack();

  new ServiceAccount(stack, "backup", {
    name: "svc-backup",
    primaryGroup: "513",
    uid: 5001,
    homeDirectory: "/home/backup",
  });

  expect(templateOf(stack).onlyResource("qumulo_local_user")).toEqual({
    name: "svc-backup",
    primary_group: "513",
    uid: "5001",
    home_directory: "/home/backup",
  });
});

test.each<[keyof ServiceAccountProps, Partial<ServiceAccountProps>]>([
  ["name", { name: "n".repeat(256) }],
  ["name", { name: "svc backup" }],
  ["name", { name: "Sicherung-ä" }],
  ["primaryGroup", { primaryGroup: "0" }],
  ["uid", { uid: 0 }],
  ["uid", { uid: largestUid }],
  ["homeDirectory", { homeDirectory: "/" }],
])("the %s of %j is accepted", (_, props) => {
  const stack = givenQumuloStack();

  new ServiceAccount(stack, "backup", { name: "svc-backup", ...props });

  expect(Object.keys(templateOf(stack).resources("qumulo_local_user"))).toHaveLength(1);
});

test.each<[keyof ServiceAccountProps, Partial<ServiceAccountProps>]>([
  ["name", { name: "" }],
  ["name", { name: "n".repeat(257) }],
  ["name", { name: "svc:backup" }],
  ["name", { name: "AD\\svc" }],
  ["name", { name: "svc-backup " }],
  ["name", { name: "svc\tbackup" }],
  ["primaryGroup", { primaryGroup: "Users" }],
  ["primaryGroup", { primaryGroup: "" }],
  ["primaryGroup", { primaryGroup: "0513" }],
  ["uid", { uid: -1 }],
  ["uid", { uid: largestUid + 1 }],
  ["uid", { uid: 1.5 }],
  ["uid", { uid: Number.NaN }],
  ["homeDirectory", { homeDirectory: "home/backup" }],
  ["homeDirectory", { homeDirectory: "" }],
])("the %s of %j is refused at its construct and prop", (prop, props) => {
  const stack = givenQumuloStack();

  const refusal = refusalOf(() => new ServiceAccount(stack, "backup", { name: "svc-backup", ...props }));

  expect(refusal).toMatchObject({ name: "ConstructError", constructPath: "stack/backup", prop });
  expect(refusal.message).toMatch(new RegExp(`^stack/backup: ${prop}: `));
});

test("every prop takes a value that the engine resolves later", () => {
  const stack = givenQumuloStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const count = new TerraformVariable(stack, "count", { type: "number" });

  new ServiceAccount(stack, "backup", {
    name: text.stringValue,
    primaryGroup: text.stringValue,
    uid: count.numberValue,
    homeDirectory: `home ${text.stringValue}`,
  });

  expect(templateOf(stack).onlyResource("qumulo_local_user")).toEqual({
    name: "${var.text}",
    primary_group: "${var.text}",
    uid: "${var.count}",
    home_directory: "home ${var.text}",
  });
});

test("two accounts of one name in a stack are refused without regard to case", () => {
  const stack = givenQumuloStack();
  new ServiceAccount(stack, "first", { name: "svc-backup" });

  const refusal = refusalOf(() => new ServiceAccount(stack, "second", { name: "SVC-Backup" }));

  expect(refusal).toMatchObject({ constructPath: "stack/second", prop: "name" });
  expect(refusal.message).toContain("stack/first");
});

test("accounts of one name stand in different stacks", () => {
  const stacks = [givenQumuloStack("east"), givenQumuloStack("west")];

  const accounts = stacks.map((stack) => new ServiceAccount(stack, "backup", { name: "svc-backup" }));

  expect(accounts).toHaveLength(2);
});

test("an account and its token go through the account's provider", () => {
  const stack = givenQumuloStack();
  const east = new QumuloProvider(stack, "east", { alias: "east" });

  new ServiceAccount(stack, "backup", { name: "svc-backup", provider: east }).issueToken("token");

  const template = templateOf(stack);
  expect(template.onlyResource("qumulo_local_user")["provider"]).toBe("qumulo.east");
  expect(template.onlyResource("qumulo_access_token")["provider"]).toBe("qumulo.east");
});

test("an account that exists already is named, not made", () => {
  const stack = givenQumuloStack();
  const account = ServiceAccount.fromName(stack, "old", "svc-old");

  account.issueToken("token");

  const template = templateOf(stack);
  expect(account).toMatchObject({ name: "svc-old", identity: { domain: "LOCAL", name: "svc-old" } });
  expect(template.resources("qumulo_local_user")).toEqual({});
  expect(template.onlyResource("qumulo_access_token")["user"]).toBe("local:svc-old");
});

test("an account that exists already has a name that a user can have", () => {
  const refusal = refusalOf(() => ServiceAccount.fromName(givenQumuloStack(), "old", "svc/old"));

  expect(refusal).toMatchObject({ constructPath: "stack/old", prop: "name" });
});

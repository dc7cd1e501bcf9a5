import { expect, test } from "@jest/globals";
import { App, TerraformVariable, Testing, Token } from "cdktf";
import {
  Duration,
  forEachCluster,
  LocalGroup,
  Privileges,
  QumuloProvider,
  Role,
  ServiceIdentity,
} from "../../constructs/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

const types = ["qumulo_local_user", "qumulo_role", "qumulo_role_member", "qumulo_access_token"];

test("a service identity is an account, a role, a membership, a rotating token and a sensitive output", () => {
  const stack = givenQumuloStack();

  new ServiceIdentity(stack, "backup", { name: "svc backup", privileges: Privileges.quotas() });

  const template = templateOf(stack);
  expect(template.onlyResource("qumulo_local_user")).toEqual({ name: "svc backup" });
  expect(template.onlyResource("qumulo_role")).toEqual({
    name: "svc-backup",
    description: "Privileges of the service account svc backup",
    privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_WRITE"],
  });
  expect(template.onlyResource("qumulo_access_token")).toMatchObject({
    expires_in: "90d",
    rotate_before_expiry: "14d",
    depends_on: [expect.stringMatching(/^qumulo_role_member\./)],
  });
  expect(template.outputs["backup_bearer_token"]).toMatchObject({ sensitive: true });
  expect(warningsOf(stack)).toEqual([]);
});

test("every prop of a service identity reaches its part", () => {
  const stack = givenQumuloStack();
  const east = new QumuloProvider(stack, "east", { alias: "east" });

  const identity = new ServiceIdentity(stack, "1st backup", {
    name: "svc-backup",
    privileges: [],
    roleName: "backup-operator",
    description: "Backs up",
    roles: [Role.builtIn(stack, "observers", "Observers")],
    groups: [LocalGroup.builtIn(stack, "guests", "Guests")],
    account: { uid: 5001 },
    token: { expirationTime: "2999-01-31T12:00:00Z" },
    output: "token_of_backup",
    provider: east,
  });

  const template = templateOf(stack);
  expect(template.onlyResource("qumulo_local_user")["uid"]).toBe("5001");
  expect(template.onlyResource("qumulo_role")).toMatchObject({ name: "backup-operator", description: "Backs up" });
  expect(Object.keys(template.resources("qumulo_role_member"))).toHaveLength(2);
  expect(template.onlyResource("qumulo_local_group_member")["group_id"]).toBe("514");
  expect(template.onlyResource("qumulo_access_token")).not.toHaveProperty("expires_in");
  expect(types.flatMap((type) => Object.values(template.resources(type)).map((block) => block["provider"]))).toEqual(
    Array.from({ length: 5 }, () => "qumulo.east"),
  );
  expect(identity.output?.node.id).toBe("token_of_backup");
});

test("the output has the name of the construct as far as an output can have it, or is left out", () => {
  const stack = givenQumuloStack();

  new ServiceIdentity(stack, "1st backup", { name: "first", privileges: [] });
  new ServiceIdentity(stack, "second", { name: "second", privileges: [], output: false });

  expect(Object.keys(templateOf(stack).outputs)).toEqual(["_1st_backup_bearer_token"]);
});

test("a token that says nothing about its end keeps the default life", () => {
  const stack = givenQumuloStack();

  new ServiceIdentity(stack, "backup", {
    name: "svc-backup",
    privileges: [],
    token: { rotateBeforeExpiry: Duration.days(30), allowAdministrator: true },
  });

  expect(templateOf(stack).onlyResource("qumulo_access_token")).toMatchObject({
    expires_in: "90d",
    rotate_before_expiry: "30d",
    allow_administrator: true,
  });
});

test("an encrypted token comes out encrypted, by an output that need not be sensitive", () => {
  const stack = givenQumuloStack();

  const identity = new ServiceIdentity(stack, "backup", {
    name: "svc-backup",
    privileges: [],
    token: { encryptTo: "age1example" },
  });

  const template = templateOf(stack);
  expect(template.onlyResource("qumulo_access_token")).toMatchObject({ encrypt_to: "age1example", expires_in: "90d" });
  expect(template.outputs).toEqual({
    backup_encrypted_bearer_token: {
      value: expect.stringMatching(/\.encrypted_bearer_token\}$/),
      description: expect.stringContaining("encrypted"),
    },
  });
  expect(Token.isUnresolved(identity.encryptedBearerToken)).toBe(true);
  expect(() => identity.bearerToken).toThrow("stack/backup/Account/Token: bearerToken: ");
});

test("every prop takes a value that the engine resolves later", () => {
  const stack = givenQumuloStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const list = new TerraformVariable(stack, "list", { type: "list(string)" });

  new ServiceIdentity(stack, "backup", {
    name: text.stringValue,
    privileges: list.listValue,
    token: { expiresIn: Duration.parse(text.stringValue) },
  });

  expect(templateOf(stack).onlyResource("qumulo_local_user")["name"]).toBe("${var.text}");
  expect(templateOf(stack).onlyResource("qumulo_role")).toEqual({
    name: "${var.text}",
    description: "Privileges of the service account ${var.text}",
    privileges: "${flatten([[], var.list])}",
  });
});

test("what a part refuses names the part", () => {
  const stack = givenQumuloStack();

  const refusal = refusalOf(() => new ServiceIdentity(stack, "backup", { name: "", privileges: [] }));

  expect(refusal).toMatchObject({ constructPath: "stack/backup/Account", prop: "name" });
});

test("addresses come from construct ids, not from names, variables or what else is there", () => {
  const first = givenQumuloStack("first");
  const backup = new ServiceIdentity(first, "backup", { name: "svc-backup", privileges: [] });
  new LocalGroup(first, "team", { name: "team" }).addMember(backup.account);
  const second = givenQumuloStack("second");
  new ServiceIdentity(second, "other", { name: "svc-other", privileges: [], output: false });
  const renamed = new ServiceIdentity(second, "backup", { name: "svc-renamed", privileges: Privileges.quotas() });
  new LocalGroup(second, "team", { name: "renamed", members: [renamed.account] });

  const [before = [], after = []] = [first, second].map((stack) =>
    [...types, "qumulo_local_group_member"].flatMap((type) =>
      Object.keys(templateOf(stack).resources(type)).filter((address) => !address.startsWith("other")),
    ),
  );

  expect(after).toEqual(before);
  // Golden: a change here replaces what practitioners have deployed.
  expect(before).toEqual([
    "backup_Account_950B8B66",
    "backup_Role_158019E1",
    "backup_Role_Account-5ac35a05_0D0CE358",
    "backup_Account_Token_C2D38096",
    "team_Account-5ac35a05_99FDE485",
  ]);
});

test("a fleet is one stack with its own provider for each cluster, in the order of the clusters", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const seen: string[] = [];

  const stacks = forEachCluster(
    app,
    { east: { host: "east.example.com" }, west: { port: 8001 } },
    (stack, { name }) => {
      seen.push(name);
      new ServiceIdentity(stack, "backup", { name: `svc-${name}`, privileges: [] });
    },
  );

  expect(seen).toEqual(["east", "west"]);
  expect([...stacks].map(([name, stack]) => [name, stack.node.path, templateOf(stack).providers["qumulo"]])).toEqual([
    ["east", "east", [{ host: "east.example.com" }]],
    ["west", "west", [{ port: 8001 }]],
  ]);
  expect([...stacks.values()].map((stack) => templateOf(stack).onlyResource("qumulo_local_user")["name"])).toEqual([
    "svc-east",
    "svc-west",
  ]);
  expect([...stacks.values()].flatMap(({ dependencies }) => dependencies)).toEqual([]);
});

import { expect, test } from "@jest/globals";
import { App, Fn, Lazy, TerraformStack, TerraformVariable } from "cdktf";
import { bindings, QumuloProvider, Role, ServiceAccount, type Privilege } from "../../constructs/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

test("a role is one role resource with its privileges sorted", () => {
  const stack = givenQumuloStack();

  new Role(stack, "reader", {
    name: "backup-reader",
    description: "Reads",
    privileges: ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_QUOTA_READ"],
  });

  expect(templateOf(stack).onlyResource("qumulo_role")).toEqual({
    name: "backup-reader",
    description: "Reads",
    privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
  });
});

test("a role without privileges has an empty set of them", () => {
  const stack = givenQumuloStack();

  new Role(stack, "reader", { name: "nobody" });

  expect(templateOf(stack).onlyResource("qumulo_role")).toEqual({ name: "nobody", privileges: [] });
});

test("privileges that are added later count once and in any order", () => {
  const stack = givenQumuloStack();
  const role = new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_SNAPSHOT_READ"] });

  role.addPrivileges("PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ");

  expect(role.privileges).toEqual(["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"]);
  expect(templateOf(stack).onlyResource("qumulo_role")["privileges"]).toEqual(role.privileges);
});

test("the privileges that a role tells are a copy", () => {
  const role = new Role(givenQumuloStack(), "reader", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] });
  const told: unknown = role.privileges;

  if (Array.isArray(told)) told.push("PRIVILEGE_DEBUG");

  expect(role.privileges).toEqual(["PRIVILEGE_QUOTA_READ"]);
});

test("the caller's own list of privileges stays its own", () => {
  const asked: Privilege[] = ["PRIVILEGE_QUOTA_READ"];
  const role = new Role(givenQumuloStack(), "reader", { name: "reader", privileges: asked });

  asked.push("PRIVILEGE_DEBUG");

  expect(role.privileges).toEqual(["PRIVILEGE_QUOTA_READ"]);
});

test.each([
  ["privilege_quota_read", "PRIVILEGE_QUOTA_READ"],
  ["QUOTA_READ", "PRIVILEGE_QUOTA_READ"],
])("the misspelled privilege %s is refused with the name that was meant", (asked, meant) => {
  const stack = givenQumuloStack();

  const refusal = refusalOf(() => new Role(stack, "reader", { name: "reader", privileges: [asked] }));

  expect(refusal).toMatchObject({ constructPath: "stack/reader", prop: "privileges" });
  expect(refusal.message).toContain(`"${asked}"`);
  expect(refusal.message).toContain(`Did you mean "${meant}"?`);
});

test.each([
  ["PRIVILEGE_ACCESS_TOKEN_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"],
  ["PRIVILEGE_QUOTA_RAED", "PRIVILEGE_QUOTA_READ"],
])("the privilege %s, which a newer cluster may have, is warned of with the name that may be meant", (asked, meant) => {
  const stack = givenQumuloStack();

  const role = new Role(stack, "reader", { name: "reader", privileges: [asked] });

  expect(role.privileges).toEqual([asked]);
  expect(warningsOf(stack)).toEqual([expect.stringContaining(`Did you mean "${meant}"?`)]);
});

test("a text that is near no privilege is refused with an example", () => {
  const role = new Role(givenQumuloStack(), "reader", { name: "reader" });

  const refusal = refusalOf(() => {
    role.addPrivileges("everything!");
  });

  expect(refusal.message).toContain("PRIVILEGE_QUOTA_READ");
});

test("a privilege that only a newer cluster can know passes with a warning", () => {
  const stack = givenQumuloStack();

  new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_TELEPORTATION_SETTINGS_READ"] });

  expect(warningsOf(stack)).toEqual([expect.stringContaining("PRIVILEGE_TELEPORTATION_SETTINGS_READ")]);
  expect(templateOf(stack).onlyResource("qumulo_role")["privileges"]).toEqual([
    "PRIVILEGE_TELEPORTATION_SETTINGS_READ",
  ]);
});

test.each(["", "backup reader", "backup\treader", " reader"])("the role name %p is refused", (name) => {
  const stack = givenQumuloStack();

  const refusal = refusalOf(() => new Role(stack, "reader", { name }));

  expect(refusal).toMatchObject({ constructPath: "stack/reader", prop: "name" });
});

test("a role name with punctuation is accepted", () => {
  const stack = givenQumuloStack();

  new Role(stack, "reader", { name: "backup/reader:1" });

  expect(templateOf(stack).onlyResource("qumulo_role")["name"]).toBe("backup/reader:1");
});

test.each(["Administrators", "observers"])("the built-in role %s cannot be made, only granted", (name) => {
  const stack = givenQumuloStack();

  const refusal = refusalOf(() => new Role(stack, "reader", { name }));

  expect(refusal.message).toContain("Role.builtIn");
});

test("two roles of one name in a stack are refused without regard to case, and both are named", () => {
  const stack = givenQumuloStack();
  new Role(stack, "first", { name: "reader" });

  const refusal = refusalOf(() => new Role(stack, "second", { name: "READER" }));

  expect(refusal.message).toContain("stack/first");
  expect(refusal.constructPath).toBe("stack/second");
});

test("two clusters may each have a role of one name", () => {
  const stack = givenQumuloStack();
  const east = new QumuloProvider(stack, "east", { alias: "east", host: "east.example.com" });

  new Role(stack, "here", { name: "reader" });
  new Role(stack, "there", { name: "reader", provider: east });

  const roles = Object.values(templateOf(stack).resources("qumulo_role"));
  expect(roles.map((role) => role["provider"])).toEqual([undefined, "qumulo.east"]);
});

test("names and privileges that the engine resolves later are taken as they are, beside known ones", () => {
  const stack = givenQumuloStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const extra = new TerraformVariable(stack, "extra", { type: "set(string)" });
  const role = new Role(stack, "reader", {
    name: text.stringValue,
    description: text.stringValue,
    privileges: ["PRIVILEGE_QUOTA_READ", ...extra.listValue],
  });

  role.addPrivileges(text.stringValue);

  expect(templateOf(stack).onlyResource("qumulo_role")).toEqual({
    name: "${var.text}",
    description: "${var.text}",
    privileges: '${flatten([[var.text, "PRIVILEGE_QUOTA_READ"], var.extra])}',
  });
});

test("a wholly unresolved list of privileges stays a reference", () => {
  const stack = givenQumuloStack();
  const extra = new TerraformVariable(stack, "extra", { type: "set(string)" });

  new Role(stack, "reader", { name: "reader", privileges: extra.listValue });

  const { privileges } = templateOf(stack).onlyResource("qumulo_role");
  expect(privileges).toBe("${flatten([[], var.extra])}");
});

test("granting a role makes one membership that refers to both sides", () => {
  const stack = givenQumuloStack();
  const role = new Role(stack, "reader", { name: "reader" });
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });

  const grant = role.grantTo(account);

  expect(grant).toMatchObject({ role, grantee: account });
  expect(templateOf(stack).onlyResource("qumulo_role_member")).toEqual({
    role_name: expect.stringMatching(/^\$\{qumulo_role\.reader_\w+\.name\}$/),
    auth_id: expect.stringMatching(/^\$\{qumulo_local_user\.backup_\w+\.id\}$/),
  });
});

test("granting twice is granting once", () => {
  const stack = givenQumuloStack();
  const role = new Role(stack, "reader", { name: "reader" });
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });

  const grants = [role.grantTo(account), role.grantTo(account)];

  expect(grants[0]).toBe(grants[1]);
});

test("memberships keep their address whatever else is granted before, and in a stack of any name", () => {
  const addresses = (["one", "two"] as const).map((name) => {
    const stack = givenQumuloStack(name);
    const role = new Role(stack, "reader", { name: "reader" });
    if (name === "two") role.grantTo(new ServiceAccount(stack, "other", { name: "svc-other" }));
    role.grantTo(new ServiceAccount(stack, "backup", { name: "svc-backup" }));
    const members = templateOf(stack).resources("qumulo_role_member");
    return Object.keys(members).find((address) => address.includes("backup"));
  });

  expect(addresses[0]).toBeDefined();
  expect(addresses[1]).toBe(addresses[0]);
});

test("a built-in role and an account that exists already are granted by name", () => {
  const stack = givenQumuloStack();
  const observers = Role.builtIn(stack, "observers", "Observers");
  const account = ServiceAccount.fromName(stack, "old", "svc-old");

  observers.grantTo(account);

  expect(templateOf(stack).resources("qumulo_role")).toEqual({});
  expect(templateOf(stack).onlyResource("qumulo_role_member")).toEqual({
    role_name: "Observers",
    name: "svc-old",
    domain: "LOCAL",
  });
});

test("a built-in role that does not exist is refused with the name that was meant", () => {
  const stack = givenQumuloStack();

  // @ts-expect-error the compiler refuses it as well
  const refusal = refusalOf(() => Role.builtIn(stack, "observers", "Observer"));

  expect(refusal.message).toContain('Did you mean "Observers"?');
});

test("a role from its name must have a name that a role can have", () => {
  const stack = givenQumuloStack();

  expect(Role.fromName(stack, "there", "storage-ops").name).toBe("storage-ops");
  expect(refusalOf(() => Role.fromName(stack, "wrong", "storage ops")).prop).toBe("name");
});

test("a membership goes through the role's provider", () => {
  const stack = givenQumuloStack();
  const east = new QumuloProvider(stack, "east", { alias: "east" });
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup", provider: east });

  Role.builtIn(stack, "observers", "Observers").grantTo(account);

  expect(templateOf(stack).onlyResource("qumulo_role_member")["provider"]).toBe("qumulo.east");
});

test("a role of one cluster cannot be granted to an account of another", () => {
  const stack = givenQumuloStack();
  const [east, west] = ["east", "west"].map((alias) => new QumuloProvider(stack, alias, { alias }));
  const role = new Role(stack, "reader", { name: "reader", provider: east });
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup", provider: west });

  const refusal = refusalOf(() => role.grantTo(account));

  expect(refusal.message).toContain("different providers");
});

test("an account of another stack can have a role", () => {
  const app = new App();
  const [first, second] = ["first", "second"].map((name) => new TerraformStack(app, name));
  if (first === undefined || second === undefined) throw new Error("two stacks");
  const account = new ServiceAccount(first, "backup", { name: "svc-backup" });

  const grant = new Role(second, "reader", { name: "reader" }).grantTo(account);

  expect(TerraformStack.of(grant)).toBe(second);
});

test("the low-level bindings are there for what has no construct", () => {
  const stack = givenQumuloStack();

  new bindings.dataQumuloWhoAmI.DataQumuloWhoAmI(stack, "me");

  expect(templateOf(stack).text).toContain("qumulo_who_am_i");
});

test("privileges that the program lists later are there as names, beside those that it lists at once", () => {
  const stack = givenQumuloStack();
  const later: Privilege[] = [];
  const privileges = Lazy.listValue({ produce: () => later }) as readonly Privilege[];
  const role = new Role(stack, "reader", { name: "reader", privileges });
  role.addPrivileges("PRIVILEGE_SNAPSHOT_READ");

  later.push("PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ");

  expect(templateOf(stack).onlyResource("qumulo_role")["privileges"]).toEqual([
    "PRIVILEGE_QUOTA_READ",
    "PRIVILEGE_SNAPSHOT_READ",
  ]);
});

test("a misspelled privilege in a list that the program makes later is refused when it is there", () => {
  const stack = givenQumuloStack();
  const privileges = Lazy.listValue({ produce: () => ["privilege_quota_read"] }) as readonly Privilege[];
  new Role(stack, "reader", { name: "reader", privileges });

  expect(() => templateOf(stack)).toThrow("PRIVILEGE_QUOTA_READ");
});

test("privileges that a function of the engine puts together are an expression", () => {
  const stack = givenQumuloStack();
  const more = new TerraformVariable(stack, "more", { type: "list(string)" });
  const privileges = Fn.concat([["PRIVILEGE_QUOTA_READ"], more.listValue]) as readonly Privilege[];
  const role = new Role(stack, "reader", { name: "reader", privileges });
  role.addPrivileges("PRIVILEGE_SNAPSHOT_READ");

  expect(role.privileges).toEqual(["PRIVILEGE_SNAPSHOT_READ"]);
  expect(templateOf(stack).onlyResource("qumulo_role")["privileges"]).toBe(
    '${flatten([["PRIVILEGE_SNAPSHOT_READ"], concat(["PRIVILEGE_QUOTA_READ"], var.more)])}',
  );
});

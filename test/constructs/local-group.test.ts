import { expect, test } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { LocalGroup, type LocalGroupProps, QumuloProvider, Role, ServiceAccount } from "../../constructs/index.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

test("a group, its members and its roles refer to each other", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const team = new LocalGroup(stack, "team", { name: "backup-team", gid: 0, members: [account] });

  new Role(stack, "reader", { name: "reader" }).grantTo(team);

  const template = templateOf(stack);
  expect(template.onlyResource("qumulo_local_group")).toEqual({ name: "backup-team", gid: "0" });
  expect(template.onlyResource("qumulo_local_group_member")).toEqual({
    group_id: expect.stringMatching(/^\$\{qumulo_local_group\.team_\w+\.id\}$/),
    member_id: expect.stringMatching(/^\$\{qumulo_local_user\.backup_\w+\.id\}$/),
  });
  expect(template.onlyResource("qumulo_role_member")["auth_id"]).toMatch(/^\$\{qumulo_local_group\.team_\w+\.id\}$/);
});

test("a token waits for the groups of its account and for their roles", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  account.issueToken("token", { neverExpires: true });

  const team = new LocalGroup(stack, "team", { name: "team", members: [account] });
  Role.builtIn(stack, "observers", "Observers").grantTo(team);

  expect(templateOf(stack).onlyResource("qumulo_access_token")["depends_on"]).toEqual([
    expect.stringMatching(/^qumulo_local_group_member\./),
    expect.stringMatching(/^qumulo_role_member\./),
  ]);
});

test("adding a member twice is adding it once", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const team = new LocalGroup(stack, "team", { name: "team", members: [account] });

  team.addMember(account);

  expect(Object.keys(templateOf(stack).resources("qumulo_local_group_member"))).toHaveLength(1);
});

test("what exists already is looked up by the engine only where its id is needed", () => {
  const stack = givenQumuloStack();
  const team = LocalGroup.fromName(stack, "team", "old-team");
  Role.builtIn(stack, "observers", "Observers").grantTo(team);
  const before = templateOf(stack).text;

  team.addMember(ServiceAccount.fromName(stack, "old", "svc-old"));

  expect(before).not.toContain('"data"');
  expect(templateOf(stack).onlyResource("qumulo_local_group_member")).toEqual({
    group_id: expect.stringMatching(/^\$\{data\.qumulo_local_group\.team_Lookup_\w+\.id\}$/),
    member_id: expect.stringMatching(/^\$\{data\.qumulo_local_user\.\w+-\w+_Lookup_\w+\.id\}$/),
  });
});

test("groups and accounts are found by id, and their names by asking for them", () => {
  const stack = givenQumuloStack();
  const users = LocalGroup.builtIn(stack, "users", "Users");
  const team = LocalGroup.fromId(stack, "team", "1005");
  const account = ServiceAccount.fromId(stack, "old", "1004");

  team.addMember(account);

  expect(users).toMatchObject({ name: "Users", groupId: "513", identity: { authId: "513" } });
  expect(account.identity).toEqual({ authId: "1004" });
  expect(templateOf(stack).onlyResource("qumulo_local_group_member")).toEqual({ group_id: "1005", member_id: "1004" });
  expect([account.name, team.name, account.name]).toHaveLength(3);
  expect(templateOf(stack).text).toContain('"qumulo_local_user": {');
});

test.each<[keyof LocalGroupProps, Partial<LocalGroupProps>]>([
  ["name", { name: "" }],
  ["name", { name: "n".repeat(257) }],
  ["gid", { gid: -1 }],
  ["gid", { gid: 4_294_967_296 }],
])("the %s of %j is refused", (prop, props) => {
  const refusal = refusalOf(() => new LocalGroup(givenQumuloStack(), "team", { name: "team", ...props }));

  expect(refusal).toMatchObject({ constructPath: "stack/team", prop });
});

test("every prop of a group takes its limits, and values that the engine resolves later", () => {
  const stack = givenQumuloStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const count = new TerraformVariable(stack, "count", { type: "number" });

  new LocalGroup(stack, "first", { name: "n".repeat(256), gid: 4_294_967_295 });
  new LocalGroup(stack, "second", { name: text.stringValue, gid: count.numberValue });

  expect(Object.values(templateOf(stack).resources("qumulo_local_group"))[1]).toEqual({
    name: "${var.text}",
    gid: "${var.count}",
  });
});

test("a group and an account cannot share a name, and ids are digits", () => {
  const stack = givenQumuloStack();
  new ServiceAccount(stack, "backup", { name: "backup" });

  expect(refusalOf(() => new LocalGroup(stack, "team", { name: "Backup" })).message).toContain("stack/backup");
  expect(refusalOf(() => LocalGroup.fromId(stack, "first", "team")).prop).toBe("id");
  expect(refusalOf(() => ServiceAccount.fromId(stack, "second", "svc")).prop).toBe("id");
  // @ts-expect-error the compiler refuses it as well
  expect(refusalOf(() => LocalGroup.builtIn(stack, "third", "Everyone")).message).toContain("Guests");
});

test("a member of another cluster is refused", () => {
  const stack = givenQumuloStack();
  const [east, west] = ["east", "west"].map((alias) => new QumuloProvider(stack, alias, { alias }));
  const team = new LocalGroup(stack, "team", { name: "team", provider: east });
  const account = new ServiceAccount(stack, "backup", { name: "svc", provider: west });

  expect(refusalOf(() => team.addMember(account)).message).toContain("different providers");
});

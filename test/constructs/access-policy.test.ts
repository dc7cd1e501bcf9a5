import { expect, test } from "@jest/globals";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  AccessPolicy,
  type AccessPolicyProps,
  type AccessRule,
  bindings,
  Duration,
  type IssueTokenProps,
  LocalGroup,
  QumuloProvider,
  Role,
  ServiceAccount,
} from "../../constructs/index.ts";
import { maxTokenLife } from "../../constructs/access-rules.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { errorsOf } from "../support/provider/annotations.ts";
import { givenQumuloStack } from "../support/pages/template.ts";

function errorsOfToken(policy: AccessPolicyProps, token: IssueTokenProps): readonly string[] {
  const stack = givenQumuloStack();
  AccessPolicy.applyTo(stack, policy);
  new ServiceAccount(stack, "backup", { name: "svc-backup" }).issueToken("token", token);
  return errorsOf(stack);
}

const days = (count: number): Duration => Duration.days(count);

test.each<[AccessPolicyProps, IssueTokenProps]>([
  [{ maxTokenLife: days(90) }, { expiresIn: days(90) }],
  [{ requireRotation: true }, { expiresIn: days(90), rotateBeforeExpiry: days(14) }],
  [{ requireRotation: false }, { neverExpires: true }],
  [{ minOverlap: days(1) }, { expiresIn: days(90) }],
  [{ minOverlap: days(2) }, { expiresIn: days(90), overlap: days(2) }],
])("%j allows the token %j", (policy, token) => {
  expect(errorsOfToken(policy, token)).toEqual([]);
});

test.each<[AccessPolicyProps, IssueTokenProps, string]>([
  [{ maxTokenLife: days(90) }, { expiresIn: Duration.parse("90d1s") }, "expiresIn is not allowed: got 90d1s"],
  [{ maxTokenLife: days(90) }, { neverExpires: true }, "got it never expires; allowed: 90d at most"],
  [{ maxTokenLife: days(90) }, { expirationTime: "2999-01-31T12:00:00Z" }, "got 2999-01-31T12:00:00Z"],
  [{ requireRotation: true }, { expiresIn: days(90) }, "Give rotateBeforeExpiry."],
  [{ requireRotation: true }, { neverExpires: true }, "Give expiresIn and rotateBeforeExpiry."],
  [{ minOverlap: Duration.parse("1d1s") }, { expiresIn: days(90) }, "got 24h, since none is given; allowed: 1d1s"],
  [{ minOverlap: days(2) }, { expiresIn: days(90), overlap: days(1) }, "got 1d; allowed: 2d at least"],
])("%j refuses the token %j", (policy, token, message) => {
  const errors = errorsOfToken(policy, token);

  expect(errors).toEqual([expect.stringContaining(message)]);
  expect(errors[0]).toMatch(/^stack\/backup\/token: Access policy: /);
});

test("the life of a token with a fixed end counts from now on", () => {
  const rule = maxTokenLife(days(1), new SettableClock("2030-01-01T00:00:00Z"));
  const absent = { kind: "absent" } as const;
  const findings = ["2030-01-02T00:00:00Z", "2030-01-02T00:00:01Z"].map((value) =>
    rule({
      kind: "access token",
      construct: givenQumuloStack(),
      user: absent,
      expiresIn: absent,
      expirationTime: { kind: "known", value },
      rotateBeforeExpiry: absent,
      overlap: absent,
    }),
  );

  expect(findings.map(({ length }) => length)).toEqual([0, 1]);
});

test("privileges, names and administrators are refused at their constructs, all of them at once", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "backup" });
  const privileges = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_DEBUG"];
  new Role(stack, "debugger", { name: "debugger", privileges }).grantTo(account);
  Role.builtIn(stack, "administrators", "Administrators").grantTo(account);
  LocalGroup.builtIn(stack, "group", "Administrators").addMember(account);

  AccessPolicy.applyTo(stack, {
    allowedPrivileges: ["PRIVILEGE_QUOTA_READ"],
    forbiddenPrivileges: ["PRIVILEGE_DEBUG"],
    forbidAdministrators: true,
    accountNames: /^svc-/g,
  });

  expect(errorsOf(stack)).toEqual([
    expect.stringMatching(/^stack\/backup: .*got backup; allowed: \/\^svc-\/g/),
    expect.stringMatching(/^stack\/debugger: .*got PRIVILEGE_DEBUG; allowed: PRIVILEGE_QUOTA_READ\. Remove/),
    expect.stringMatching(/^stack\/debugger: .*got PRIVILEGE_DEBUG; allowed: none of PRIVILEGE_DEBUG/),
    expect.stringMatching(/^stack\/administrators\/backup-\w+: .*got Administrators/),
    expect.stringMatching(/^stack\/group\/backup-\w+: .*got 512 \(Administrators\)/),
  ]);
});

test("generated bindings are judged like constructs", () => {
  const stack = givenQumuloStack();
  AccessPolicy.applyTo(stack, { maxTokenLife: days(90), forbidAdministrators: true, accountNames: /^svc-/ });

  new bindings.localUser.LocalUser(stack, "user", { name: "backup" });
  new bindings.accessToken.AccessToken(stack, "token", { user: "local:backup", expiresIn: "91d" });
  new bindings.roleMembers.RoleMembers(stack, "members", { roleName: "administrators", members: [] });

  expect(errorsOf(stack).map((error) => error.split(":")[0])).toEqual(["stack/user", "stack/token", "stack/members"]);
});

test("what only the engine knows is not judged, and what is known beside it is", () => {
  const stack = givenQumuloStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const list = new TerraformVariable(stack, "list", { type: "list(string)" });
  const later = Duration.parse(text.stringValue);
  AccessPolicy.applyTo(stack, {
    maxTokenLife: days(90),
    requireRotation: true,
    minOverlap: days(1),
    allowedPrivileges: [],
    forbidAdministrators: true,
    accountNames: /^svc-/,
  });

  const account = new ServiceAccount(stack, "backup", { name: text.stringValue });
  account.issueToken("token", { expiresIn: later, rotateBeforeExpiry: later, overlap: later });
  Role.fromName(stack, "unknown", text.stringValue).grantTo(account);
  new Role(stack, "listed", { name: text.stringValue, privileges: list.listValue });
  new Role(stack, "both", { name: "both", privileges: ["PRIVILEGE_DEBUG", ...list.listValue] });

  expect(errorsOf(stack)).toEqual([
    expect.stringMatching(/^stack\/both: .*got PRIVILEGE_DEBUG; allowed: none\. Remove/),
  ]);
});

const taggedRoles: AccessRule = (subject) =>
  subject.kind === "role" && subject.name.kind === "known" && !subject.name.value.startsWith("team-")
    ? [{ what: "name", got: subject.name.value, allowed: "team-…", advice: "Begin with the team.", level: "warning" }]
    : [];

test("rules of one's own find what they look for, at a level of their own", () => {
  const stack = givenQumuloStack();
  const role = new Role(stack, "reader", { name: "reader" });
  AccessPolicy.applyTo(stack, { rules: [taggedRoles] });

  const errors = errorsOf(stack);

  expect(errors).toEqual([]);
  expect(role.node.metadata).toEqual([expect.objectContaining({ type: "@cdktf/warn" })]);
});

test("a policy that only warns stops nothing, and says each thing once however often the program is synthesized", () => {
  const stack = givenQumuloStack();
  AccessPolicy.applyTo(stack, { accountNames: /^svc-/, level: "warning" });
  const account = new ServiceAccount(stack, "backup", { name: "backup" });

  errorsOf(stack);
  const errors = errorsOf(stack);

  expect(errors).toEqual([]);
  expect(account.node.metadata).toHaveLength(1);
});

test("a policy for a part of a stack leaves the rest alone", () => {
  const stack = givenQumuloStack();
  const accounts = ["first", "second"].map((name) => new ServiceAccount(stack, name, { name }));
  for (const account of accounts.slice(1)) AccessPolicy.applyTo(account, { maxTokenLife: days(1) });

  for (const account of accounts) account.issueToken("token", { expiresIn: days(2) });

  expect(errorsOf(stack)).toEqual([expect.stringContaining("stack/second/token:")]);
});

test("a policy for an app reaches stacks that were there, stacks that come later, and stacks with bindings alone", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const before = new TerraformStack(app, "before");
  new QumuloProvider(before, "qumulo");
  AccessPolicy.applyTo(app, { accountNames: /^svc-/ });
  const later = new TerraformStack(app, "later");
  new QumuloProvider(later, "qumulo");
  for (const stack of [before, later]) new ServiceAccount(stack, "backup", { name: "backup" });

  expect([before, later].flatMap(errorsOf)).toEqual([
    expect.stringContaining("before/backup:"),
    expect.stringContaining("later/backup:"),
  ]);

  const other = new App({ outdir: Testing.app().outdir });
  AccessPolicy.applyTo(other, { accountNames: /^svc-/ });
  const bare = new TerraformStack(other, "bare");
  new bindings.provider.QumuloProvider(bare, "qumulo");
  new bindings.localUser.LocalUser(bare, "backup", { name: "backup" });

  expect(() => {
    other.synth();
  }).toThrow("bare/backup: Access policy: name");
});

test("a synthesis stops with all errors of a policy at once", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const stack = new TerraformStack(app, "stack");
  new QumuloProvider(stack, "qumulo");
  for (const name of ["first", "second"]) new ServiceAccount(stack, name, { name });
  AccessPolicy.applyTo(app, { accountNames: /^svc-/ });

  expect(() => {
    app.synth();
  }).toThrow(/stack\/first[\s\S]*stack\/second/);
});

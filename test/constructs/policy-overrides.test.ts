import { describe, expect, test } from "@jest/globals";
import { Aspects, Fn, Lazy, TerraformResource, TerraformStack, Testing, Token } from "cdktf";
import { AccessPolicy, bindings, Duration, type Privilege, Role, ServiceAccount } from "../../constructs/index.ts";
import { errorsOf } from "../support/provider/annotations.ts";
import { givenQumuloStack } from "../support/pages/template.ts";

function givenPolicy(): { readonly stack: TerraformStack; readonly account: ServiceAccount } {
  const stack = givenQumuloStack();
  AccessPolicy.applyTo(stack, { maxTokenLife: Duration.days(90), allowedPrivileges: ["PRIVILEGE_QUOTA_READ"] });
  return { stack, account: new ServiceAccount(stack, "backup", { name: "svc-backup" }) };
}

const tooLong = [expect.stringMatching(/got 9999d; allowed: 90d at most/)];

test("an override of a token's life does not pass a policy, under any name of the resource", () => {
  const { stack, account } = givenPolicy();
  account.issueToken("token", { expiresIn: Duration.days(90) });

  for (const node of stack.node.findAll()) {
    if (!(node instanceof bindings.accessToken.AccessToken)) continue;
    node.addOverride("expires_in", "9999d");
    node.overrideLogicalId("renamed");
  }

  expect(errorsOf(stack)).toEqual(tooLong);
});

test("an override of a role's privileges does not pass a policy", () => {
  const { stack } = givenPolicy();
  const role = new bindings.role.Role(stack, "role", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] });

  role.addOverride("privileges", ["PRIVILEGE_ROLE_WRITE"]);

  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^stack\/role: .*got PRIVILEGE_ROLE_WRITE/)]);
});

test("an override by the stack and a raw resource do not pass a policy", () => {
  const { stack } = givenPolicy();
  const raw = new TerraformResource(stack, "raw", { terraformResourceType: "qumulo_access_token" });
  raw.addOverride("user", "local:svc");
  raw.addOverride("expires_in", "9999d");
  const plain = new bindings.accessToken.AccessToken(stack, "plain", { user: "local:svc", expiresIn: "90d" });
  stack.addOverride(`resource.qumulo_access_token.${plain.friendlyUniqueId}.expires_in`, "9999d");

  expect(errorsOf(stack)).toEqual([...tooLong, ...tooLong]);
});

describe("a resource that only an override of the stack adds", () => {
  const strong = { name: "keepers", privileges: ["PRIVILEGE_ROLE_WRITE"] };
  const message = "qumulo_role.keepers, which an override of the stack adds, is not allowed: got PRIVILEGE_ROLE_WRITE";

  test.each<readonly [string, unknown]>([
    ["resource", { qumulo_role: { keepers: strong } }],
    ["resource.qumulo_role", { keepers: strong }],
    ["resource.qumulo_role.keepers", strong],
    ["resource.qumulo_role.keepers", [strong]],
    ["resource.qumulo_role.keepers.privileges", strong.privileges],
  ])("by %s does not pass a policy", (path, value) => {
    const { stack } = givenPolicy();

    stack.addOverride(path, value);

    expect(errorsOf(stack)).toEqual([expect.stringContaining(message)]);
    expect(errorsOf(stack)[0]).toMatch(/^stack: Access policy: privileges of /);
  });

  test("does not pass the policy of an app whose stack no aspect reaches", () => {
    const app = Testing.app();
    AccessPolicy.applyTo(app, { maxTokenLife: Duration.days(90) });
    const stack = new TerraformStack(app, "late");
    stack.addOverride("resource.qumulo_access_token.raw", { user: "local:svc", expires_in: "9999d" });

    expect(() => {
      app.synth();
    }).toThrow("expiresIn of qumulo_access_token.raw, which an override of the stack adds");
  });

  test("passes a policy that allows it, and what is not ours is not judged", () => {
    const { stack } = givenPolicy();

    stack.addOverride("resource.qumulo_role.r", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] });
    stack.addOverride("resource.null_resource.n", {});

    expect(errorsOf(stack)).toEqual([]);
  });

  test("is judged as an ephemeral one by how long it lives", () => {
    const { stack } = givenPolicy();
    stack.addOverride("ephemeral.qumulo_access_token", {
      short: { user: "local:svc" },
      long: { user: "local:svc", expires_in: "9999d" },
    });

    expect(errorsOf(stack)).toEqual([expect.stringContaining("of ephemeral.qumulo_access_token.long, which")]);
  });
});

test.each<readonly [string, string, unknown]>([
  ["privileges", "privileges", ["PRIVILEGE_ROLE_WRITE"]],
  ["one of them by its place", "privileges.0", "PRIVILEGE_ROLE_WRITE"],
  ["all of it as one value", "", { privileges: ["PRIVILEGE_ROLE_WRITE"] }],
])("an override by the stack of %s is judged as it is synthesized", (_what, path, value) => {
  const { stack } = givenPolicy();
  const role = new bindings.role.Role(stack, "role", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] });

  stack.addOverride(
    ["resource.qumulo_role", role.friendlyUniqueId, path].filter((part) => part !== "").join("."),
    value,
  );

  expect(Testing.synth(stack)).toContain("PRIVILEGE_ROLE_WRITE");
  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^stack\/role: .*got PRIVILEGE_ROLE_WRITE/)]);
});

test("an override by the stack that takes the end of a token away is judged as one without an end", () => {
  const { stack } = givenPolicy();
  const plain = new bindings.accessToken.AccessToken(stack, "plain", { user: "local:svc", expiresIn: "90d" });

  stack.addOverride(`resource.qumulo_access_token.${plain.friendlyUniqueId}.expires_in`, undefined);

  expect(errorsOf(stack)).toEqual([expect.stringMatching(/got it never expires; allowed: 90d at most/)]);
});

test("an override by the stack takes nothing away from a list, so what stays in it is judged", () => {
  const stack = givenQumuloStack();
  AccessPolicy.applyTo(stack, { forbiddenPrivileges: ["PRIVILEGE_ROLE_WRITE"] });
  const role = new bindings.role.Role(stack, "role", { name: "r", privileges: ["PRIVILEGE_ROLE_WRITE"] });
  stack.addOverride(`resource.qumulo_role.${role.friendlyUniqueId}.privileges`, ["PRIVILEGE_QUOTA_READ"]);

  expect(errorsOf(stack)).toEqual([expect.stringMatching(/got PRIVILEGE_ROLE_WRITE/)]);
});

test.each([
  ["a list that the program finishes later", () => Lazy.listValue({ produce: () => ["PRIVILEGE_ROLE_WRITE"] })],
  ["a list that a function of the engine puts together", () => Token.asList(Fn.concat([["PRIVILEGE_ROLE_WRITE"]]))],
  ["a function itself", (): unknown => Fn.concat([["PRIVILEGE_ROLE_WRITE"]])],
])("%s of privileges does not pass a policy", (_what, list) => {
  const { stack } = givenPolicy();
  // Programs in JavaScript, and values of any type, give what the types do not expect.
  new Role(stack, "role", { name: "reader", privileges: list() as readonly Privilege[] });

  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^stack\/role: .*got PRIVILEGE_ROLE_WRITE/)]);
});

test.each(["append", "push"])("an aspect can %s to what a token waits for", (way) => {
  const { stack, account } = givenPolicy();
  const role = new Role(stack, "role", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] });
  account.issueToken("token", { expiresIn: Duration.days(90) });
  Aspects.of(stack).add({
    visit(node) {
      if (!(node instanceof bindings.accessToken.AccessToken)) return;
      if (way === "push") node.dependsOn?.push("null_resource.first");
      else node.dependsOn = [...(node.dependsOn ?? []), "null_resource.first"];
    },
  });
  role.grantTo(account);

  const synthesized = Testing.synth(stack);

  expect(synthesized).toMatch(/"depends_on": \[\s*"qumulo_role_member\.[^"]+",\s*"null_resource\.first"\s*\]/);
});

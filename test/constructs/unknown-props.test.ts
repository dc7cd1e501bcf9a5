import { App, type TerraformStack } from "cdktf";
import { describe, expect, test } from "@jest/globals";
import * as constructs from "../../constructs/index.ts";
import { givenQumuloStack } from "../support/pages/template.ts";
import { refusalOf } from "../support/simulator/refusal.ts";

const { AccessPolicy, Duration, LocalGroup, Privilege, QumuloProvider, Role, ServiceAccount } = constructs;

/** A program that no compiler has checked: `tsx`, or JavaScript. */
type Untyped = Readonly<Record<string, unknown>>;

/** What is made of a construct, and its props without a mistake. */
interface Made {
  readonly props: (stack: TerraformStack) => Untyped;
  readonly make: (stack: TerraformStack, props: never) => unknown;
}

const account = (stack: TerraformStack) => new ServiceAccount(stack, "svc", { name: "svc" });
const role = (stack: TerraformStack) => new Role(stack, "reader", { name: "reader", privileges: [] });
const group = (stack: TerraformStack) => new LocalGroup(stack, "team", { name: "team" });
const none = () => ({});

const classes: Readonly<Record<string, Made>> = {
  AccessToken: {
    props: (stack) => ({ account: account(stack) }),
    make: (stack, props) => new constructs.AccessToken(stack, "made", props),
  },
  AccessPolicy: { props: none, make: (_, props) => new AccessPolicy(props) },
  Grant: {
    props: (stack) => ({ role: role(stack), grantee: account(stack) }),
    make: (stack, props) => new constructs.Grant(stack, "made", props),
  },
  GroupMembership: {
    props: (stack) => ({ group: group(stack), account: account(stack) }),
    make: (stack, props) => new constructs.GroupMembership(stack, "made", props),
  },
  LocalGroup: { props: () => ({ name: "made" }), make: (stack, props) => new LocalGroup(stack, "made", props) },
  QumuloProvider: {
    props: () => ({ alias: "made" }),
    make: (stack, props) => new QumuloProvider(stack, "made", props),
  },
  Role: { props: () => ({ name: "made" }), make: (stack, props) => new Role(stack, "made", props) },
  ServiceAccount: { props: () => ({ name: "made" }), make: (stack, props) => new ServiceAccount(stack, "made", props) },
  ServiceIdentity: {
    props: () => ({ name: "made", privileges: [Privilege.QUOTA_READ] }),
    make: (stack, props) => new constructs.ServiceIdentity(stack, "made", props),
  },
  TokenDelivery: {
    props: (stack) => ({ token: account(stack).issueToken("token"), command: "true" }),
    make: (stack, props) => new constructs.TokenDelivery(stack, "made", props),
  },
};

const methods: Readonly<Record<string, Made>> = {
  "account.issueToken": { props: none, make: (stack, props) => account(stack).issueToken("made", props) },
  "role.grantTo": { props: none, make: (stack, props) => role(stack).grantTo(account(stack), props) },
  "group.addMember": { props: none, make: (stack, props) => group(stack).addMember(account(stack), props) },
  "AccessPolicy.applyTo": { props: none, make: (stack, props) => AccessPolicy.applyTo(stack, props) },
  "Role.fromName": { props: () => ({ name: "made" }), make: (stack, props) => Role.fromName(stack, "made", props) },
  "Role.builtIn": { props: () => ({ name: "Observers" }), make: (stack, props) => Role.builtIn(stack, "made", props) },
  "ServiceAccount.fromName": {
    props: () => ({ name: "made" }),
    make: (stack, props) => ServiceAccount.fromName(stack, "made", props),
  },
  "ServiceAccount.fromId": {
    props: () => ({ id: "1000" }),
    make: (stack, props) => ServiceAccount.fromId(stack, "made", props),
  },
  "LocalGroup.fromName": {
    props: () => ({ name: "made" }),
    make: (stack, props) => LocalGroup.fromName(stack, "made", props),
  },
  "LocalGroup.fromId": {
    props: () => ({ id: "1000" }),
    make: (stack, props) => LocalGroup.fromId(stack, "made", props),
  },
  forEachCluster: {
    props: none,
    make: (_, props) => constructs.forEachCluster(new App(), { east: props }, () => undefined),
  },
};

test("every class of the package is looked at here", () => {
  const notConstructs = ["ConstructError", "Duration", "QumuloProvider"];
  const exported = Object.entries(constructs).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));

  const found = exported.filter((name) => /^[A-Z]/.test(name) && !notConstructs.includes(name));

  expect([...found, "QumuloProvider"].sort()).toEqual(Object.keys(classes).sort());
});

describe.each(Object.entries({ ...classes, ...methods }))("%s", (_, { props, make }) => {
  test.each(["shard", "toString", "__proto__x", ""])(
    "refuses the unknown prop %j and names those that it has",
    (prop) => {
      const stack = givenQumuloStack();
      const given = { ...props(stack), [prop]: 1 };

      const refusal = refusalOf(() => make(stack, given as never));

      expect(refusal.prop).toBe(prop);
      expect(refusal.message).toMatch(/There is no such prop\. (These are known: \w+|Did you mean "\w+"\?)/);
    },
  );

  test("takes its own props, and a prop without a value", () => {
    const stack = givenQumuloStack();
    const given = { ...props(stack), shard: undefined };

    expect(() => make(stack, given as never)).not.toThrow();
  });
});

test.each<[keyof typeof classes, string, string]>([
  ["AccessPolicy", "maxTokenLive", "maxTokenLife"],
  ["AccessPolicy", "forbidAdministrator", "forbidAdministrators"],
  ["AccessToken", "rotateBeforExpiry", "rotateBeforeExpiry"],
  ["AccessToken", "expires_in", "expiresIn"],
  ["QumuloProvider", "certificateSHA256", "certificateSha256"],
  ["Role", "privilege", "privileges"],
  ["ServiceIdentity", "priviliges", "privileges"],
])("%s without a %s is told that %s was meant", (name, prop, meant) => {
  const stack = givenQumuloStack();
  const made = classes[name];

  const refusal = refusalOf(() => made?.make(stack, { ...made.props(stack), [prop]: "90d" } as never));

  expect(refusal.message).toContain(`${prop}: There is no such prop. Did you mean "${meant}"?`);
});

test.each<[string, Untyped]>([
  ["account", { account: { homeDirektory: "/home" } }],
  ["token", { token: { expireIn: Duration.days(1) } }],
])("a misspelled prop inside the %s of a service identity is refused", (_, inner) => {
  const stack = givenQumuloStack();
  const { make, props } = classes["ServiceIdentity"] ?? { make: none, props: none };

  expect(refusalOf(() => make(stack, { ...props(stack), ...inner } as never)).message).toContain("Did you mean");
});

test.each<[string, unknown]>([
  ["maxTokenLife", "90d"],
  ["maxTokenLife", null],
  ["requireRotation", "true"],
  ["requireRotation", 1],
  ["forbidAdministrators", "yes"],
  ["accountNames", "^svc-"],
  ["allowedPrivileges", "PRIVILEGE_QUOTA_READ"],
  ["level", "errors"],
])("a policy whose %s is %j does not go on without the rule", (prop, value) => {
  const refusal = refusalOf(() => new AccessPolicy({ [prop]: value }));

  expect(refusal.message).toMatch(new RegExp(`^AccessPolicy: ${prop}: .* is not accepted\\. Give `));
});

import "../support/engines/on-terrain.ts";
import { expect, test } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import {
  AccessPolicy,
  type AccessPolicyProps,
  type AccessRule,
  Duration,
  EphemeralAccessToken,
  EphemeralSession,
  QumuloProvider,
  ServiceAccount,
} from "../../constructs/terrain/index.ts";
import { errorsOf } from "../support/provider/annotations.ts";

const targetVersions = { opentofu: ">=1.11.0", terraform: ">=1.10.0" };
const oneHour: AccessPolicyProps = { maxTokenLife: Duration.hours(1) };

function givenToken(policy: AccessPolicyProps, expiresIn?: Duration): TerraformStack {
  const stack = new TerraformStack(new App({ context: { targetVersions } }), "stack");
  AccessPolicy.applyTo(stack, policy);
  new QumuloProvider(stack, "qumulo");
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  new EphemeralAccessToken(stack, "index", { account, expiresIn });
  return stack;
}

test.each<readonly [string, Duration | undefined, readonly unknown[]]>([
  ["as long as the policy allows", Duration.hours(1), []],
  ["as long as the provider makes it, which is 15 minutes", undefined, []],
  [
    "longer",
    Duration.parse("1h1s"),
    [expect.stringMatching(/^stack\/index: Access policy: expiresIn .*: got 1h1s; allowed: 1h at most/)],
  ],
])("an ephemeral access token that lives %s", (_how, expiresIn, errors) => {
  expect(errorsOf(givenToken(oneHour, expiresIn))).toEqual(errors);
});

test("an ephemeral access token is never rotated, and no policy asks for that", () => {
  expect(errorsOf(givenToken({ requireRotation: true, minOverlap: Duration.days(7) }))).toEqual([]);
});

test.each<readonly [string, (stack: TerraformStack, id: string) => void]>([
  [
    "of its resource",
    (stack) => {
      for (const node of stack.node.findAll()) {
        if (node.node.id === "Resource" && node.node.scope?.node.id === "index" && "addOverride" in node)
          Reflect.apply(node.addOverride as (path: string, value: unknown) => void, node, ["expires_in", "9999d"]);
      }
    },
  ],
  [
    "of its stack",
    (stack, id) => {
      stack.addOverride(`ephemeral.qumulo_access_token.${id}.expires_in`, "9999d");
    },
  ],
])("an override %s does not lengthen an ephemeral access token past a policy", (_what, override) => {
  const stack = givenToken(oneHour);
  const synthesized = stack.toTerraform() as { ephemeral: { qumulo_access_token: Record<string, unknown> } };
  override(stack, Object.keys(synthesized.ephemeral.qumulo_access_token)[0] ?? "");

  expect(errorsOf(stack)).toEqual([expect.stringMatching(/^stack\/index: .*got 9999d; allowed: 1h at most/)]);
});

test("rules of one's own see an ephemeral access token as a token of its account, and a session as something else", () => {
  const seen: (readonly [string, string])[] = [];
  const rule: AccessRule = ({ kind, construct }) => {
    if (/index|session/.test(construct.node.id)) seen.push([kind, construct.node.id]);
    return [];
  };
  const stack = givenToken({ rules: [rule] });
  new EphemeralSession(stack, "session", {});

  errorsOf(stack);

  expect(seen).toContainEqual(["access token", "index"]);
  expect(seen.filter(([kind]) => kind === "access token")).toHaveLength(1);
  expect(seen).toContainEqual(["other", "session"]);
});

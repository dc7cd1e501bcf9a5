import { expect, test } from "@jest/globals";
import { App, Fn, TerraformLocal, TerraformOutput, type TerraformStack, TerraformStack as Stack, Testing } from "cdktf";
import {
  type AccessToken,
  bindings,
  Privileges,
  QumuloProvider,
  ServiceAccount,
  ServiceIdentity,
} from "../../constructs/index.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

function givenToken(stack: TerraformStack): AccessToken {
  return new ServiceAccount(stack, "backup", { name: "svc-backup" }).issueToken("token", { neverExpires: true });
}

const leaks: readonly [string, (token: AccessToken, stack: TerraformStack) => unknown][] = [
  ["itself", (token) => token.bearerToken],
  ["a text with it", (token) => `Bearer ${token.bearerToken}`],
  ["a function of it", (token) => Fn.sha256(token.bearerToken)],
  ["an open text of it", (token): unknown => Fn.nonsensitive(token.bearerToken)],
  ["a map of lists with it", (token) => ({ tokens: [token.bearerToken] })],
  ["a local with it", (token, stack) => new TerraformLocal(stack, "local", token.bearerToken).asString],
  [
    "a local of a local with it",
    (token, stack) => {
      const first = new TerraformLocal(stack, "first", `Bearer ${token.bearerToken}`);
      return new TerraformLocal(stack, "second", Fn.upper(first.asString)).asString;
    },
  ],
  ["the whole resource", (_, stack) => new bindings.accessToken.AccessToken(stack, "low", { user: "local:svc" })],
];

test.each(leaks)("an open output of %s fails with its path", (_, valueOf) => {
  const stack = givenQumuloStack();
  const value = valueOf(givenToken(stack), stack);

  new TerraformOutput(stack, "leak", { value });

  expect(() => Testing.synth(stack, true)).toThrow("stack/leak: sensitive:");
});

test.each(leaks)("a sensitive output of %s is allowed", (_, valueOf) => {
  const stack = givenQumuloStack();
  const value = valueOf(givenToken(stack), stack);

  new TerraformOutput(stack, "secret", { value, sensitive: true });

  expect(() => Testing.synth(stack, true)).not.toThrow();
});

test("open outputs of what is not secret are allowed", () => {
  const stack = givenQumuloStack();
  const token = givenToken(stack);

  new TerraformOutput(stack, "id", { value: token.tokenId });
  new TerraformOutput(stack, "end", { value: Fn.upper(token.expirationTime) });
  new TerraformOutput(stack, "text", { value: "qumulo_access_token.backup.bearer_token is what to look at" });

  expect(Object.keys(templateOf(stack).outputs)).toEqual(["end", "id", "text"]);
});

test("an open output in a stack that takes the token from another one fails", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const first = new Stack(app, "first");
  new QumuloProvider(first, "qumulo");
  const token = givenToken(first);
  const second = new Stack(app, "second");
  new TerraformOutput(second, "leak", { value: token.bearerToken });

  expect(() => {
    app.synth();
  }).toThrow("second/leak: sensitive:");
});

test("a synthesized program holds references in every place where secrets will be", () => {
  const stack = givenQumuloStack();
  new ServiceIdentity(stack, "backup", { name: "svc-backup", privileges: Privileges.snapshots() });

  const { text, outputs } = templateOf(stack);

  expect(outputs["backup_bearer_token"]).toMatchObject({
    sensitive: true,
    value: expect.stringMatching(/^\$\{qumulo_access_token\.backup_Account_Token_\w+\.bearer_token\}$/),
  });
  expect(text).not.toMatch(/password|access-v1/);
  expect(text.match(/bearer_token/g)).toHaveLength(2); // the name of the output, and the reference
});

import { expect, test } from "@jest/globals";
import { Fn, TerraformOutput, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import { type AccessToken, type IssueTokenProps, ServiceAccount } from "../../constructs/index.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

const [one, two] = ["age1one", "age1two"];

function issue(
  encryptTo: IssueTokenProps["encryptTo"],
  stack = givenQumuloStack(),
): { readonly stack: TerraformStack; readonly token: AccessToken } {
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  return { stack, token: account.issueToken("token", { encryptTo, neverExpires: true }) };
}

test.each([
  { encryptTo: one, synthesized: one },
  { encryptTo: [one, two], synthesized: "age1one\nage1two" },
  { encryptTo: `# the team\n${one}\n\n${two}\n`, synthesized: `# the team\n${one}\n\n${two}\n` },
])("recipients are synthesized one per line: $synthesized", ({ encryptTo, synthesized }) => {
  const { stack } = issue(encryptTo);

  expect(templateOf(stack).onlyResource("qumulo_access_token")["encrypt_to"]).toBe(synthesized);
});

test("recipients may be values that the engine resolves later", () => {
  const stacks = [0, 1, 2].map(() => givenQumuloStack());
  const [text, list, mixed] = stacks.map((stack, index) => {
    const type = index === 1 ? "list(string)" : "string";
    const variable = new TerraformVariable(stack, "recipients", { type });
    const values = [Fn.file("recipients.txt"), variable.listValue, [one, variable.stringValue]];
    issue(values[index], stack);
    return templateOf(stack).onlyResource("qumulo_access_token")["encrypt_to"];
  });

  expect(text).toBe('${file("recipients.txt")}');
  expect(list).toBe('${join("\\n", var.recipients)}');
  expect(mixed).toBe("age1one\n${var.recipients}");
});

test.each([
  { encryptTo: "", says: "It holds no public key" },
  { encryptTo: [], says: "It holds no public key" },
  { encryptTo: "# the team\n", says: "It holds no public key" },
  { encryptTo: "AGE-SECRET-KEY-1EXAMPLE", says: "It holds a secret key" },
  { encryptTo: [one, "ssh-ed25519 EXAMPLE"], says: "Key 2 does not begin with age1" },
])("it is refused, as $says", ({ encryptTo, says }) => {
  const refusal = refusalOf(() => issue(encryptTo));

  expect(refusal).toMatchObject({ constructPath: "stack/backup/token", prop: "encryptTo" });
  expect(refusal.message).toContain(says);
  // Whatever was pasted here by mistake may be a secret.
  expect(refusal.message).not.toContain("EXAMPLE");
});

test("the output of an encrypted token is its encrypted form, for everybody to see", () => {
  const { stack, token } = issue(one);

  token.output("bearer_token");

  expect(templateOf(stack).outputs["bearer_token"]).toEqual({
    value: expect.stringMatching(/^\$\{qumulo_access_token\.\w+\.encrypted_bearer_token\}$/),
    description: "Bearer token of stack/backup/token, encrypted with age.",
  });
});

test("an open output of the encrypted form is allowed", () => {
  const { stack, token } = issue(one);

  new TerraformOutput(stack, "encrypted", { value: token.encryptedBearerToken });

  expect(() => Testing.synth(stack, true)).not.toThrow();
});

test("each form of the bearer token is there in its own case, and refused in the other", () => {
  const encrypted = issue(one).token;
  const clear = issue(undefined).token;

  const refusals = [refusalOf(() => encrypted.bearerToken), refusalOf(() => clear.encryptedBearerToken)];

  expect(refusals).toMatchObject([
    { constructPath: "stack/backup/token", prop: "bearerToken" },
    { constructPath: "stack/backup/token", prop: "encryptedBearerToken" },
  ]);
  expect([encrypted.isEncrypted, clear.isEncrypted]).toEqual([true, false]);
});

test("a token for an administrator is asked for by allowAdministrator, also by a value that comes later", () => {
  const stack = givenQumuloStack();
  const flag = new TerraformVariable(stack, "flag", { type: "bool" });
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });

  account.issueToken("token", { allowAdministrator: flag.booleanValue, neverExpires: true });

  expect(templateOf(stack).onlyResource("qumulo_access_token")["allow_administrator"]).toBe("${var.flag}");
});

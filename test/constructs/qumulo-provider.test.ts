import { expect, test } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { Duration, QumuloProvider, type QumuloProviderProps } from "../../constructs/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { warningsOf } from "../support/provider/annotations.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenStack, templateOf } from "../support/pages/template.ts";

const fingerprint = "0f".repeat(32);

test("a provider without props leaves everything to the environment", () => {
  const stack = givenStack();

  new QumuloProvider(stack, "qumulo");

  expect(templateOf(stack).providers).toEqual({ qumulo: [{}] });
});

test("the required provider is the one that came with this package, under each engine's own registry", () => {
  const stack = givenStack();

  new QumuloProvider(stack, "qumulo");

  expect(templateOf(stack).requiredProviders).toEqual({
    qumulo: { source: "cdktf-qumulo/qumulo", version: `~> ${packageJson.version}` },
  });
});

test("a password comes from a sensitive variable, and no text of it is synthesized", () => {
  const stack = givenStack();
  const password = new TerraformVariable(stack, "qumulo_password", { type: "string", sensitive: true });

  new QumuloProvider(stack, "qumulo", { host: "cluster.example.com", username: "deployer", password });

  expect(templateOf(stack).providers).toEqual({
    qumulo: [{ host: "cluster.example.com", username: "deployer", password: "${var.qumulo_password}" }],
  });
  expect(warningsOf(stack)).toEqual([]);
});

test("a reference to a variable is as good as the variable", () => {
  const stack = givenStack();
  const token = new TerraformVariable(stack, "qumulo_bearer_token", { type: "string", sensitive: true });

  new QumuloProvider(stack, "qumulo", { bearerToken: token.stringValue });

  expect(templateOf(stack).providers).toEqual({ qumulo: [{ bearer_token: "${var.qumulo_bearer_token}" }] });
  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, QumuloProviderProps]>([
  ["QUMULO_PASSWORD", { password: "Hunter-2-hunter" }],
  ["QUMULO_BEARER_TOKEN", { bearerToken: "Hunter-2-hunter" }],
])("a secret as plain text is warned about, with %s as the way out, and not repeated", (environment, props) => {
  const stack = givenStack();

  new QumuloProvider(stack, "qumulo", props);

  expect(warningsOf(stack)).toEqual([expect.stringContaining(environment)]);
  expect(warningsOf(stack).join("")).not.toContain("Hunter");
});

test("a variable for a secret that is not sensitive is warned about", () => {
  const stack = givenStack();
  const password = new TerraformVariable(stack, "qumulo_password", { type: "string" });

  new QumuloProvider(stack, "qumulo", { password });

  expect(warningsOf(stack)).toEqual([expect.stringContaining("not sensitive")]);
});

test.each<QumuloProviderProps>([
  { host: "cluster.example.com" },
  { host: "10.0.0.1" },
  { host: "fd00::1" },
  { port: 1 },
  { port: 65_535 },
  { maxRetries: 0 },
  { requestTimeout: Duration.seconds(1) },
  { certificateSha256: fingerprint },
  { certificateSha256: fingerprint.toUpperCase().match(/../g)?.join(":") },
  { username: "deployer" },
  { caFile: "ca.pem", caPem: "-----BEGIN CERTIFICATE-----" },
  { insecure: true },
  { alias: "east-1" },
])("%j is accepted", (props) => {
  const stack = givenStack();

  new QumuloProvider(stack, "qumulo", props);

  expect(Object.keys(templateOf(stack).providers["qumulo"]?.[0] ?? {})).toHaveLength(Object.keys(props).length);
});

test.each<[keyof QumuloProviderProps, QumuloProviderProps]>([
  ["host", { host: "" }],
  ["host", { host: "https://cluster.example.com" }],
  ["host", { host: "cluster.example.com:8000" }],
  ["host", { host: "cluster.example.com/" }],
  ["port", { port: 0 }],
  ["port", { port: 65_536 }],
  ["port", { port: 80.5 }],
  ["maxRetries", { maxRetries: -1 }],
  ["requestTimeout", { requestTimeout: Duration.seconds(0) }],
  ["alias", { alias: "" }],
  ["alias", { alias: "1st" }],
  ["alias", { alias: "east.1" }],
  ["certificateSha256", { certificateSha256: fingerprint.slice(1) }],
  ["certificateSha256", { certificateSha256: `${fingerprint}0` }],
  ["bearerToken", { username: "deployer", bearerToken: "x" }],
  ["credentialsFile", { bearerToken: "x", credentialsFile: "creds" }],
  ["credentialsFile", { password: "x", credentialsFile: "creds" }],
])("a wrong %s (%j) is refused", (prop, props) => {
  const refusal = refusalOf(() => new QumuloProvider(givenStack(), "qumulo", props));

  expect(refusal).toMatchObject({ constructPath: "stack/qumulo", prop });
});

test("every prop takes a value that the engine resolves later", () => {
  const stack = givenStack();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const count = new TerraformVariable(stack, "count", { type: "number" });
  const flag = new TerraformVariable(stack, "flag", { type: "bool" });

  new QumuloProvider(stack, "qumulo", {
    host: text.stringValue,
    port: count.numberValue,
    credentialsFile: text.stringValue,
    caFile: text.stringValue,
    caPem: text.stringValue,
    certificateSha256: text.stringValue,
    insecure: flag.booleanValue,
    requestTimeout: Duration.parse(text.stringValue),
    maxRetries: count.numberValue,
  });

  const [block] = templateOf(stack).providers["qumulo"] ?? [];
  expect(new Set(Object.values(block ?? {}))).toEqual(new Set(["${var.text}", "${var.count}", "${var.flag}"]));
});

test("two providers of one stack need different aliases, and one may go without", () => {
  const stack = givenStack();
  new QumuloProvider(stack, "here");
  new QumuloProvider(stack, "east", { alias: "east" });

  const refusals = [{}, { alias: "east" }].map((props, index) =>
    refusalOf(() => new QumuloProvider(stack, `other-${index}`, props)),
  );

  expect(refusals.map(({ prop, message }) => [prop, message])).toEqual([
    ["alias", expect.stringContaining("stack/here")],
    ["alias", expect.stringContaining("stack/east")],
  ]);
});

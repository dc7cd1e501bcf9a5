import { provider as nullBindings } from "@cdktf/provider-null";
import { TerraformVariable } from "cdktf";
import { expect, test } from "@jest/globals";
import {
  ConstructError,
  Duration,
  QumuloProvider,
  ServiceAccount,
  TokenDelivery,
  type TokenDeliveryProps,
} from "../../constructs/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";
import { givenQumuloStack, givenStack, templateOf } from "../support/pages/template.ts";

function givenToken(stack = givenQumuloStack()) {
  const token = new ServiceAccount(stack, "backup", { name: "svc-backup" }).issueToken("token");
  return { stack, token };
}

function deliver(props: Partial<TokenDeliveryProps> = {}, given = givenToken()) {
  new TokenDelivery(given.stack, "delivery", { token: given.token, command: "./deliver.sh", ...props });
  return templateOf(given.stack);
}

const reference = (attribute: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{qumulo_access_token\\.\\w+\\.${attribute}\\}$`));

test("a delivery runs the command with the bearer token in its environment, triggered by the token's id", () => {
  const template = deliver();

  expect(template.onlyResource("null_resource")).toMatchObject({
    triggers: { token_id: reference("id"), command: "./deliver.sh" },
    provisioner: [
      {
        "local-exec": {
          interpreter: ["npx", "--no", "--", "cdktf-qumulo", "deliver", "--command"],
          command: "./deliver.sh",
          environment: { QUMULO_BEARER_TOKEN: reference("bearer_token"), QUMULO_CREDENTIALS_FILE: "" },
        },
      },
    ],
  });
  expect(template.requiredProviders["null"]).toMatchObject({ source: expect.stringMatching(/null$/) });
});

test("a credentials file is delivered by its path", () => {
  const template = deliver({ command: undefined, credentialsFile: "~/qumulo.json" });

  expect(template.onlyResource("null_resource")).toMatchObject({
    triggers: { token_id: reference("id"), credentials_file: "~/qumulo.json" },
    provisioner: [
      {
        "local-exec": {
          interpreter: expect.arrayContaining(["deliver", "--credentials-file"]),
          command: "~/qumulo.json",
        },
      },
    ],
  });
});

test("the bearer token stands nowhere but in the environment", () => {
  const template = deliver();

  expect(template.text.match(/bearer_token/g)).toHaveLength(1);
});

test("the check goes to the cluster of the token's provider, with its way to trust and no other", () => {
  const stack = givenStack();
  const host = new TerraformVariable(stack, "host", { type: "string" });
  const given = givenToken(stack);
  const template = () => deliver({}, given);
  const proxy = new TerraformVariable(stack, "proxy", { type: "string", sensitive: true });
  const reach = { host: host.stringValue, port: 8_001, caFile: "/etc/ca.pem", proxy };
  new QumuloProvider(stack, "qumulo", { ...reach, username: "me" });

  expect(template().onlyResource("null_resource")).toMatchObject({
    provisioner: [
      {
        "local-exec": {
          environment: {
            QUMULO_HOST: "${var.host}",
            QUMULO_PORT: 8_001,
            QUMULO_PROXY: "${var.proxy}",
            QUMULO_CA_FILE: "/etc/ca.pem",
            QUMULO_CERTIFICATE_SHA256: "",
            QUMULO_CA_PEM: "",
            QUMULO_INSECURE: "",
          },
        },
      },
    ],
  });
});

test("several deliveries of one token share one provider null, and the program's own is taken", () => {
  const given = givenToken();
  new nullBindings.NullProvider(given.stack, "mine");
  new TokenDelivery(given.stack, "file", { token: given.token, credentialsFile: "/etc/qumulo.json" });

  const template = deliver({}, given);

  expect(Object.keys(template.resources("null_resource"))).toHaveLength(2);
  expect(template.providers["null"]).toHaveLength(1);
});

test("further variables, triggers and another program are taken as they are", () => {
  const template = deliver({
    environment: { VAULT_ADDR: "https://vault.example.com" },
    deliverWhenChanged: { release: "7" },
    program: ["/opt/cdktf-qumulo"],
  });

  expect(template.onlyResource("null_resource")).toMatchObject({
    triggers: { release: "7" },
    provisioner: [
      {
        "local-exec": {
          interpreter: ["/opt/cdktf-qumulo", "deliver", "--command"],
          environment: { VAULT_ADDR: "https://vault.example.com", QUMULO_DELIVERY_SECRETS: "VAULT_ADDR" },
        },
      },
    ],
  });
});

test.each([
  { props: { command: undefined }, says: "command: Neither command nor credentialsFile is given." },
  { props: { credentialsFile: "/etc/x" }, says: "credentialsFile: command is given as well." },
  { props: { command: " " }, says: "command: It is empty." },
  { props: { command: undefined, credentialsFile: "x.json" }, says: '"x.json" is not an absolute path of a file.' },
  { props: { command: undefined, credentialsFile: "/etc/" }, says: '"/etc/" is not an absolute path of a file.' },
  { props: { program: [] }, says: "program: It names no program." },
  { props: { environment: { QUMULO_BEARER_TOKEN: "" } }, says: "QUMULO_BEARER_TOKEN is set by the delivery." },
  { props: { environment: { "a b": "" } }, says: '"a b" is not a name.' },
  { props: { deliverWhenChanged: { token_id: "1" } }, says: '"token_id" is set by the delivery.' },
])("it is refused, as $says", ({ props, says }) => {
  const attempt = () => deliver(props);

  expect(attempt).toThrow(ConstructError);
  expect(attempt).toThrow(`stack/delivery: `);
  expect(attempt).toThrow(says);
});

test("props that only the engine will know are not checked", () => {
  const given = givenToken();
  const file = new TerraformVariable(given.stack, "file", { type: "string" });

  const template = deliver({ command: undefined, credentialsFile: file.stringValue }, given);

  expect(template.onlyResource("null_resource")).toMatchObject({ triggers: { credentials_file: "${var.file}" } });
});

test.each(["command", "deliverWhenChanged"] as const)("a bearer token in %s is refused", (prop) => {
  const given = givenToken();
  const text = `login --token ${given.token.bearerToken}`;
  const props = prop === "command" ? { command: text } : { deliverWhenChanged: { text } };

  expect(() => deliver(props, given)).toThrow(`stack/delivery: ${prop}: It contains the bearer token`);
});

test("a token whose bearer token is encrypted is refused", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const token = account.issueToken("token", { encryptTo: "age1example" });

  expect(() => deliver({}, { stack, token })).toThrow(
    "stack/delivery: token: The bearer token of stack/backup/token is encrypted",
  );
});

test("the check goes to the cluster of the provider that the token itself has", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const east = new QumuloProvider(stack, "east", { alias: "east", host: "east.example.com" });
  const token = account.issueToken("token", { provider: east });

  const template = deliver({}, { stack, token });

  expect(template.onlyResource("null_resource")).toMatchObject({
    provisioner: [{ "local-exec": { environment: { QUMULO_HOST: "east.example.com" } } }],
  });
});

test.each([
  { overlap: Duration.seconds(0), warnings: 1 },
  { overlap: Duration.seconds(1), warnings: 0 },
  { overlap: undefined, warnings: 0 },
])("with an overlap of $overlap there are $warnings warnings", ({ overlap, warnings }) => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const token = account.issueToken("token", { expiresIn: Duration.days(90), overlap });

  deliver({}, { stack, token });

  expect(warningsOf(stack)).toEqual(
    Array.from({ length: warnings }, () => expect.stringContaining("The overlap of stack/backup/token is 0s")),
  );
});

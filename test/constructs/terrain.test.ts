import "../support/engines/on-terrain.ts";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import * as constructs from "../../constructs/index.ts";
import {
  bindings,
  Duration,
  EphemeralAccessToken,
  EphemeralSession,
  QumuloProvider,
  qumuloFunctions,
  Role,
  ServiceAccount,
} from "../../constructs/terrain/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";

/** Engines that know all of it. */
const targetVersions = { opentofu: ">=1.11.0", terraform: ">=1.10.0" };

function givenStack(context: Readonly<Record<string, unknown>> = { targetVersions }): TerraformStack {
  const stack = new TerraformStack(new App({ context }), "stack");
  new QumuloProvider(stack, "qumulo");
  return stack;
}

function givenAccount(stack: TerraformStack): ServiceAccount {
  return new ServiceAccount(stack, "backup", { name: "svc-backup" });
}

function synthesized(stack: TerraformStack): unknown {
  // Logical ids end with a digest of their construct's path.
  return JSON.parse(Testing.synth(stack, true).replaceAll(/_[0-9A-F]{8}\b/g, ""));
}

describe("an ephemeral access token", () => {
  test("is an ephemeral block that waits for the memberships of its account, and nothing of it is in the configuration", () => {
    const stack = givenStack();
    const account = givenAccount(stack);
    const token = new EphemeralAccessToken(stack, "index", { account, expiresIn: Duration.minutes(5) });
    new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] }).grantTo(account);
    new QumuloProvider(stack, "as-account", { alias: "index", bearerToken: token.bearerToken });

    const configuration = synthesized(stack);

    expect(configuration).toMatchObject({
      ephemeral: {
        qumulo_access_token: {
          index: {
            user: expect.stringMatching(/^auth_id:\$\{qumulo_local_user\.backup\.id\}$/),
            expires_in: "5m",
            depends_on: [expect.stringMatching(/^qumulo_role_member\./)],
          },
        },
      },
      provider: {
        qumulo: [{}, { alias: "index", bearer_token: "${ephemeral.qumulo_access_token.index.bearer_token}" }],
      },
    });
    expect(configuration).not.toHaveProperty("resource.terraform_data");
    expect(configuration).not.toHaveProperty("resource.qumulo_access_token");
  });

  test("takes the provider of its account, or one of its own", () => {
    const stack = givenStack();
    const west = new QumuloProvider(stack, "west", { alias: "west" });
    const account = new ServiceAccount(stack, "backup", { name: "svc-backup", provider: west });
    new EphemeralAccessToken(stack, "index", { account, allowAdministrator: true });

    expect(synthesized(stack)).toHaveProperty(
      "ephemeral.qumulo_access_token.index",
      expect.objectContaining({ provider: "qumulo.west", allow_administrator: true }),
    );
  });

  test("for applying alone has a user that no plan knows", () => {
    const stack = givenStack();
    new EphemeralAccessToken(stack, "index", { account: givenAccount(stack), onlyWhileApplying: true });

    expect(synthesized(stack)).toMatchObject({
      ephemeral: { qumulo_access_token: { index: { user: "${terraform_data.index_User.output.user}" } } },
      resource: {
        terraform_data: {
          index_User: {
            input: { user: expect.stringContaining("auth_id:") },
            triggers_replace: { time: "${timestamp()}" },
          },
        },
      },
    });
  });

  test.each(["59s", "1d1s"])("lives for no %s", (life) => {
    const stack = givenStack();
    const props = { account: givenAccount(stack), expiresIn: Duration.parse(life) };

    expect(() => new EphemeralAccessToken(stack, "index", props)).toThrow("from 1 minute to 24 hours");
  });

  test.each(["1m", "1d"])("lives for %s", (life) => {
    const stack = givenStack();
    new EphemeralAccessToken(stack, "index", { account: givenAccount(stack), expiresIn: Duration.parse(life) });

    expect(synthesized(stack)).toHaveProperty("ephemeral.qumulo_access_token.index.expires_in", life);
  });

  test("counts among the two access tokens of its account", () => {
    const stack = givenStack();
    const account = givenAccount(stack);
    account.issueToken("one", { neverExpires: true });
    new EphemeralAccessToken(stack, "index", { account });

    expect(() => new EphemeralAccessToken(stack, "other", { account })).toThrow(
      "has 2 access tokens already (stack/backup/one, stack/index)",
    );
  });
});

describe("an ephemeral session", () => {
  test("logs in with a variable, or as the provider does", () => {
    const stack = givenStack();
    const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
    new EphemeralSession(stack, "archive", { username: "svc-archive", password });
    new EphemeralSession(stack, "own");

    expect(synthesized(stack)).toHaveProperty("ephemeral.qumulo_session", {
      archive: expect.objectContaining({ username: "svc-archive", password: "${var.password}" }),
      own: expect.not.objectContaining({ username: expect.anything() }),
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test("warns of a password in plain text, without showing it", () => {
    const stack = givenStack();
    new EphemeralSession(stack, "archive", { username: "svc-archive", password: "hunter2" });

    const [warning = ""] = warningsOf(stack);
    expect(warning).toContain("password is plain text, so cdk.tf.json holds it. Pass a sensitive TerraformVariable.");
    expect(warning).not.toContain("hunter2");
  });

  test.each([
    { given: { username: "svc-archive" }, missing: "password" },
    { given: { password: "hunter2" }, missing: "username" },
  ])("needs $missing beside what is given", ({ given, missing }) => {
    expect(() => new EphemeralSession(givenStack(), "archive", given)).toThrow(
      `stack/archive: ${missing}: It is missing`,
    );
  });
});

test("an output of an ephemeral value stops the synthesis, since no engine takes it", () => {
  const stack = givenStack();
  const { bearerToken } = new EphemeralSession(stack, "own");
  new TerraformOutput(stack, "secret", { value: bearerToken, sensitive: true });

  expect(() => synthesized(stack)).toThrow("stack/secret: value: The output refers to an ephemeral value");
});

test("functions are calls that the engine evaluates", () => {
  const stack = givenStack();
  const token = givenAccount(stack).issueToken("token", { neverExpires: true });
  new TerraformOutput(stack, "file", { value: qumuloFunctions.credentialsFile(token.bearerToken), sensitive: true });
  new TerraformOutput(stack, "owner", { value: qumuloFunctions.parseIdentity("ad:anna") });

  expect(synthesized(stack)).toMatchObject({
    output: {
      file: {
        value: expect.stringMatching(
          /^\$\{provider::qumulo::credentials_file\(qumulo_access_token\.\w+\.bearer_token\)\}$/,
        ),
      },
      owner: { value: '${provider::qumulo::parse_identity("ad:anna")}' },
    },
  });
});

test("a bearer token within a function is not to be shown either", () => {
  const stack = givenStack();
  const token = givenAccount(stack).issueToken("token", { neverExpires: true });
  new TerraformOutput(stack, "file", { value: qumuloFunctions.credentialsFile(token.bearerToken) });

  expect(() => synthesized(stack)).toThrow("stack/file: sensitive: The output refers to a bearer token");
});

test("a program for engines that know no ephemeral resources is refused by CDK Terrain", () => {
  const stack = givenStack({});
  new EphemeralSession(stack, "own");

  expect(() => synthesized(stack)).toThrow("opentofu >=1.11.0");
});

test("the entry for CDKTF has all that this one has, but for what CDKTF has no classes for", () => {
  const own = Object.keys({ ...bindings }).filter((name) => !(name in constructs.bindings));

  expect(own.sort()).toEqual(["ephemeralQumuloAccessToken", "ephemeralQumuloSession", "providerFunctions"]);
  for (const name of ["EphemeralAccessToken", "EphemeralSession", "qumuloFunctions"]) {
    expect(constructs).not.toHaveProperty(name);
  }
});

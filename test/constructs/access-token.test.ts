import { expect, test } from "@jest/globals";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { AccessToken, type IServiceAccount, Role, ServiceAccount } from "../../constructs/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

interface GivenAccount {
  readonly stack: TerraformStack;
  readonly account: ServiceAccount;
}

function givenAccount(): GivenAccount {
  const stack = givenQumuloStack();
  return { stack, account: new ServiceAccount(stack, "backup", { name: "svc-backup" }) };
}

test("an access token names its account by id, so that renaming the account keeps it", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token", { expirationTime: "2999-01-31T12:00:00Z", enabled: false });

  expect(templateOf(stack).onlyResource("qumulo_access_token")).toEqual({
    user: expect.stringMatching(/^auth_id:\$\{qumulo_local_user\.backup_\w+\.id\}$/),
    expiration_time: "2999-01-31T12:00:00Z",
    enabled: false,
  });
});

test("the bearer token and the id are references, in no form the text itself", () => {
  const { account } = givenAccount();

  const token = account.issueToken("token");

  expect(Token.isUnresolved(token.bearerToken)).toBe(true);
  expect(Token.isUnresolved(token.tokenId)).toBe(true);
});

test("the output of a bearer token is sensitive", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token").output("backup_bearer_token");

  expect(templateOf(stack).outputs).toEqual({
    backup_bearer_token: {
      value: expect.stringMatching(/^\$\{qumulo_access_token\.backup_token_\w+\.bearer_token\}$/),
      sensitive: true,
      description: "Bearer token of stack/backup/token.",
    },
  });
});

test.each(["", "1st", "-x", "a b", "a.b"])("%p is not a name for an output", (name) => {
  const token = givenAccount().account.issueToken("token");

  const refusal = refusalOf(() => token.output(name));

  expect(refusal).toMatchObject({ constructPath: "stack/backup/token", prop: "name" });
});

test("an output does not take the name of something else in the stack", () => {
  const token = givenAccount().account.issueToken("token");
  token.output("bearer_token");

  const refusals = ["bearer_token", "backup"].map((name) => refusalOf(() => token.output(name)));

  expect(refusals.map(({ message }) => message)).toEqual([
    expect.stringContaining("stack/bearer_token"),
    expect.stringContaining("stack/backup has"),
  ]);
});

test.each(["2999-01-31", "2999-01-31T12:00:00", "2999-02-30T12:00:00Z", "tomorrow", ""])(
  "the expiration time %p is refused",
  (expirationTime) => {
    const { account } = givenAccount();

    const refusal = refusalOf(() => account.issueToken("token", { expirationTime }));

    expect(refusal).toMatchObject({ constructPath: "stack/backup/token", prop: "expirationTime" });
    expect(refusal.message).toContain("RFC 3339");
  },
);

test("an expiration time with an offset is accepted", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token", { expirationTime: "2999-01-31T14:00:00+02:00" });

  expect(warningsOf(stack)).toEqual([]);
});

test("an expiration time in the past warns, so that an expired token does not stop other changes", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token", { expirationTime: "2001-01-31T12:00:00Z" });

  expect(warningsOf(stack)).toEqual([expect.stringContaining("2001-01-31T12:00:00Z is in the past")]);
});

test("every prop takes a value that the engine resolves later", () => {
  const { stack, account } = givenAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" });
  const flag = new TerraformVariable(stack, "flag", { type: "bool" });

  account.issueToken("token", { expirationTime: text.stringValue, enabled: flag.booleanValue });

  expect(templateOf(stack).onlyResource("qumulo_access_token")).toMatchObject({
    expiration_time: "${var.text}",
    enabled: "${var.flag}",
  });
});

test("an account has two access tokens, and a third is refused with the names of both", () => {
  const { stack, account } = givenAccount();
  account.issueToken("first");
  new AccessToken(stack, "second", { account });

  const refusal = refusalOf(() => account.issueToken("third"));

  expect(refusal.message).toContain("stack/backup/first, stack/second");
});

test("a token waits for every membership of its account, those of later grants included", () => {
  const { stack, account } = givenAccount();
  Role.builtIn(stack, "observers", "Observers").grantTo(account);
  account.issueToken("token");
  new Role(stack, "reader", { name: "reader" }).grantTo(account);

  const template = templateOf(stack);

  const members = Object.keys(template.resources("qumulo_role_member")).map((id) => `qumulo_role_member.${id}`);
  expect(members).toHaveLength(2);
  expect(template.onlyResource("qumulo_access_token")["depends_on"]).toEqual(expect.arrayContaining(members));
});

test("a token waits for no membership of another account", () => {
  const { stack, account } = givenAccount();
  const other = new ServiceAccount(stack, "other", { name: "svc-other" });

  account.issueToken("token");
  Role.builtIn(stack, "observers", "Observers").grantTo(other);

  expect(templateOf(stack).onlyResource("qumulo_access_token")).not.toHaveProperty("depends_on");
});

class Nobody extends Construct implements IServiceAccount {
  readonly name = "nobody";
  readonly identity = {};
  readonly provider = undefined;

  issueToken(id: string): AccessToken {
    return new AccessToken(this, id, { account: this });
  }
}

test("an account of the program's own making needs an identity", () => {
  const nobody = new Nobody(givenQumuloStack(), "nobody");

  const refusal = refusalOf(() => nobody.issueToken("token"));

  expect(refusal).toMatchObject({ constructPath: "stack/nobody/token", prop: "account" });
});

test("addresses in state depend on construct ids alone", () => {
  const addresses = ["svc-backup", "svc-renamed"].map((name) => {
    const stack = givenQumuloStack();
    const account = new ServiceAccount(stack, "backup", { name });
    new Role(stack, "reader", { name: `${name}-role` }).grantTo(account);
    account.issueToken("token");
    const template = templateOf(stack);
    return ["qumulo_local_user", "qumulo_role", "qumulo_role_member", "qumulo_access_token"].flatMap((type) =>
      Object.keys(template.resources(type)),
    );
  });

  expect(addresses[0]).toHaveLength(4);
  expect(addresses[1]).toEqual(addresses[0]);
  // Golden: a change here replaces what practitioners have deployed.
  expect(addresses[0]).toEqual([
    "backup_98F0E993",
    "reader_977270FF",
    "reader_backup-2d5dec66_17D1FD19",
    "backup_token_56CFF1F1",
  ]);
});

import { expect, test } from "@jest/globals";
import type { TerraformProvider } from "cdktf";
import { expectTypeOf } from "expect-type";
import {
  AccessPolicy,
  type AccessToken,
  type BuiltInGroupName,
  Duration,
  type Grant,
  type IAccessToken,
  type ILocalGroup,
  type IRole,
  type IServiceAccount,
  type IssueTokenProps,
  LocalGroup,
  Privilege,
  type Privileges,
  type QumuloProvider,
  type Role,
  ServiceAccount,
  ServiceIdentity,
} from "../../constructs/index.ts";

test("constructs keep their types", () => {
  expectTypeOf<Role>().toExtend<IRole>();
  expectTypeOf<ServiceAccount>().toExtend<IServiceAccount>();
  expectTypeOf<QumuloProvider>().toExtend<TerraformProvider>();
  expectTypeOf<ReturnType<Role["grantTo"]>>().toEqualTypeOf<Grant>();
  expectTypeOf<ReturnType<ServiceAccount["issueToken"]>>().toEqualTypeOf<AccessToken>();
  expectTypeOf<Role["privileges"]>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<AccessToken["bearerToken"]>().toEqualTypeOf<string>();
  expectTypeOf<AccessToken>().toExtend<IAccessToken>();
  expectTypeOf<IssueTokenProps["encryptTo"]>().toEqualTypeOf<string | readonly string[] | undefined>();
  expectTypeOf<ReturnType<typeof Role.fromName>>().toEqualTypeOf<IRole>();
  expectTypeOf<"PRIVILEGE_QUOTA_READ">().toExtend<Privilege>();
  expectTypeOf<string>().toExtend<Privilege>();
  expectTypeOf<{ expirationTime: undefined }>().toExtend<IssueTokenProps>();
  expectTypeOf<LocalGroup>().toExtend<ILocalGroup>();
  expectTypeOf<ReturnType<typeof LocalGroup.fromId>>().toEqualTypeOf<ILocalGroup>();
  expectTypeOf<ReturnType<typeof ServiceAccount.fromId>>().toEqualTypeOf<IServiceAccount>();
  expectTypeOf<"Users">().toExtend<BuiltInGroupName>();
  expectTypeOf<typeof Privilege.QUOTA_READ>().toEqualTypeOf<"PRIVILEGE_QUOTA_READ">();
  expectTypeOf<ReturnType<typeof Privileges.quotas>>().toExtend<readonly Privilege[]>();
  expectTypeOf<ServiceIdentity["token"]>().toEqualTypeOf<AccessToken>();
  expect(true).toBe(true);
});

/** Never runs: the compiler alone reads it. */
export function whatTheCompilerRefuses(role: Role, account: IServiceAccount, token: AccessToken): void {
  // @ts-expect-error the name of a role is fixed once it is made
  role.name = "other";
  // @ts-expect-error a bearer token comes from the cluster alone
  token.bearerToken = "x";
  // @ts-expect-error roles are granted to accounts, not to names
  role.grantTo("svc-backup");
  // @ts-expect-error a time is text with an offset; a date would differ with every run
  account.issueToken("token", { expirationTime: new Date() });
  // @ts-expect-error a service account has no password
  new ServiceAccount(role, "other", { name: "svc", password: "x" });
  // @ts-expect-error a name is needed
  new ServiceAccount(role, "other", {});
  // @ts-expect-error durations are a type, not text
  account.issueToken("token", { expiresIn: "90d" });
  // @ts-expect-error a recipient is a public key as text
  account.issueToken("token", { encryptTo: 7 });
  // @ts-expect-error whether an administrator may have a token is yes or no
  account.issueToken("token", { allowAdministrator: "yes" });
  // @ts-expect-error whether a token is encrypted is decided when it is made
  token.isEncrypted = true;
  // @ts-expect-error a duration is made by its unit
  new Duration("90d", 1);
  // @ts-expect-error nor is it a number
  AccessPolicy.applyTo(role, { maxTokenLife: 90 });
  // @ts-expect-error a role is not a member of a group
  new LocalGroup(role, "group", { name: "group", members: [role] });
  // @ts-expect-error an identity says what it may do
  const identity = new ServiceIdentity(role, "identity", { name: "svc" });
  // @ts-expect-error the parts of an identity are fixed
  identity.token = token;
  // @ts-expect-error constants are not to be changed
  Privilege.QUOTA_READ = "PRIVILEGE_DEBUG";
}

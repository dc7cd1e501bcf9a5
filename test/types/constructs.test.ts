import { expect, test } from "@jest/globals";
import type { TerraformProvider } from "cdktf";
import { expectTypeOf } from "expect-type";
import {
  type AccessToken,
  type Grant,
  type IRole,
  type IServiceAccount,
  type IssueTokenProps,
  type Privilege,
  type QumuloProvider,
  type Role,
  ServiceAccount,
} from "../../constructs/index.ts";

test("constructs keep their types", () => {
  expectTypeOf<Role>().toExtend<IRole>();
  expectTypeOf<ServiceAccount>().toExtend<IServiceAccount>();
  expectTypeOf<QumuloProvider>().toExtend<TerraformProvider>();
  expectTypeOf<ReturnType<Role["grantTo"]>>().toEqualTypeOf<Grant>();
  expectTypeOf<ReturnType<ServiceAccount["issueToken"]>>().toEqualTypeOf<AccessToken>();
  expectTypeOf<Role["privileges"]>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<AccessToken["bearerToken"]>().toEqualTypeOf<string>();
  expectTypeOf<ReturnType<typeof Role.fromName>>().toEqualTypeOf<IRole>();
  expectTypeOf<"PRIVILEGE_QUOTA_READ">().toExtend<Privilege>();
  expectTypeOf<string>().toExtend<Privilege>();
  expectTypeOf<{ expirationTime: undefined }>().toExtend<IssueTokenProps>();
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
}

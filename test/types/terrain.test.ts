import { expect, test } from "@jest/globals";
import { expectTypeOf } from "expect-type";
import type * as constructs from "../../constructs/index.ts";
import {
  type EphemeralAccessToken,
  type EphemeralAccessTokenProps,
  EphemeralSession,
  type EphemeralSessionProps,
  type IServiceAccount,
  type qumuloFunctions,
} from "../../constructs/terrain/index.ts";
import type * as terrain from "../../constructs/terrain/index.ts";

test("what only CDK Terrain has keeps its types", () => {
  expectTypeOf<EphemeralAccessToken["bearerToken"]>().toEqualTypeOf<string>();
  expectTypeOf<EphemeralSession["bearerToken"]>().toEqualTypeOf<string>();
  expectTypeOf<EphemeralAccessTokenProps["account"]>().toEqualTypeOf<IServiceAccount>();
  expectTypeOf<EphemeralAccessToken>().not.toHaveProperty("importFrom");
  expectTypeOf<{ username: undefined }>().toExtend<EphemeralSessionProps>();
  expectTypeOf<ReturnType<typeof qumuloFunctions.credentialsFile>>().toEqualTypeOf<string>();
  expect(true).toBe(true);
});

test("the entry for CDKTF has the same names and types, but for these", () => {
  type Beyond = Exclude<keyof typeof terrain, keyof typeof constructs>;
  expectTypeOf<Beyond>().toEqualTypeOf<"EphemeralAccessToken" | "EphemeralSession" | "qumuloFunctions">();
  expectTypeOf<Exclude<keyof typeof constructs, keyof typeof terrain>>().toEqualTypeOf<never>();
  expect(true).toBe(true);
});

/** Never runs: the compiler alone reads it. */
export function whatTheCompilerRefuses(token: EphemeralAccessToken): void {
  // @ts-expect-error a bearer token comes from the cluster alone
  token.bearerToken = "x";
  // @ts-expect-error a session is not an account
  new EphemeralSession(token, "session", { account: token.account });
}

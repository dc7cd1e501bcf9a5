import { expect, test } from "@jest/globals";
import { isNeverUser, parseIdentityText, renderIdentityText } from "../../src/vocabulary/identity-text.ts";

test.each([
  ["local:svc", { domain: "LOCAL", name: "svc" }],
  ["LOCAL : svc ", { domain: "LOCAL", name: "svc" }],
  ["ad:EXAMPLE\\jane", { domain: "ACTIVE_DIRECTORY", name: "EXAMPLE\\jane" }],
  ["ldap_user:bob", { domain: "POSIX_USER", name: "bob" }],
  ["ldap_group:lab", { domain: "POSIX_GROUP", name: "lab" }],
  ["world:everyone", { domain: "WORLD", name: "Everyone" }],
  ["name:uid:7", { name: "uid:7" }],
  ["sid:S-1-5-21-1", { sid: "S-1-5-21-1" }],
  ["s-1-5-21-1", { sid: "s-1-5-21-1" }],
  ["s-1-team", { name: "s-1-team" }],
  ["uid:5001", { uid: 5001 }],
  ["uid:4294967295", { uid: 4_294_967_295 }],
  ["gid:0", { gid: 0 }],
  ["auth_id:1004", { authId: "1004" }],
  ["auth_id:0x3EC", { authId: "1004" }],
  ["auth_id:18446744073709551615", { authId: "18446744073709551615" }],
  ["svc", { name: "svc" }],
  ["500", { name: "500" }],
  ["AD\\jane", { name: "AD\\jane" }],
  ["jane@example.com", { name: "jane@example.com" }],
  ["CN=a:b,DC=example", { name: "CN=a:b,DC=example" }],
])("%j names an identity", (text, identity) => {
  expect(parseIdentityText(text)).toEqual({ kind: "identity", identity });
});

test.each([
  "",
  "  ",
  "local:",
  "qumulosupport:everyone",
  "constructor:x",
  "world:Somebody",
  "uid:4294967296",
  "uid:-1",
  "uid:1.5",
  "gid:x",
  "auth_id:18446744073709551616",
  "auth_id:abc",
])("%j names none", (text) => {
  expect(parseIdentityText(text).kind).toBe("invalid");
});

test("groups and everyone can never own an access token", () => {
  expect(isNeverUser({ gid: 5 })).toBe(true);
  expect(isNeverUser({ domain: "POSIX_GROUP", name: "lab" })).toBe(true);
  expect(isNeverUser({ domain: "WORLD", name: "Everyone" })).toBe(true);
  expect(isNeverUser({ domain: "LOCAL", name: "Users" })).toBe(false);
  expect(isNeverUser({ uid: 5 })).toBe(false);
});

test.each([
  { domain: "LOCAL", name: "svc", authId: "1004" } as const,
  { authId: "1004", name: "svc" },
  { sid: "S-1-5-21-1" },
  { uid: 7 },
  { gid: 7 },
  { name: "uid:7" },
])("%j is written so that it reads back", (identity) => {
  const text = renderIdentityText(identity);

  const parsed = parseIdentityText(text ?? "");

  expect(parsed.kind).toBe("identity");
  expect(identity).toMatchObject(parsed.kind === "identity" ? parsed.identity : { name: "unreadable" });
});

test("an empty reference has no text", () => {
  expect(renderIdentityText({})).toBeUndefined();
});

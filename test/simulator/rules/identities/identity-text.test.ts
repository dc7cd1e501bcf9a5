import { expect, test } from "@jest/globals";
import { parseIdentityQuery } from "../../../../src/simulator/rules/identities/identity-text.ts";

test.each([
  ["local:svc", { domain: "LOCAL", name: "svc" }],
  [" Local : svc ", { domain: "LOCAL", name: "svc" }],
  ["ad:CORP\\jane", { domain: "ACTIVE_DIRECTORY", name: "CORP\\jane" }],
  ["ldap_user:bob", { domain: "POSIX_USER", name: "bob" }],
  ["ldap_group:lab", { domain: "POSIX_GROUP", name: "lab" }],
  ["world:Everyone", { domain: "WORLD", name: "Everyone" }],
  ["name:a:b", { name: "a:b" }],
  ["sid:S-1-1-0", { sid: "S-1-1-0" }],
  ["s-1-5-21-1-2-3-500", { sid: "s-1-5-21-1-2-3-500" }],
  ["S-1-0x100000000-1", { sid: "S-1-0x100000000-1" }],
  ["s-1-team", { name: "s-1-team" }],
  ["S-1-5-", { name: "S-1-5-" }],
  ["uid:0", { uid: 0 }],
  ["uid:4294967295", { uid: 4_294_967_295 }],
  ["gid:5001", { gid: 5_001 }],
  ["auth_id:1004", { authId: "1004" }],
  ["auth_id:0x3EC", { authId: "1004" }],
  ["auth_id:0o1754", { authId: "1004" }],
  ["auth_id:0b1111101100", { authId: "1004" }],
  ["auth_id:18446744073709551615", { authId: "18446744073709551615" }],
  ["svc", { name: "svc" }],
  ["500", { name: "500" }],
  ["jane@example.com", { name: "jane@example.com" }],
  ["CN=a:b,DC=example", { name: "CN=a:b,DC=example" }],
])("%p names an identity", (text, query) => {
  expect(parseIdentityQuery(text)).toEqual(query);
});

test.each([
  "",
  "   ",
  "qumulosupport:everyone",
  "toString:x",
  "local:",
  "uid:svc",
  "uid:-1",
  "uid:4294967296",
  "gid:1.5",
  "auth_id:svc",
  "auth_id:18446744073709551616",
])("%p names none", (text) => {
  expect(() => parseIdentityQuery(text)).toThrow(expect.objectContaining({ refusal: "undecodable" }));
});

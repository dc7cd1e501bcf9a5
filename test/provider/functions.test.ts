import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { readCredentialsFile } from "../../src/client/credentials-file.ts";
import { givenUnconfiguredEngine } from "../support/provider/given-provider.ts";
import { plain, value } from "../support/provider/values.ts";

/** Calls a function of a provider that has no configuration; `undefined` stands for what a refusal is not. */
async function call(name: string, argument: string) {
  const answer = await givenUnconfiguredEngine().server.callFunction(name, [value(argument)]);
  return answer.kind === "result" ? { result: plain(answer.value) } : { refusal: answer };
}

const nothing = { domain: null, auth_id: null, uid: null, gid: null, sid: null, name: null };

test.each([
  ["local:svc", { domain: "LOCAL", name: "svc" }],
  [" LOCAL : svc ", { domain: "LOCAL", name: "svc" }],
  ["ad:LAB\\jane", { domain: "ACTIVE_DIRECTORY", name: "LAB\\jane" }],
  ["ldap_user:bob", { domain: "POSIX_USER", name: "bob" }],
  ["ldap_group:lab", { domain: "POSIX_GROUP", name: "lab" }],
  ["world:everyone", { domain: "WORLD", name: "Everyone" }],
  ["name:S-1-1-0", { name: "S-1-1-0" }],
  ["s-1-5-21-1-2-3-500", { sid: "s-1-5-21-1-2-3-500" }],
  ["sid:S-1-1-0", { sid: "S-1-1-0" }],
  ["uid:0", { uid: "0" }],
  ["gid:4294967295", { gid: "4294967295" }],
  ["auth_id:0x1f4", { auth_id: "500" }],
  ["auth_id:18446744069414584320", { auth_id: "18446744069414584320" }],
  ["500", { name: "500" }],
  ["CN=a:b,DC=lab", { name: "CN=a:b,DC=lab" }],
])("parse_identity takes %j apart", async (text, expected) => {
  expect(await call("parse_identity", text)).toEqual({ result: { ...nothing, ...expected } });
});

test.each([
  ["", "It is empty"],
  ["qumulosupport:x", "not a known prefix"],
  ["uid:4294967296", "0 to 4294967295"],
  ["auth_id:x", "below 2^64"],
  ["local:", "Nothing follows"],
  ["world:nobody", "world:Everyone"],
])("parse_identity refuses %j at its argument", async (text, reason) => {
  const { refusal } = await call("parse_identity", text);

  expect(refusal).toMatchObject({ argument: 0, text: expect.stringContaining(reason) });
  expect(refusal).toMatchObject({ text: expect.stringContaining("local:svc") });
  // Engines write a full stop after it.
  expect(refusal).toMatchObject({ text: expect.not.stringMatching(/\.$/) });
});

test("credentials_file writes what qq login writes, and what the provider reads", async () => {
  const bearerToken = "access-v1:EXAMPLE0EXAMPLE0+/==";
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-credentials-"));

  const { result } = await call("credentials_file", bearerToken);
  await writeFile(path.join(folder, "file"), String(result));
  const read = await readCredentialsFile(path.join(folder, "file"));
  await rm(folder, { recursive: true });

  // Keys in order, one line, as Python's JSON module writes it.
  expect(result).toBe(`{"bearer_token": "${bearerToken}", "version": 1}\n`);
  expect(read.kind === "bearer-token" && read.bearerToken.reveal()).toBe(bearerToken);
});

test.each([
  ["", "empty"],
  ["access-v1:Canary\n", "line breaks"],
  ["access-v1: Canary", "blanks"],
  ["access-v1:Canaryé", "other characters"],
])("credentials_file refuses %j at its argument, without repeating it", async (text, reason) => {
  const { refusal } = await call("credentials_file", text);

  expect(refusal).toMatchObject({ argument: 0, text: expect.stringContaining(reason) });
  expect(JSON.stringify(refusal)).not.toContain("Canary");
});

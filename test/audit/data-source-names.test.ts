import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { change, kept, planOf, token } from "../support/plans/plan-builder.ts";

type Values = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");

/** A data source that was read while planning. */
function read(type: string, values: Values): Values {
  return { address: `data.${type}.this`, mode: "data", type, name: "this", values };
}

function audited(data: readonly Values[], ...changes: readonly Values[]): Audit {
  return audit(planOf(changes, { prior_state: { values: { root_module: { resources: data } } } }), { now });
}

const administrator = change("qumulo_role_member.a", { after: { role_name: "Administrators", auth_id: "1001" } });
const tokenOf = (user: string): Values => kept("qumulo_access_token.t", { ...token, user });

function isAdministratorsToken({ open }: Audit): boolean {
  return open.some(({ rule }) => rule === "administrator-with-token");
}

describe.each(["opentofu", "terraform"])("a plan of %s", (engine) => {
  test("knows by data sources who is meant by a name, and who is in a group", () => {
    const document: unknown = JSON.parse(readFileSync(path.resolve(__dirname, `plans/${engine}-names.json`), "utf8"));
    const { changes } = audit(document, { now });

    expect(changes.map(({ identity, after }) => [identity, after])).toEqual([
      ["local:boss", ["local:boss → Observers", "local:boss → local:chiefs → keepers"]],
      ["local:chiefs", ["local:chiefs → keepers"]],
    ]);
  });
});

test.each<readonly [string, Values, string]>([
  ["a local user", read("qumulo_local_user", { id: "1001", name: "boss" }), "local:boss"],
  ["all local users", read("qumulo_local_users", { users: [{ id: "1001", name: "boss" }] }), "LOCAL\\boss"],
  [
    "an identity",
    read("qumulo_identity", { identity: "boss", auth_id: "1001", domain: "LOCAL", name: "boss", type: "USER" }),
    "boss",
  ],
  [
    "the SID of a local user",
    read("qumulo_local_user", { id: "1001", name: "boss", sid: "S-1-5-21-1-2-3-1001" }),
    "SID:S-1-5-21-1-2-3-1001",
  ],
  [
    "a member of a local group",
    read("qumulo_local_group", { id: "2001", name: "chiefs", members: [{ id: "1001", name: "boss" }] }),
    "local:boss",
  ],
])("%s that a data source tells is one with its auth_id", (_what, data, user) => {
  expect(isAdministratorsToken(audited([], administrator, tokenOf(user)))).toBe(false);
  expect(isAdministratorsToken(audited([data], administrator, tokenOf(user)))).toBe(true);
});

test("an identity of a directory is one with what was asked for", () => {
  const data = read("qumulo_identity", {
    identity: "ad:boss",
    auth_id: "8589934593",
    domain: "ACTIVE_DIRECTORY",
    name: "CORP\\boss",
    sid: "S-1-5-21-9-9-9-500",
    type: "USER",
  });
  const member = change("qumulo_role_member.a", { after: { role_name: "Administrators", auth_id: "8589934593" } });

  expect(isAdministratorsToken(audited([data], member, tokenOf("ad:boss")))).toBe(true);
  expect(isAdministratorsToken(audited([data], member, tokenOf("ad:other")))).toBe(false);
});

test("who has the auth_id of the built-in administrator is the administrator, whatever the name", () => {
  const data = read("qumulo_local_user", { id: "500", name: "root" });

  expect(isAdministratorsToken(audited([data], tokenOf("local:root")))).toBe(true);
});

test("a name that no data source tells may still be somebody's: it is not told as nobody's", () => {
  const data = read("qumulo_local_users", { users: [{ id: "1001", name: "boss" }] });

  const { open } = audited([data], administrator, tokenOf("local:other"));

  expect(open.filter(({ what }) => /no account of the cluster|nobody has/.test(what))).toEqual([]);
});

test("what a data source tells only during apply is not known before", () => {
  const data = change("qumulo_local_user.this", {
    actions: ["read"],
    after: { name: "boss" },
    unknown: { id: true, sid: true },
    more: { address: "data.qumulo_local_user.this", mode: "data" },
  });

  expect(isAdministratorsToken(audited([], data, administrator, tokenOf("local:boss")))).toBe(false);
});

import { describe, expect, test } from "@jest/globals";
import { audit } from "../../src/audit/audit.ts";
import { change, kept, planOf, token } from "../support/plans/plan-builder.ts";

const now = new Date("2026-03-02T08:00:00Z");
const spellings = ["local:admin", "admin", "LOCAL:Admin", "auth_id:500"];

describe.each(spellings)("a new access token for %s", (user) => {
  const plan = planOf([
    change("qumulo_access_token.root", {
      actions: ["create"],
      after: { ...token, id: undefined, identity: undefined, user },
      unknown: { id: true, identity: true },
    }),
  ]);

  test("is one for an administrator, without asking the cluster", () => {
    const { open } = audit(plan, { now });

    expect(open.map(({ rule }) => rule)).toContain("administrator-with-token");
    expect(open.map(({ rule }) => rule)).not.toContain("new-administrator");
  });

  test("is the same finding when the cluster was asked", () => {
    const facts = {
      users: [{ id: "500", name: "admin" }],
      groups: [],
      roles: [{ name: "Administrators", privileges: [], members: [{ domain: "LOCAL", authId: "500", name: "admin" }] }],
      accessTokens: [],
    };

    const found = audit(plan, { now, facts: [facts] }).open.filter(({ rule }) => rule === "administrator-with-token");

    expect(found).toHaveLength(1);
  });
});

test("the account that was given the name admin is not the administrator", () => {
  const plan = planOf([kept("qumulo_access_token.other", { ...token, user: "local:admin", identity: null })]);
  const facts = { users: [{ id: "1007", name: "admin" }], groups: [], roles: [], accessTokens: [] };

  const { open } = audit(plan, { now, facts: [facts] });

  expect(open.map(({ rule }) => rule)).not.toContain("administrator-with-token");
});

test("a member of a role who is the administrator gains nothing by it", () => {
  const plan = planOf([
    change("qumulo_role_member.root", {
      actions: ["create"],
      after: { role_name: "ops", auth_id: "500", domain: "LOCAL", name: "admin" },
    }),
  ]);

  const { changes } = audit(plan, { now });

  expect(changes.find(({ identity }) => identity === "local:admin")?.gained).toEqual([]);
});

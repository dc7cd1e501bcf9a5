import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { audit } from "../../src/audit/audit.ts";
import type { Policy } from "../../src/audit/gate/policy.ts";
import { rules } from "../../src/audit/rules/registry.ts";
import { change, holder, planOf } from "../support/plans/plan-builder.ts";
import { type RuleCase, ruleCases } from "../support/plans/rule-cases.ts";

type Plan = Readonly<Record<string, unknown>>;

const pages = path.resolve(__dirname, "../../docs/audit/rules");
const now = new Date("2026-03-02T08:00:00Z");
const reference = { name: "reference.json", document: planOf(holder("QUOTA_READ")) };

function found(plan: Plan, policy?: Policy): readonly string[] {
  return audit(plan, { now, policy, reference }).open.map(({ rule }) => rule);
}

const cases: Readonly<Record<string, RuleCase>> = {
  ...ruleCases,
  "beyond-reference": [planOf(holder("METRICS_READ")), planOf(holder("QUOTA_READ"))],
};

test.each(rules.map(({ id }) => id))("%s finds what it looks for, and nothing where that is not", (id) => {
  const [bad, good, policy] = cases[id] ?? [planOf([]), planOf([])];

  expect(found(bad, policy)).toContain(id);
  expect(found(good, policy)).not.toContain(id);
});

test.each(rules)("$id has a page with its title, its severity, a bad and a good example", ({ id, title, severity }) => {
  const page = readFileSync(path.join(pages, `${id}.md`), "utf8");

  expect(page).toContain(`# ${id}\n\n${title}. Severity: ${severity}.`);
  expect(page).toMatch(/## Bad\n\n```hcl\n[^`]+```\n\n## Good\n\n```hcl\n[^`]+```\n$/);
});

test("every page is of a rule, and the ids of rules differ", () => {
  const names = readdirSync(pages).filter((name) => name !== "README.md");

  expect(names.toSorted()).toEqual(rules.map(({ id }) => `${id}.md`).toSorted());
});

test("whose token it is follows from the configuration, also where a key of for_each has brackets and dots", () => {
  const user = `qumulo_local_user.each["a].b"]`;
  const expressions = { user: { references: [`${user}.id`, user, "qumulo_local_user.each"] } };
  const resource = { mode: "managed", type: "qumulo_access_token", name: "svc", expressions };
  const plan = planOf(
    [
      { ...change("qumulo_local_user.each", { after: { name: "svc" }, unknown: { id: true } }), address: user },
      change("qumulo_access_token.svc", { after: { expires_in: "90d" }, unknown: { id: true, user: true } }),
    ],
    { configuration: { root_module: { resources: [resource] } } },
  );

  const { open, changes } = audit(plan, { now });

  expect(open).toEqual([]);
  expect(changes.map(({ identity, tokens }) => [identity, tokens.length])).toEqual([["local:svc", 1]]);
});

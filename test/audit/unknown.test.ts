import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import type { Policy } from "../../src/audit/gate/policy.ts";
import { type Leaf, leavesOf, withUnknown } from "../support/plans/unknown-leaves.ts";
import { fc } from "../support/search.ts";
import { ruleCases } from "../support/plans/rule-cases.ts";

const folder = path.resolve(__dirname, "plans");
/** Those that leave something on the cluster that could be unknown. */
const plans = readdirSync(folder)
  .map((name): readonly [string, unknown] => [name, JSON.parse(readFileSync(path.join(folder, name), "utf8"))])
  .filter(([, document]) => leavesOf(document).length > 0);
/** How many values of each plan are tried. */
const numRuns = Number(process.env["UNKNOWN_RUNS"] ?? 15);
const now = new Date("2026-03-02T08:00:00Z");
const policy: Policy = {
  principal: "somebody",
  maximum_lifetime: "30d",
  required_overlap: "48h",
  forbidden_privileges: ["PRIVILEGE_QUOTA_READ"],
  names: { users: "app-.+" },
};

/** Rules that found more before, and of which neither a new review says that they cannot tell nor one at the same place. */
function silenced(before: Audit, after: Audit, place: string): readonly string[] {
  const known = new Set(before.open.map(({ fingerprint }) => fingerprint));
  const reviews = after.open.filter(({ fingerprint, address }) => !known.has(fingerprint) || address === place);
  const undecided = new Set(reviews.flatMap(({ undecided: ids }) => ids));
  const count = ({ open }: Audit, id: string): number =>
    open.filter(({ rule, kind }) => rule === id && kind === "finding").length;
  return before.rules.map(({ id }) => id).filter((id) => count(after, id) < count(before, id) && !undecided.has(id));
}

/** Finds a rule that says nothing where one value is unknown. */
function silencedBy(document: unknown, asked: Policy | undefined): (leaf: Leaf) => readonly string[] {
  const before = audit(document, { now, policy: asked });
  return (leaf) =>
    silenced(before, audit(withUnknown(document, leaf), { now, policy: asked }), leaf.address).map(
      (rule) => `${rule} by ${leaf.address} ${leaf.path.join(".")}`,
    );
}

describe("whatever is made unknown in a plan that a rule finds something in, the rule is never silent", () => {
  test.each(Object.keys(ruleCases))("%s", (id) => {
    const [bad, , asked] = ruleCases[id] ?? [];

    expect(leavesOf(bad).flatMap(silencedBy(bad, asked))).toEqual([]);
  });

  test.each(plans)("in all that an engine has printed: %s", (_name, document) => {
    const leaves = leavesOf(document);
    const find = silencedBy(document, policy);

    fc.assert(
      fc.property(fc.constantFrom(...leaves), (leaf) => {
        expect(find(leaf)).toEqual([]);
      }),
      { numRuns },
    );
  });
});

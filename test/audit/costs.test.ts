import { describe, expect, test } from "@jest/globals";
import { IdentityRegistry } from "../../src/audit/access/identity-registry.ts";
import { audit } from "../../src/audit/audit.ts";
import { References } from "../../src/audit/plan/references.ts";
import { parseAddress } from "../../src/audit/plan/resource-address.ts";
import type { ShownConfiguredModule } from "../../src/audit/plan/shown-document.ts";
import { SecretTexts } from "../../src/audit/secret-texts.ts";
import { change, planOf } from "../support/plans/plan-builder.ts";

const now = new Date("2026-03-02T08:00:00Z");
const provider = { name: "qumulo", full_name: "registry.opentofu.org/cdktf-qumulo/qumulo" };

/** Modules nested so deep, in which each output is made of two instances of the one within: twice as many at each level. */
function fanOut(levels: number, onAsked: () => void): ReadonlyMap<string, ShownConfiguredModule> {
  const modules = new Map<string, ShownConfiguredModule>();
  for (let level = 0; level <= levels; level += 1) {
    const inner = level === levels ? ["qumulo_local_user.svc"] : ['module.m["a"].out', 'module.m["b"].out'];
    const expression = {
      get references(): readonly string[] {
        onAsked();
        return inner;
      },
    };
    modules.set("module.m.".repeat(level), { outputs: { out: { expression } } });
  }
  return modules;
}

describe("references", () => {
  const root = { place: parseAddress("qumulo_role_member.m"), resource: undefined };

  test("that fan out are followed in so many steps and no more, and what is left is not told", () => {
    let asked = 0;
    const modules = fanOut(90, () => (asked += 1));
    const references = new References({ modules, addresses: new Set(), mostSteps: 5_000 });

    const found = references.find({ ...root, references: ['module.m["a"].out', 'module.m["b"].out'] });

    expect(found).toEqual([]);
    expect(asked).toBeLessThanOrEqual(5_000);
  });

  test("of many instances that lead to the same are followed once", () => {
    let asked = 0;
    const modules = fanOut(9, () => (asked += 1));
    const addresses = new Set(['module.m["a"].qumulo_local_user.svc']);
    const references = new References({ modules, addresses, mostSteps: 100_000 });

    for (let index = 0; index < 1_000; index += 1) {
      references.find({ ...root, references: ['module.m["a"].out'] });
    }

    expect(asked).toBeLessThan(2 ** 10);
  });

  test.each([
    ["each other", ["each.a", "each.b", "each.c", "each.d"]],
    ["themselves among others", ["each.value", "qumulo_local_user.svc"]],
  ])("that lead to %s are not told, and somebody must review them", (_to, references) => {
    const expressions = { auth_id: { references }, role_name: { references } };
    const member = {
      mode: "managed",
      type: "qumulo_role_member",
      name: "m",
      provider_config_key: "qumulo",
      expressions,
    };
    const resources = [{ ...member, for_each_expression: { references } }];
    const plan = planOf(
      [
        change("qumulo_local_user.svc", { after: { name: "svc" }, unknown: { id: true } }),
        change("qumulo_role_member.m", { after: { role_name: "Administrators" }, unknown: { auth_id: true } }),
      ],
      { configuration: { provider_config: { qumulo: provider }, root_module: { resources } } },
    );

    const { open } = audit(plan, { now });

    expect(open.map(({ rule, address }) => [rule, address])).toContainEqual(["unknown-access", "qumulo_role_member.m"]);
  });

  test("of which many are named by one expression are compared by their order, and the longest ones count", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => [
      `qumulo_local_user.u${index}`,
      `qumulo_local_user.u${index}.id`,
    ]).flat();
    const addresses = new Set(many.filter((address) => !address.endsWith(".id")));
    const references = new References({ modules: new Map(), addresses, mostSteps: 200_000 });

    const found = references.find({ ...root, references: many });

    expect(found).toHaveLength(20_000);
  });
});

test("modules that are nested deeper than anybody does are refused", () => {
  const nested = (levels: number): object =>
    levels === 0 ? {} : { module_calls: { m: { module: nested(levels - 1) } } };
  const planWith = (levels: number): object =>
    planOf([], { configuration: { provider_config: { qumulo: provider }, root_module: nested(levels) } });

  expect(() => audit(planWith(100), { now })).not.toThrow();
  expect(() => audit(planWith(101), { now })).toThrow("Modules are nested more than 100 deep");
});

describe("secrets in texts", () => {
  /** Secrets of all lengths that are the same as far as they go, and a text that is nothing else for long. */
  function alike(size: number): { readonly secrets: SecretTexts; readonly text: string } {
    const secrets = new SecretTexts();
    for (let length = 4; length < Math.sqrt(2 * size); length += 1) secrets.add(`${"a".repeat(length)}b`);
    secrets.add(`${"a".repeat(size)}b`);
    return { secrets, text: `${"a".repeat(size)}c` };
  }

  test.each([1_000, 10_000, 100_000])("cost so much for each of %d characters, however alike they are", (size) => {
    const { secrets, text } = alike(size);

    secrets.removeFrom(text);

    expect(secrets.comparisons).toBeLessThan(70 * size);
  });

  test("are removed, the longest first", () => {
    const secrets = new SecretTexts();
    for (const secret of ["secret", "secret-longer", "four", "for"]) secrets.add(secret);

    expect(secrets.removeFrom("a secret, a secret-longer, a secret-long, four for")).toBe(
      "a [redacted], a [redacted], a [redacted]-long, [redacted] for",
    );
  });

  test("are removed also where they are learned late", () => {
    const secrets = new SecretTexts();
    secrets.add("first-secret");
    secrets.removeFrom("x");
    secrets.add("zweites");

    expect(secrets.removeFrom("first-secret zweites")).toBe("[redacted] [redacted]");
  });

  test("that are long are removed as far as a text shows them", () => {
    const secrets = new SecretTexts();
    const key = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
    secrets.add(key);

    expect(secrets.removeFrom(`key: ${key}.`)).toBe("key: [redacted].");
    expect(secrets.removeFrom(`key: ${key.slice(0, 100)}…`)).toBe("key: [redacted]…");
    expect(secrets.removeFrom(`key: ${key.slice(0, 63)}…`)).toBe(`key: ${key.slice(0, 63)}…`);
  });
});

test("a small plan in which too many have too much is refused, and it says why", () => {
  const length = 3_000;
  const privileges = Array.from({ length }, (_, index) => `PRIVILEGE_${index}`);
  const members = Array.from({ length }, (_, index) =>
    change(`qumulo_role_member.m${index}`, { after: { role_name: "r", auth_id: `${1_000 + index}` } }),
  );
  const plan = planOf([change("qumulo_role.r", { after: { name: "r", privileges } }), ...members]);

  expect(() => audit(plan, { now })).toThrow(
    "It has 9003000 ways from identities to privileges, which is more than an audit can handle. Split the configuration.",
  );
});

test("of names that are joined one after the other, the last look-up is as short as the first", () => {
  const length = 20_000;
  const registry = new IdentityRegistry();
  for (let index = 1; index < length; index += 1) registry.join([`auth_id:${index}`, `auth_id:${index - 1}`]);

  const found = new Set(Array.from({ length }, (_, index) => registry.find(`auth_id:${index}`)));

  expect(found.size).toBe(1);
});

import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenFolder, onOpenTofu } from "../support/engines/given-workspace.ts";
import { follow, givenReader } from "../support/pages/page-reader.ts";
import { readBlocks, readPage } from "../support/pages/pages.ts";
import type { Shell } from "../support/pages/shells.ts";

const pages = ["docs/audit/first-audit.md", "docs/audit/policy.md", "docs/audit/baseline.md"];

onOpenTofu((engine) => {
  test.each<Shell>(["bash", "zsh"])(
    "an auditor goes through the first audit, the policy and the baseline in one %s, and every example is as shown",
    async (shell) => {
      const workspace = await givenFolder({ ...engine, attaches: false }, "");
      const reader = await givenReader(workspace, { extra: { TF_CLI_CONFIG_FILE: undefined }, shell });

      for (const page of pages) await follow(reader, page);

      expect((await workspace.cluster.admin.get("/v1/users/")).body).toHaveLength(2);
      expect((await readdir(reader.folder)).filter((name) => name.endsWith(".json"))).toEqual([]);
    },
  );
});

test.each([
  ["docs/audit/policy.md", "audit-policy-1.json"],
  ["docs/audit/baseline.md", "audit-baseline-1.json"],
])("%s names every key of %s, and has an example of each", async (page, schema) => {
  const text = await readPage(page);
  const examples = (await readBlocks(page)).filter(({ language }) => language === "json").map(({ code }) => code);

  const keys = keysOf(JSON.parse(await readPage(path.join("schemas", schema))));

  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  expect(keys.filter((key) => !examples.join("\n").includes(`"${key}":`))).toEqual([]);
});

/** The names of all properties that a JSON schema knows, at any level. */
function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, below]: [string, unknown]) => [
    ...(name === "properties" && typeof below === "object" && below !== null ? Object.keys(below) : []),
    ...keysOf(below),
  ]);
}

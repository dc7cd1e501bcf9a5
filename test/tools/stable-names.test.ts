import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { commandLineNames } from "../../tools/names/command-line.ts";
import { compareNames, explainGone } from "../../tools/names/compare.ts";
import { providerNames } from "../../tools/names/provider.ts";

const file = "etc/stable-names.txt";
const recorded = readFileSync(path.join(__dirname, "../..", file), "utf8")
  .trimEnd()
  .split("\n");

test("a name that is gone, and one that has changed, are told with what to do", () => {
  const there = ["resource a name: string, optional", "command audit"];

  const compared = compareNames(["command audit", "command verify", "resource a name: string, required"], there);

  expect(compared.gone).toEqual(["command verify", "resource a name: string, required"]);
  expect(compared.added).toEqual(["resource a name: string, optional"]);
  expect(explainGone(compared, file)).toMatch(
    / {2}command verify\n[^]*delete its line from\netc\/stable-names\.txt by hand/,
  );
});

test("a new name breaks nobody", () => {
  expect(explainGone(compareNames(["command audit"], ["command audit", "command new"]), file)).toBeUndefined();
});

test("the names of the command line hold flags, what they take, variables and exit statuses", () => {
  const names = commandLineNames();

  expect(names).toContain("command audit flag --fail-on <value>");
  expect(names).toContain("command audit flag --fail-on takes critical");
  expect(names).toContain("command audit argument plans");
  expect(names).toContain("command audit exit status 3");
  expect(names).toContain("command verify environment QUMULO_BEARER_TOKEN");
});

test("the names of the provider hold schema versions, nested attributes, identities and lists", () => {
  const names = providerNames();

  expect(names).toContain("resource qumulo_role version 1");
  expect(names).toContain("resource qumulo_role privileges: set of string, required");
  expect(names).toContain("resource qumulo_access_token previous_token.id: string, computed");
  expect(names).toContain("resource qumulo_role_member identity auth_id: string");
  expect(names).toContain("list qumulo_role name_pattern: string, optional");
});

test("what is recorded has names of every kind, each once, in order", () => {
  const kinds = [
    "action.yml input",
    "audit rule",
    "command",
    "environment",
    "import client",
    "import constructs",
    "schema",
  ];

  for (const kind of kinds) expect(recorded.filter((name) => name.startsWith(`${kind} `)).length).toBeGreaterThan(5);
  expect(recorded).toEqual([...new Set(recorded)].sort());
});

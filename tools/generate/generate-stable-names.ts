/**
 * Records in `etc/stable-names.txt` the names that other people rely on. It adds new ones, and fails where one of those that
 * are there is gone. With `--check` it writes nothing, and fails for a new one as well.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { commandLineNames } from "../names/command-line.ts";
import { compareNames, explainGone } from "../names/compare.ts";
import { packageNames } from "../names/package.ts";
import { providerNames } from "../names/provider.ts";

const root = path.resolve(import.meta.dirname, "../..");
const file = "etc/stable-names.txt";

const there = [...new Set([...commandLineNames(), ...providerNames(), ...(await packageNames(root))])].sort();
const recorded = (await readFile(path.join(root, file), "utf8")).split("\n").filter((line) => line !== "");
const compared = compareNames(recorded, there);
const gone = explainGone(compared, file);

if (gone !== undefined) {
  process.stderr.write(gone);
  process.exitCode = 1;
} else if (!process.argv.includes("--check")) {
  await writeFile(path.join(root, file), `${there.join("\n")}\n`);
  process.stdout.write(`${file}: ${there.length} names, ${compared.added.length} of them new\n`);
} else if (compared.added.length > 0) {
  const names = compared.added.map((name) => `  ${name}\n`).join("");
  process.stderr.write(
    `${file} lacks names that others may now rely on:\n${names}Run "npm run generate:names" and commit it.\n`,
  );
  process.exitCode = 1;
}

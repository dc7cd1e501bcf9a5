/**
 * Refuses what reviewers would otherwise have to see: turns of phrase that read as translated, folders without rooms, a README
 * that is too long, and subjects of commits that lists cut off.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { commandFaults, isTelling, type TestedVersions } from "./style/commands.ts";
import { folderFaults } from "./style/folders.ts";
import { lengthFaults, mostWords } from "./style/lengths.ts";
import { isHeld, phraseFaults } from "./style/phrases.ts";
import { subjectFaults } from "./style/subjects.ts";

const root = path.resolve(import.meta.dirname, "..");
/** Enough for a branch; what came before this check stays as it is. */
const checkedCommits = 8;

function main(): void {
  const files = git(["ls-files"]);
  if (files === undefined) {
    process.stdout.write("This is not a clone of the repository: style is checked there only.\n");
    return;
  }
  // Gone from the folder, and not yet from the index.
  const gone = new Set(git(["ls-files", "--deleted"]));
  const present = files.filter((file) => !gone.has(file));
  const tested = testedVersions();
  const faults = [
    ...folderFaults(present),
    ...present.filter(isHeld).flatMap((file) => phraseFaults(file, textOf(file))),
    ...present.filter(isTelling).flatMap((file) => commandFaults(file, textOf(file), tested)),
    ...Object.keys(mostWords).flatMap((file) => lengthFaults(file, textOf(file))),
    ...subjectFaults(git(["log", `-${checkedCommits}`, "--first-parent", "--no-merges", "--format=%s"]) ?? []),
  ];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

function testedVersions(): TestedVersions {
  // npm documents it, and the development dependency is there.
  const { version, devDependencies } = JSON.parse(textOf("package.json")) as {
    readonly version: string;
    readonly devDependencies: { readonly constructs: string };
  };
  return { version, constructs: devDependencies.constructs };
}

function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** The lines that git prints, or `undefined` where there is no repository or no git. */
function git(args: readonly string[]): readonly string[] | undefined {
  try {
    const text = execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return text.split("\n").filter((line) => line !== "");
  } catch {
    return undefined;
  }
}

main();

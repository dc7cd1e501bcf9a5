import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { judged, type Step } from "./step.ts";

const run = promisify(execFile);
/** Pages that name files of a release with their version. */
const pages = ["docs/guides/installing.md", "docs/index.md"];
const named = /(?:terraform-provider-qumulo_v?|cdktf-qumulo-|release\/oci:|version = "~> )(\d+\.\d+\.\d+)/g;

/** Whether all that names the version names the same one. */
export const versionStep: Step = {
  title: "One version everywhere",
  run: async ({ root, version }) => {
    // npm documents both files.
    const lock = JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8")) as LockFile;
    const locked = [lock.version, lock.packages[""]?.version].filter((other) => other !== version);
    const faults = locked.map(
      (other) => `package-lock.json has version ${other ?? "none"}, package.json has ${version}.`,
    );
    for (const page of pages)
      faults.push(...otherVersions(page, await readFile(path.join(root, page), "utf8"), version));
    return judged(faults, [`package.json, package-lock.json and the pages name ${version}.`]);
  },
};

interface LockFile {
  readonly version?: string;
  readonly packages: Readonly<Record<string, { readonly version?: string } | undefined>>;
}

/** Says where a page names files of another version. */
export function otherVersions(page: string, text: string, version: string): readonly string[] {
  const others = new Set([...text.matchAll(named)].map(([, other]) => other).filter((other) => other !== version));
  return [...others].map((other) => `${page} names version ${String(other)}, and this is ${version}.`);
}

/** Whether the changelog tells of this version, and keeps nothing back. */
export const changelogStep: Step = {
  title: "The changelog tells of this version",
  run: async ({ root, version }) =>
    judged(changelogFaults(await readFile(path.join(root, "CHANGELOG.md"), "utf8"), version), [
      `CHANGELOG.md has a section for ${version}.`,
    ]),
};

/** What is wrong with a changelog before this version is published. */
export function changelogFaults(changelog: string, version: string): readonly string[] {
  const sections = new Map(
    changelog
      .split(/^## /m)
      .slice(1)
      .map((section) => [
        section.split(/[\s\]]/)[0]?.replace(/^\[/, "") ?? "",
        section.split("\n").slice(1).join("\n").trim(),
      ]),
  );
  const faults: string[] = [];
  if (!sections.has(version)) faults.push(`CHANGELOG.md has no heading "## ${version}": rename "## Unreleased".`);
  else if (sections.get(version) === "") faults.push(`CHANGELOG.md says nothing below "## ${version}".`);
  if (sections.has(version) && (sections.get("Unreleased") ?? "") !== "") {
    faults.push(`CHANGELOG.md has lines below "## Unreleased": move them below "## ${version}".`);
  }
  return faults;
}

/** Whether the clone is what the tag names. */
export const cloneStep: Step = {
  title: "A clean clone, with a tag",
  run: async ({ root, version }) => {
    const git = async (...args: readonly string[]): Promise<string> =>
      (await run("git", [...args], { cwd: root, maxBuffer: 16 * 1024 * 1024 })).stdout.trim();
    const faults: string[] = [];
    const changed = (await git("status", "--porcelain")).split("\n").filter((line) => line !== "");
    if (changed.length > 0) faults.push(`${changed.length} files are changed or unknown to git: commit them first.`);
    const tags = (await git("tag", "--points-at", "HEAD")).split("\n");
    if (!tags.includes(`v${version}`)) faults.push(`This commit has no tag v${version}: git tag --sign v${version}`);
    return judged(faults, [`v${version} is ${await git("rev-parse", "HEAD")}.`]);
  },
};

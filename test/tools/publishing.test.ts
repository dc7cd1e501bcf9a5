import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { findPlaceholders, placeholderStep } from "../../tools/publish/placeholders.ts";
import { changelogFaults, otherVersions, versionStep } from "../../tools/publish/project-steps.ts";
import { checksumStep, registryStep } from "../../tools/publish/release-steps.ts";
import { type Publishing, renderStep } from "../../tools/publish/step.ts";
import { makeArchive } from "../../tools/release/archive.ts";
import { digestFolder, renderChecksums } from "../../tools/release/checksums.ts";
import { parsePlatform } from "../../tools/release/platforms.ts";
import { writeRegistryRelease } from "../../tools/release/registry.ts";
import { readBlocks } from "../support/pages/pages.ts";

const root = path.resolve(__dirname, "../..");
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const version = "9.8.7";
const name = `terraform-provider-qumulo_${version}`;

/** A release for two platforms, with archives that hold next to nothing. */
async function givenRelease(): Promise<Publishing> {
  const release = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-publishing-"));
  folders.push(release);
  const archives = ["linux_amd64", "windows_amd64"].map((platform) => ({
    platform: parsePlatform(platform),
    name: `${name}_${platform}.zip`,
    content: makeArchive(
      [`terraform-provider-qumulo_v${version}${platform.startsWith("windows") ? ".exe" : ""}`, "LICENSE"].map(
        (file) => ({ name: file, content: Buffer.from("text") }),
      ),
    ),
  }));
  await writeRegistryRelease({ root, version }, archives, path.join(release, "registry"));
  await writeFile(path.join(release, `cdktf-qumulo-${version}.cdx.json`), "{}");
  await writeFile(path.join(release, "SHA256SUMS"), renderChecksums(await digestFolder(release)));
  return { root, version, release, platforms: ["linux_amd64", "windows_amd64"] };
}

test("what a release writes is what registries ask for, and signatures beside it change nothing", async () => {
  const publishing = await givenRelease();
  await writeFile(path.join(publishing.release, "registry", `${name}_SHA256SUMS.sig`), "");

  expect(await registryStep.run(publishing)).toMatchObject({ state: "ready" });
  expect(await checksumStep.run(publishing)).toMatchObject({ state: "ready" });
});

test.each<readonly [string, string, (registry: string) => Promise<unknown>]>([
  [
    "an archive",
    `registry/${name}_linux_amd64.zip is missing.`,
    async (registry) => rm(`${registry}/${name}_linux_amd64.zip`),
  ],
  [
    "the manifest",
    `registry/${name}_manifest.json is missing.`,
    async (registry) => rm(`${registry}/${name}_manifest.json`),
  ],
  ["the first page", "registry/docs/index.md is missing.", async (registry) => rm(`${registry}/docs/index.md`)],
])("a registry's release without %s is not ready", async (_what, fault, damage) => {
  const publishing = await givenRelease();

  await damage(path.join(publishing.release, "registry"));
  const { state, lines } = await registryStep.run(publishing);

  expect(state).toBe("missing");
  expect(lines).toContain(fault);
});

test("a foreign file, a changed file, another executable and a page that is too large are each named", async () => {
  const publishing = await givenRelease();
  const registry = path.join(publishing.release, "registry");
  const other = makeArchive([{ name: "terraform-provider-qumulo_v0.0.1", content: Buffer.from("text") }]);
  await writeFile(path.join(registry, "notes.txt"), "");
  await writeFile(path.join(registry, `${name}_linux_amd64.zip`), other);
  await appendFile(path.join(registry, "docs/index.md"), "x".repeat(600_000));

  const { lines } = await registryStep.run(publishing);
  const sums = await checksumStep.run(publishing);

  expect(lines).toEqual([
    "registry/notes.txt belongs to no registry.",
    `registry/${name}_SHA256SUMS does not have the checksums of these files.`,
    `registry/${name}_linux_amd64.zip has no terraform-provider-qumulo_v${version} in it.`,
    `registry/${name}_linux_amd64.zip has no LICENSE in it.`,
    expect.stringContaining("index.md has more than 500000 bytes"),
  ]);
  expect(sums).toEqual({ state: "missing", lines: ["SHA256SUMS does not have the checksums of these files."] });
});

test("each place that only a publisher can fill is found by file and line, and a filled one is not", () => {
  const manifest = `{\n  "private": true,\n  "homepage": "https://publisher.invalid/x"\n}\n`;

  expect(findPlaceholders("package.json", manifest).map(({ line }) => line)).toEqual([2, 3]);
  expect(findPlaceholders("docs/guides/a.md", "The package is not published.")).toHaveLength(1);
  expect(findPlaceholders("package.json", `{\n  "private": false,\n  "homepage": "https://example.com"\n}\n`)).toEqual(
    [],
  );
  expect(findPlaceholders("CHANGELOG.md", "It is not published.")).toEqual([]);
  expect(findPlaceholders("tools/style/commands.ts", "  // It would be a stranger's.")).toHaveLength(1);
});

test("this project names the addresses of its package, and as long as one is a placeholder npm publishes nothing", async () => {
  // npm documents this file.
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const { lines } = await placeholderStep.run({ root, version, release: "", platforms: [] });

  const open = lines.some((line) => line.startsWith("package.json:"));
  expect(manifest).toMatchObject({
    homepage: expect.stringContaining("https://"),
    repository: { type: "git", url: expect.stringMatching(/^git\+https:.*\/terraform-provider-qumulo\.git$/) },
    bugs: { url: expect.stringContaining("https://") },
    private: open,
  });
  expect(manifest["scripts"]).toMatchObject({ prepublishOnly: "tsx tools/publish-dry-run.ts --placeholders" });
});

test("a changelog is ready when it has this version, with lines, and nothing that is unreleased", () => {
  expect(changelogFaults("# Changelog\n\n## 9.8.7\n\n- New.\n", version)).toEqual([]);
  expect(changelogFaults("# Changelog\n\n## [9.8.7] - 2026-01-01\n\n- New.\n\n## 9.8.6\n", version)).toEqual([]);
  expect(changelogFaults("## Unreleased\n\n- New.\n", version)).toEqual([
    expect.stringContaining('no heading "## 9.8.7"'),
  ]);
  expect(changelogFaults("## 9.8.7\n\n## 9.8.6\n\n- Old.\n", version)).toEqual([
    expect.stringContaining("says nothing"),
  ]);
  expect(changelogFaults("## Unreleased\n\n- Newer.\n\n## 9.8.7\n\n- New.\n", version)).toEqual([
    expect.stringContaining("move them"),
  ]);
});

test("a page that names files of another version is found", async () => {
  const text = "cp terraform-provider-qumulo_9.8.7_linux_amd64.zip cdktf-qumulo-9.8.6.tgz release/oci:9.8.5 x";
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-publishing-"));
  folders.push(folder);
  await mkdir(path.join(folder, "docs/guides"), { recursive: true });
  for (const file of ["package-lock.json", "docs/index.md", "docs/guides/installing.md"]) {
    await cp(path.join(root, file), path.join(folder, file));
  }

  const { state, lines } = await versionStep.run({ root: folder, version, release: "", platforms: [] });

  expect(otherVersions("page", text, version)).toHaveLength(2);
  expect(state).toBe("missing");
  expect(lines).toHaveLength(4);
});

test("a step is shown with its number, its mark and what to do", () => {
  const shown = renderStep(3, "Sign", { state: "by-hand", lines: ["gpg --sign"] });

  expect(shown).toBe("→  3. Sign\n      gpg --sign\n");
});

/** A job of a workflow on GitHub, as far as it matters here. */
interface Job {
  readonly permissions?: object;
  readonly steps: readonly { readonly run?: string }[];
}

test("the pipeline on the page asks npm for provenance, and runs scripts that there are", async () => {
  const [block] = await readBlocks("RELEASING.md");
  const { scripts } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { scripts: object };

  // The page's own example.
  const { permissions, jobs } = parse(block?.code ?? "") as {
    readonly permissions: object;
    readonly jobs: Readonly<Record<"build" | "publish", Job>>;
  };
  const commands = [...jobs.build.steps, ...jobs.publish.steps].flatMap(({ run }) => run ?? []);
  const named = commands.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);

  expect(permissions).toEqual({ contents: "read" });
  expect(jobs.publish.permissions).toEqual({ "id-token": "write" });
  expect(commands.at(-1)).toBe("npm publish npm/*.tgz --provenance --access public");
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

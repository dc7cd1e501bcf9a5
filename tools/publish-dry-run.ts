/**
 * Goes through publishing as a maintainer would, and publishes nothing: does each step that can be done without, and tells
 * how the others are done. Fails while something stands in the way.
 *
 * `--release` takes a release that is there instead of building one, `--platform` (several times) says for which platforms
 * it was made, and `--placeholders` looks for placeholders alone.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { proofStep, publishingSteps, unknowns } from "./publish/manual-steps.ts";
import { placeholderStep } from "./publish/placeholders.ts";
import { changelogStep, cloneStep, versionStep } from "./publish/project-steps.ts";
import { checksumStep, npmPackageStep, registryStep } from "./publish/release-steps.ts";
import { signingStep } from "./publish/signing-step.ts";
import { type Publishing, renderStep, type Step } from "./publish/step.ts";
import { parsePlatform, platformName, platforms } from "./release/platforms.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      release: { type: "string" },
      platform: { type: "string", multiple: true },
      placeholders: { type: "boolean", default: false },
    },
  });
  const chosen = values.platform?.map(parsePlatform) ?? platforms;
  const built = values.release === undefined ? await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-publish-")) : undefined;
  const release = path.resolve(values.release ?? path.join(String(built), "release"));
  const publishing = { root, version: await readVersion(), release, platforms: chosen.map(platformName) };
  try {
    const steps = values.placeholders ? [placeholderStep] : allSteps(built === undefined ? [] : [buildStep]);
    const missing = await take(steps, publishing);
    if (!values.placeholders) say(`\nNot known:\n${unknowns.map((line) => `  - ${line}\n`).join("")}`);
    if (missing > 0) {
      say(`\n${missing} of ${steps.length} steps lack something. Nothing was published.\n`);
      process.exitCode = 1;
    }
  } finally {
    if (built !== undefined) await rm(built, { recursive: true, force: true });
  }
}

function allSteps(building: readonly Step[]): readonly Step[] {
  const inProject = [placeholderStep, versionStep, changelogStep, cloneStep, proofStep];
  return [...inProject, ...building, npmPackageStep, registryStep, checksumStep, signingStep, ...publishingSteps];
}

/** @returns how many steps lack something */
async function take(steps: readonly Step[], publishing: Publishing): Promise<number> {
  let missing = 0;
  for (const [index, step] of steps.entries()) {
    const result = await step.run(publishing);
    if (result.state === "missing") missing += 1;
    say(renderStep(index + 1, step.title, result));
  }
  return missing;
}

const buildStep: Step = {
  title: "Build the release",
  run: async ({ release, platforms: chosen }) => {
    const only = chosen.flatMap((name) => ["--platform", name]);
    await run("npm", ["run", "build"], { cwd: root });
    await run("npx", ["tsx", "tools/release.ts", "--output", release, ...only], { cwd: root });
    return { state: "ready", lines: [`Built for ${chosen.join(", ")}, and deleted at the end.`] };
  },
};

async function readVersion(): Promise<string> {
  // The file is ours, and of this shape.
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { readonly version: string };
  return manifest.version;
}

function say(text: string): void {
  process.stdout.write(text);
}

await main();

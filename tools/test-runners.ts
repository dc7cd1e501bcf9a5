import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** Packages of other people's test runners, in the versions that are tried. Node's own needs none. */
export const testRunners = ["jest@30.5.2", "vitest@4.1.12"] as const;

/** What a test of other people does: it starts a simulator, and asks it through the client. */
const body = `
test("the client asks the simulator", async () => {
  const simulator = await startSimulator({ dataFolder: fileName + ".cluster" });
  const cluster = openCluster({
    host: simulator.host,
    port: simulator.port,
    credentials: { kind: "login", username: simulator.username, password: simulator.adminPassword },
    trust: { kind: "authorities", authoritiesPem: simulator.certificatePem },
  });
  const { name } = await cluster.sessions.whoAmI();
  await cluster.close();
  await simulator.close();
  if (name !== "admin") throw new Error("not admin, but " + name);
});
`;

const esModule = `
import { openCluster } from "cdktf-qumulo/client";
import { startSimulator } from "cdktf-qumulo/simulator";
const fileName = import.meta.filename;
${body}`;

const commonJs = `
const { openCluster } = require("cdktf-qumulo/client");
const { startSimulator } = require("cdktf-qumulo/simulator");
const fileName = __filename;
${body}`;

interface Run {
  readonly file: string;
  readonly text: string;
  /** Arguments of Node in the project, before the file. */
  readonly args: readonly string[];
}

const jest = "node_modules/jest/bin/jest.js";

/** The runners without configuration, and without flags where they need none. */
const runs: Readonly<Record<string, Run>> = {
  "jest, CommonJS": { file: "jest.test.js", text: commonJs, args: [jest] },
  // jest itself asks for this flag as soon as a test is an ES module.
  "jest, ES module": { file: "jest.test.mjs", text: esModule, args: ["--experimental-vm-modules", jest] },
  vitest: {
    file: "vitest.test.mjs",
    text: `import { test } from "vitest";${esModule}`,
    args: ["node_modules/vitest/vitest.mjs", "run"],
  },
  "node:test, CommonJS": {
    file: "node.test.cjs",
    text: `const { test } = require("node:test");${commonJs}`,
    args: ["--test"],
  },
  "node:test, ES module": {
    file: "node.test.mjs",
    text: `import { test } from "node:test";${esModule}`,
    args: ["--test"],
  },
};

/** How the runners are run. */
interface Running {
  /** @default this process's Node */
  readonly node?: string;
  /** Hears the name of each that has passed. */
  readonly onRan: (name: string) => void;
}

/** Longer than any of them takes: a runner that hangs is a fault as well. */
const timeoutMs = 120_000;

/**
 * Lets test runners use client and simulator in a project that has the package and {@link testRunners}.
 *
 * @throws {Error} with what a runner printed, when one fails or does not end
 */
export async function runTestRunners(project: string, { node = process.execPath, onRan }: Running): Promise<void> {
  for (const [name, { file, text, args }] of Object.entries(runs)) {
    await writeFile(path.join(project, file), text);
    const options = { cwd: project, timeout: timeoutMs, env: { ...process.env, NODE_OPTIONS: "", CI: "1" } };
    await promisify(execFile)(node, [...args, file], options).catch((error: unknown) => {
      throw new Error(`${name}: ${printed(error)}`, { cause: error });
    });
    onRan(name);
  }
}

function printed(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
  return `${stdout}${stderr}`;
}

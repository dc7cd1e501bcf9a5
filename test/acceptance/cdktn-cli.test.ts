import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { type CdktfProgram, runCdktf } from "../../tools/demo/cdktf.ts";
import { onLibrary } from "../../tools/package-programs.ts";
import { pinPackages } from "../../tools/release/npm-package.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { programEnvironment } from "../support/engines/program-environment.ts";

/** The command line of CDK Terrain, and a Node that it takes, whatever runs the tests: it needs 22.19 or later. */
const packages = ["cdktn-cli@0.24.0", `node-${process.platform}-${process.arch}@22.23.5`];
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The example on `cdktn`, in a folder of its own into which npm has installed all that it needs. */
async function givenTerrainProgram({ simulator }: GivenCluster): Promise<CdktfProgram> {
  const { root, library } = getAcceptanceGround();
  const home = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-terrain-"));
  folders.push(home);
  const folder = path.join(home, "service-account");
  await mkdir(folder);
  const own = await pinPackages(root, ["cdktn", "constructs", "tsx"]);
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  await promisify(execFile)("npm", ["install", ...quiet, ...packages, ...own], { cwd: folder });
  await cp(library, path.join(folder, "node_modules/cdktf-qumulo"), { recursive: true });
  const example = path.join(root, "examples/service-account");
  await cp(path.join(example, "cdktf.json"), path.join(folder, "cdktf.json"));
  await writeFile(
    path.join(folder, "main.ts"),
    onLibrary(await readFile(path.join(example, "main.ts"), "utf8"), "cdktn"),
  );
  const bin = path.join(folder, `node_modules/node-${process.platform}-${process.arch}/bin`);
  return {
    folder,
    commandLine: [path.join(bin, "node"), path.join(folder, "node_modules/.bin/cdktn")],
    onOutput: () => undefined,
    env: {
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      ...(await programEnvironment(home, simulator)),
    },
  };
}

test("a program on CDK Terrain is deployed by its own command line, needs no second change, and is destroyed", async () => {
  const cluster = await givenCluster();
  const program = await givenTerrainProgram(cluster);

  const deployed = await runCdktf(program, ["deploy", "--auto-approve", "--skip-provider-lock"]);
  const role = await cluster.admin.get("/v1/auth/roles/backup-reader");
  const tokens = await cluster.admin.get("/v1/auth/access-tokens/");
  const again = await runCdktf(program, ["diff", "--skip-provider-lock"]);
  await runCdktf(program, ["destroy", "--auto-approve", "--skip-provider-lock"]);

  expect(deployed).toContain("4 added, 0 changed, 0 destroyed");
  expect(deployed).not.toContain("access-v1:");
  expect(role.status).toBe(200);
  expect(tokens.body).toMatchObject({ entries: [{ enabled: true }] });
  expect(again).toContain("No changes");
  expect((await cluster.admin.get("/v1/auth/roles/backup-reader")).status).toBe(404);
}, 300_000);

import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { startContainerEngine } from "../support/simulator/container-engine.ts";
import { readCode } from "../support/pages/pages.ts";

const { root, library, folder } = getAcceptanceGround();

test("the example in Python seeds a cluster, moves its clock, declares a fault and reads the request log", async () => {
  const [command = ""] = await readCode("docs/simulator-service.md", "sh");
  const programs = path.join(library, "../.bin");
  const env = { ...process.env, PATH: `${programs}:${process.env["PATH"] ?? ""}` };

  const { stdout } = await promisify(execFile)("sh", ["-ec", command], { cwd: root, env });

  expect(stdout).toBe(`in January: 200
in March: 401
statuses: [503, 200]
log: GET /v1/users/ 503
log: GET /v1/users/ 200
access tokens: 0
`);
});

test("the program with Testcontainers runs as it stands, on a stand-in for a container engine", async () => {
  const program = (await readCode("docs/simulator-service.md", "ts"))[1] ?? "";
  const place = path.join(folder, "testcontainers");
  await mkdir(path.join(place, "node_modules"), { recursive: true });
  await symlink(library, path.join(place, "node_modules/cdktf-qumulo"), "dir");
  await writeFile(path.join(place, "program.mjs"), program);
  const engine = await startContainerEngine();
  // A project has both packages side by side; here each is where it was installed.
  const packages = { NODE_PATH: path.join(root, "node_modules") };
  const env = { ...process.env, ...packages, DOCKER_HOST: engine.host, TESTCONTAINERS_RYUK_DISABLED: "true" };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: place, env });

    expect(stdout).toBe("svc-backup\n0\n");
  } finally {
    await engine.close();
  }
});

import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { readCode } from "../support/pages/pages.ts";

const { root, library } = getAcceptanceGround();

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

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { readCode } from "../support/pages/pages.ts";

test("the command of docs/index.md prints the fingerprint that certificate_sha256 takes", async () => {
  const { simulator } = await givenCluster();
  const [script = ""] = await readCode("docs/index.md", "shell");
  const here = script.replace("cluster.example.com:8000", `${simulator.host}:${simulator.port}`);

  const { stdout } = await promisify(execFile)("sh", ["-c", here]);

  const [, fingerprint = ""] = /=([0-9A-F:]+)\s*$/.exec(stdout) ?? [];
  expect(here).not.toBe(script);
  expect(fingerprint.replaceAll(":", "").toLowerCase()).toBe(simulator.certificateSha256);
});

import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { bundledCode } from "../../support/processes/bundled-code.ts";

test("V8 knows what it is told, and goes on", () => {
  const code = bundledCode("src/plugin/runtime/late-optimizing.ts");

  // A flag that V8 does not know is named on standard error.
  const { status, stderr } = spawnSync(process.execPath, ["-e", `${code};optimizeLater()`], { encoding: "utf8" });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { transformSync } from "esbuild";

const source = path.resolve(__dirname, "../../../src/plugin/runtime/late-optimizing.ts");

test("V8 knows what it is told, and goes on", () => {
  const { code } = transformSync(readFileSync(source, "utf8"), { loader: "ts", format: "cjs" });

  // A flag that V8 does not know is named on standard error.
  const { status, stderr } = spawnSync(process.execPath, ["-e", `${code};optimizeLater()`], { encoding: "utf8" });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

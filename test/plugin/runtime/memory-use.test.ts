import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";

const source = path.resolve(__dirname, "../../../src/plugin/runtime/memory-use.ts");

/** Makes new objects, of which a few megabytes live on, until this has taken long enough; then prints how much room there is. */
const work = `
let [lively, turns] = [[], 0];
const turn = () => {
  lively = Array.from({ length: 30_000 }, (_, index) => ({ index }));
  if (++turns < 80) return setImmediate(turn);
  const young = require("node:v8").getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  process.stdout.write(String(young.space_size / 1_000_000));
};
turn();`;

/** Megabytes of room for new objects after that work. */
function roomAfterWork(before: string): number {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", `${before};${work}`], { encoding: "utf8" });
  expect(stderr).toBe("");
  return Number(stdout);
}

test("the room for new objects stops growing where V8 alone lets it grow on", () => {
  const { code } = transformSync(readFileSync(source, "utf8"), { loader: "ts", format: "cjs" });

  const room = { limited: roomAfterWork(`${code};limitMemoryUse()`), left: roomAfterWork("") };

  expect(room.limited).toBeLessThan(18);
  expect(room.left).toBeGreaterThan(room.limited);
});

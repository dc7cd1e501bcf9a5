import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundledCode } from "../../support/processes/bundled-code.ts";

const code = bundledCode("src/plugin/runtime/memory-use.ts", "src/plugin/runtime/late-optimizing.ts");

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
  // On a busy machine a look comes too late now and then.
  const limited = Math.min(...[1, 2, 3].map(() => roomAfterWork(`${code};limitYoungGeneration()`)));
  const left = Math.max(...[1, 2, 3].map(() => roomAfterWork("")));

  expect(limited).toBeLessThan(18);
  expect(left).toBeGreaterThan(18);
});

test("code that is kept at the end is taken by the next process", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kept-"));
  try {
    const keep = `
      const [fs, file] = [require("node:fs"), ${JSON.stringify(path.join(folder, "kept"))}];
      const cachedData = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
      const script = new (require("node:vm").Script)("6 * 7", { cachedData });
      if (cachedData !== undefined) process.stdout.write(String(script.cachedDataRejected) + " ");
      process.on("exit", () => fs.writeFileSync(file, script.createCachedData()));
      limitYoungGeneration();
      limitMemoryUse();
      optimizeLater()`;
    const run = (): string => {
      const child = spawnSync(process.execPath, ["-e", `${code};${keep};${work}`], {
        encoding: "utf8",
      });
      return `${child.stderr}${child.stdout}`;
    };

    expect([run(), run()]).toEqual([expect.stringMatching(/^[\d.]+$/), expect.stringMatching(/^false [\d.]+$/)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "home-"));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** What a program that asks for the cache says of its folder; it is a process of its own, since Node keeps one for good. */
function ask(env: NodeJS.ProcessEnv = {}): string {
  const program = path.join(home, "program.cjs");
  const cache = path.resolve(__dirname, "../../../src/plugin/runtime/compile-cache.ts");
  const source = path.join(home, "program.ts");
  writeFileSync(
    source,
    `import { useCompileCache } from ${JSON.stringify(cache)};
     process.stdout.write(String(useCompileCache({ env: process.env, home: ${JSON.stringify(home)}, program: __dirname })));`,
  );
  buildSync({ entryPoints: [source], outfile: program, bundle: true, platform: "node", format: "cjs" });
  const { stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
}

test("what is compiled is kept in a folder that is the user's alone", () => {
  const folder = ask();

  expect(folder).toBe(path.join(home, ".cache/cdktf-qumulo/compiled"));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("the user's own folder for caches is taken where one is named", () => {
  const caches = path.join(home, "caches");

  expect(ask({ XDG_CACHE_HOME: caches })).toBe(path.join(caches, "cdktf-qumulo/compiled"));
});

test.each([
  ["anybody may write", 0o777],
  ["the group may write", 0o770],
  ["others may read", 0o744],
])("nothing is kept in a folder that %s", (_who, mode) => {
  const folder = path.join(home, ".cache/cdktf-qumulo/compiled");
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);

  expect(ask()).toBe("undefined");
});

test("nothing is kept where others could put another folder in its place", () => {
  mkdirSync(path.join(home, ".cache/cdktf-qumulo"), { recursive: true });
  chmodSync(path.join(home, ".cache"), 0o777);

  expect(ask()).toBe("undefined");
});

(process.getuid?.() === 0 ? test : test.skip)("nothing is made in the home of another user", () => {
  chownSync(home, 65_534, 65_534);

  expect(ask()).toBe("undefined");
  expect(existsSync(path.join(home, ".cache"))).toBe(false);
});

test("nothing is kept, and nothing made, where the user says no", () => {
  expect(ask({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("undefined");
  expect(existsSync(path.join(home, ".cache"))).toBe(false);
});

test("a home that cannot be written is no reason to fail", () => {
  expect(ask({ XDG_CACHE_HOME: "/proc/no/such/folder" })).toBe("undefined");
});

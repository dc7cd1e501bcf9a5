import { expect, test } from "@jest/globals";
import { pinnedOpenTofu as pin } from "../../src/engine/build/pins.ts";
import { type BuildProgress, createProgressRenderer } from "../../src/engine/build/progress.ts";

function render(isTTY: boolean, all: readonly BuildProgress[]): string {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  const show = createProgressRenderer(stream);
  for (const progress of all) show(progress);
  return written.join("");
}

function building(elapsedMs: number, packages: number): BuildProgress {
  return { kind: "building", pin, downloads: 3, packages, elapsedMs };
}

test("a terminal shows one line that is rewritten", () => {
  const text = render(true, [
    building(0, 0),
    building(1_000, 17),
    { kind: "ready", pin, program: "/tofu", elapsedMs: 2_000 },
  ]);

  expect(text.split("\r\u001b[2K")).toEqual([
    "",
    "Building OpenTofu 1.12.6 with Go, once; this takes some minutes: 3 modules downloaded (0 s)",
    "Building OpenTofu 1.12.6 with Go, once; this takes some minutes: 3 modules downloaded, 17 packages compiled (1 s)",
    "OpenTofu 1.12.6 is ready after 2 s: /tofu\n",
  ]);
});

test("a log gets a line every 15 seconds", () => {
  const text = render(false, [building(0, 0), building(14_999, 1), building(15_000, 2), building(15_001, 3)]);

  expect(text.split("\n")).toEqual([
    expect.stringContaining("(0 s)"),
    expect.stringContaining("2 packages compiled (15 s)"),
    "",
  ]);
});

test("a log gets a line when something else begins", () => {
  const text = render(false, [{ kind: "waiting", pin, ownerPid: 4_711, elapsedMs: 0 }, building(10, 0)]);

  expect(text).toMatch(/^Waiting for process 4711, which is building OpenTofu 1\.12\.6 \(0 s\)\nBuilding /);
});

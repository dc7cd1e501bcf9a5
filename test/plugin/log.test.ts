import { expect, test } from "@jest/globals";
import { createLog, type LogLevel } from "../../src/plugin/log.ts";

function written(env: NodeJS.ProcessEnv, level: LogLevel = "info", message = "started"): string[] {
  const lines: string[] = [];
  const log = createLog({ env, now: () => new Date("2026-03-01T10:20:30.456Z"), write: (line) => lines.push(line) });
  log(level, message, { address: "/tmp/x", "@level": "shout" });
  return lines;
}

test("a line is one JSON object with text alone and six digits of a second", () => {
  const [line = ""] = written({ TF_LOG: "TRACE" });

  expect(line.endsWith("\n")).toBe(true);
  expect(JSON.parse(line)).toEqual({
    "@level": "info",
    "@message": "started",
    "@module": "provider",
    "@timestamp": "2026-03-01T10:20:30.456000Z",
    address: "/tmp/x",
  });
});

test.each<[NodeJS.ProcessEnv, LogLevel, number]>([
  [{}, "error", 0],
  [{ TF_LOG: "" }, "error", 0],
  [{ TF_LOG: "OFF" }, "error", 0],
  [{ TF_LOG: "WARN" }, "info", 0],
  [{ TF_LOG: "WARN" }, "warn", 1],
  [{ TF_LOG: "warn" }, "error", 1],
  [{ TF_LOG: "JSON" }, "trace", 1],
  [{ TF_LOG: "LOUD" }, "trace", 1],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER: "ERROR" }, "warn", 0],
  [{ TF_LOG: "OFF", TF_LOG_PROVIDER: "DEBUG" }, "debug", 1],
])("with %p, %s writes %d lines", (env, level, count) => {
  expect(written(env, level)).toHaveLength(count);
});

test("a line stays below the 64 KB at which engines split it", () => {
  const [line = ""] = written({ TF_LOG: "TRACE" }, "info", "\u{1f600}".repeat(100_000));

  expect(Buffer.byteLength(line)).toBeLessThan(65_536);
});

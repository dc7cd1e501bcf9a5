import { findVariable } from "./environment.ts";

/** Levels from the least to the most important. */
const levels = ["trace", "debug", "info", "warn", "error"] as const;

/** How important a line is. */
export type LogLevel = (typeof levels)[number];

/**
 * Writes one line. Messages and fields say what the process does and never hold values of a configuration, a state or
 * an answer.
 */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, string>>) => void;

/** Where a log takes its level, its time and its way out from. */
export interface LogOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** The engine splits longer lines and shows them raw. */
const longestMessage = 16_000;

/**
 * A log in the form that engines read from standard error: one JSON object per line.
 *
 * `TF_LOG_PROVIDER`, or else `TF_LOG`, says from which level on; without either there is nothing to write.
 */
export function createLog({ env, now, write }: LogOptions): Log {
  const threshold = lowestLevel(findVariable(env, "TF_LOG_PROVIDER") ?? findVariable(env, "TF_LOG") ?? "OFF");
  return (level, message, fields = {}) => {
    if (levels.indexOf(level) < threshold) return;
    const line = {
      ...fields,
      "@level": level,
      "@message": message.slice(0, longestMessage),
      "@module": "provider",
      "@timestamp": timestamp(now()),
    };
    write(`${JSON.stringify(line)}\n`);
  };
}

/** `JSON` asks for everything, and so does a level that nobody knows: better too much than nothing. */
function lowestLevel(name: string): number {
  if (name.toUpperCase() === "OFF") return levels.length;
  return Math.max(
    0,
    levels.findIndex((level) => level === name.toLowerCase()),
  );
}

/** Engines read six digits of a second and no other number of them. */
function timestamp(date: Date): string {
  return date.toISOString().replace("Z", "000Z");
}

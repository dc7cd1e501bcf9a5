import { AuditError } from "../audit-error.ts";

/** How engines begin what `show -json` prints: on one line, or as somebody has indented it. */
const start = /\{\s*"format_version"\s*:/g;
/** What colors a terminal. JSON has no such character. */
// eslint-disable-next-line no-control-regex -- these are the characters that it is about
const colors = /\u001b\[[\d;]*[A-Za-z]/g;
/** What logs put before each line: a time, with or without a date. */
const time = /^\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]? +/;
/** A command to the runner of a job on GitHub, and the text that it is about. */
const workflowCommand = /^::[a-z-]+(?: [^:]*)?::/;

/**
 * Finds what an engine has printed among what wraps it: lines of a log before and after, a time before each line, colors.
 *
 * @returns the one document; `undefined` where none is whole
 * @throws {AuditError} when there are several that differ
 */
export function findInLog(text: string): unknown {
  const lines = text
    .replace(colors, "")
    .split(/\r?\n/)
    .map((line) => line.replace(time, ""));
  const printed = documentsIn(lines.filter((line) => !workflowCommand.test(line)).join("\n"));
  // Wrappers repeat what they print in commands to the runner.
  const found = printed.size > 0 ? printed : documentsIn(lines.filter(isCommand).map(unescapeCommand).join("\n"));
  if (found.size > 1) {
    throw new AuditError(
      "input",
      `There are ${found.size} documents of "show -json" in it. Pass on one of them, or audit each.`,
    );
  }
  const [document] = found.values();
  return document;
}

/** Whether a text is a log of a job on GitHub, in which a wrapper of the engine has printed. */
export function isJobLog(text: string): boolean {
  return /^(?:\S+Z )?(?:\[command\]|::(?:debug|set-output|group|add-mask)\b|##\[)/m.test(text);
}

function isCommand(line: string): boolean {
  return workflowCommand.test(line);
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function unescapeCommand(line: string): string {
  return line.replace(workflowCommand, "").replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
}

/** Each document once, by its text. Where one is not whole, it is not certain what belongs to it: there is none then. */
function documentsIn(text: string): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  let end = 0;
  for (const { index } of text.matchAll(start)) {
    // What begins within another document is a part of it.
    if (index < end) continue;
    end = endOfObject(text, index);
    const printed = text.slice(index, end);
    const document = end < 0 ? undefined : parse(printed);
    if (document === undefined) return new Map();
    found.set(printed, document);
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Behind the brace that closes the object; `-1` where none does. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at += 1) {
    const unit = text[at];
    if (isText) {
      if (unit === "\\") at += 1;
      else if (unit === '"') isText = false;
    } else if (unit === '"') isText = true;
    else if (unit === "{") depth += 1;
    else if (unit === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

import { constants } from "node:buffer";
import { AuditError, type AuditErrorKind } from "../audit-error.ts";
import { findInLog, isJobLog } from "./unwrap-log.ts";

const zipStart = "PK";
const showPlan = 'Save the plan with "plan -out=FILE" and pass on what "show -json FILE" prints.';

/**
 * Reads a document that an engine has printed: UTF-8, or UTF-16 as PowerShell writes it, with or without a byte order mark,
 * also among the lines of a log where it is certain which part of it the document is.
 *
 * @throws {AuditError} when it is not JSON; the message tells nothing of the content
 */
export function decodeShownJson(bytes: Uint8Array): unknown {
  if (startsWith(bytes, zipStart)) throw new AuditError("input", `This is a saved plan, not JSON. ${showPlan}`);
  const text = decodeText(bytes, "input").trimStart();
  if (text === "") throw new AuditError("input", `It is empty. ${showPlan}`);
  try {
    return JSON.parse(text);
  } catch {
    const document = findInLog(text);
    if (document !== undefined) return document;
    throw new AuditError("input", explainNoJson(text));
  }
}

/**
 * Reads a small JSON file that a person has written.
 *
 * @throws {AuditError} of this kind, with line and column
 */
export function decodeWrittenJson(bytes: Uint8Array, kind: AuditErrorKind): unknown {
  const text = decodeText(bytes, kind);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AuditError(kind, `It is not JSON${placeOf(text, error)}.`);
  }
}

function decodeText(bytes: Uint8Array, kind: AuditErrorKind): string {
  // One character takes at least one byte, and one of UTF-8 gives at most one character for each.
  if (bytes.byteLength > constants.MAX_STRING_LENGTH) {
    const most = Math.floor(constants.MAX_STRING_LENGTH / 2 ** 20);
    throw new AuditError(kind, `It is larger than ${most} MiB, the most that can be read. Split the configuration.`);
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new AuditError(kind, "It is neither UTF-8 nor UTF-16 text. Save it as UTF-8.");
  }
}

/** How texts of UTF-16 begin, in hexadecimal digits; with two zeros more they would be of UTF-32, which is not read. */
const wideStarts = [
  // A mark, or a character of ASCII, as JSON begins with one.
  [/^fffe(?!0000)|^(?!00)..00(?!00)/, "utf-16le"],
  [/^feff|^00(?!00)/, "utf-16be"],
] as const;

function encodingOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  return wideStarts.find(([start]) => start.test(head))?.[1] ?? "utf-8";
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString("latin1") === text;
}

/** What engines print without -json, on a line of its own or behind a color. */
const forPeople =
  /(?:^|[\d[]m)(?:(?:Terraform|OpenTofu) (?:will perform|used the selected)|No changes\.|Changes to Outputs:|# [\w.[\]"-]+ (?:will|must) be )/m;

function explainNoJson(text: string): string {
  if (text.startsWith('{"@level"')) {
    return `This is the output of "plan -json", which does not hold the plan. ${showPlan}`;
  }
  if (isJobLog(text)) {
    return `This is the log of a job, and no whole plan is in it. Set terraform_wrapper: false where the job sets the engine up (tofu_wrapper with OpenTofu), and write what "show -json" prints into a file.`;
  }
  if (text.startsWith("{")) return `The JSON is broken or cut off. Make it again: ${showPlan}`;
  return forPeople.test(text)
    ? `This is what "show" prints for people. Add -json to it. ${showPlan}`
    : `This is not JSON. ${showPlan}`;
}

/** The message itself quotes the text, so only its position is used. */
function placeOf(text: string, error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` at line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

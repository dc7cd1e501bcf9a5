import { constants } from "node:buffer";
import { AuditError, type AuditErrorKind } from "../audit-error.ts";

const zipStart = "PK";
const showPlan = 'Save the plan with "plan -out=FILE" and pass on what "show -json FILE" prints.';

/**
 * Reads a document that an engine has printed: UTF-8, or UTF-16 as PowerShell writes it, with or without a byte order mark.
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
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AuditError(kind, "It is neither UTF-8 nor UTF-16 text.");
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString("latin1") === text;
}

function explainNoJson(text: string): string {
  if (text.startsWith('{"@level"')) {
    return `This is the output of "plan -json", which does not hold the plan. ${showPlan}`;
  }
  if (!text.startsWith("{")) return `This is not JSON. ${showPlan}`;
  return `The JSON is broken or cut off. Make it again: ${showPlan}`;
}

/** The message itself quotes the text, so only its position is used. */
function placeOf(text: string, error: unknown): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` at line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

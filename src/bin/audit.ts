import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import {
  type Audit,
  audit,
  AuditError,
  decodeShownJson,
  isAtLeast,
  parseBaseline,
  parsePolicy,
  redactDocument,
  renderJsonReport,
  renderTextReport,
} from "../audit/index.ts";
import type { AuditFlags } from "./audit-flags.ts";
import { type CommandContext, CommandError, CommandOutcome, reasonOf } from "./command-error.ts";

const unreadable = 2;
const defaultWidth = 100;

/**
 * Runs the command `audit`.
 *
 * @throws {CommandOutcome} with status 1 when there are findings as grave as asked about
 * @throws {CommandError} with status 2 when something cannot be read, or the redacted plan not be written
 */
export async function runAudit(plan: string, flags: AuditFlags, context: CommandContext): Promise<void> {
  const policy = flags.policy === undefined ? undefined : await readOwn("--policy", flags.policy, parsePolicy);
  const baseline =
    flags.baseline === undefined ? undefined : await readOwn("--baseline", flags.baseline, parseBaseline);
  const result = await naming(nameOf(plan), async () => {
    // Nothing holds the bytes while the document is read, and nothing the document once it is redacted.
    const document = await readDocument(plan, context);
    if (flags.redact !== undefined) await writePrivate(flags.redact, redactDocument(document));
    return audit(document, { policy, baseline, now: new Date() });
  });
  const isClean = !result.open.some(({ severity }) => isAtLeast(severity, flags.failOn));
  context.writeOut(render(result, { flags, isClean, context }));
  if (!isClean) throw new CommandOutcome(1);
}

async function readDocument(plan: string, context: CommandContext): Promise<unknown> {
  if (plan !== "-") return decodeShownJson(await readBytes(plan, plan));
  return decodeShownJson(await buffer(context.stdin ?? process.stdin));
}

async function readOwn<T>(flag: string, file: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readBytes(`${flag} ${file}`, file);
  return naming(`${flag} ${file}`, () => parse(bytes));
}

async function readBytes(name: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandError(`${name} cannot be read: ${reasonOf(cause)}.`, { cause, exitCode: unreadable });
  }
}

/** Puts the name of what is read before what is wrong with it. */
async function naming<T>(name: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new CommandError(`${name}: ${error.message}`, { cause: error, exitCode: unreadable });
  }
}

function nameOf(plan: string): string {
  return plan === "-" ? "standard input" : plan;
}

/** What is redacted may still tell who can do what: for this user alone, and never half of it. */
async function writePrivate(file: string, document: unknown): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, `${JSON.stringify(document)}\n`, { mode: 0o600, flag: "wx" });
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw new CommandError(`--redact ${file} cannot be written: ${reasonOf(cause)}.`, { cause, exitCode: unreadable });
  }
}

interface View {
  readonly flags: AuditFlags;
  readonly isClean: boolean;
  readonly context: CommandContext;
}

function render(result: Audit, { flags, isClean, context }: View): string {
  const { failOn, format } = flags;
  if (format === "json") return renderJsonReport(result, failOn, isClean);
  const { columns = defaultWidth, isColored } = context.terminal ?? { isColored: false };
  return renderTextReport(result, { failOn, isClean, isColored: isColored && mayColor(context), width: columns });
}

/** @see https://no-color.org */
function mayColor({ env }: CommandContext): boolean {
  return (env["NO_COLOR"] ?? "") === "";
}

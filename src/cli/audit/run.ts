import { readFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import {
  audit,
  type Audit,
  AuditError,
  auditFleet,
  type AuditOptions,
  decodeShownJson,
  type FleetOptions,
  parseBaseline,
  parsePolicy,
  redactDocument,
} from "../../audit/index.ts";
import { failureOf } from "../../audit/gate/verdict.ts";
import { ConfigurationFolderError, readConfigurationFiles } from "../../audit/locator/configuration-files.ts";
import { locatorOf, relativeTo } from "../../audit/locator/locate.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "../command-error.ts";
import { deliverReport } from "../report-output.ts";
import { writeWholeFile } from "../whole-file.ts";
import { refuseLostBaseline, writeBaseline } from "./baseline-file.ts";
import type { AuditFlags } from "./flags.ts";
import { parsePlanArguments, type PlanArguments, refuseForSeveral, standardInput } from "./plan-arguments.ts";
import { readPlans } from "./read-fleet.ts";
import { readSurroundings } from "./reference.ts";
import { renderReport } from "./render.ts";

const unreadable = 2;
const statuses = { findings: 1, review: 3 } as const;

/**
 * Runs the command `audit`.
 *
 * @param texts - files with plans, or `-`, each with or without a name before it
 * @throws {CommandOutcome} with status 1 when there are findings that count, and 3 when only what is not known does
 * @throws {CommandError} with status 2 when something cannot be read, or a file not be written
 */
export async function runAudit(texts: readonly string[], flags: AuditFlags, context: CommandContext): Promise<void> {
  refuseSameFile(flags);
  const given = parsePlanArguments(texts);
  if (given.kind === "fleet") refuseForSeveral(flags);
  const policy = flags.policy === undefined ? undefined : await readOwn("--policy", flags.policy, parsePolicy);
  const baseline =
    flags.baseline === undefined ? undefined : await readOwn("--baseline", flags.baseline, parseBaseline);
  await refuseLostBaseline(flags);
  const now = new Date();
  const base = baseFolder(context);
  const { facts, reference } = await readSurroundings(flags, context);
  // What follows may work for long without a pause.
  context.releaseStop?.();
  const options = { policy, baseline, facts, reference, now };
  const place = { flags, context, base };
  const result =
    given.kind === "one" ? await auditOne(given.file, options, place) : await auditAll(given, options, place);
  const planFile = given.kind === "one" ? shownFile(given.file, base) : undefined;
  const report = await renderReport(result, { flags, context, planFile });
  await deliverReport(report, flags, context);
  refuseUnread(result);
  if (flags.writeBaseline !== undefined)
    await writeBaseline(result, flags.writeBaseline, { entries: baseline ?? [], now, context });
  const failure = failureOf(result, flags);
  if (failure !== undefined) throw new CommandOutcome(statuses[failure]);
}

/** Where an audit runs, and what it was asked. */
interface AuditPlace {
  readonly flags: AuditFlags;
  readonly context: CommandContext;
  readonly base: string;
}

async function auditOne(plan: string, options: AuditOptions, { flags, context, base }: AuditPlace): Promise<Audit> {
  const locate = await readLocator(plan, flags, { context, base });
  return naming(plan === standardInput ? "standard input" : plan, async () => {
    // Nothing holds the bytes while the document is read, and nothing the document once it is redacted.
    const document =
      flags.redact === undefined
        ? decodeShownJson(await readPlanBytes(plan, context))
        : redactDocument(decodeShownJson(await readPlanBytes(plan, context)));
    const found = audit(document, { ...options, locate });
    // In what is neither a plan nor a state, nobody knows where secrets are.
    if (flags.redact !== undefined) await writeRedacted(flags.redact, document);
    return found;
  });
}

async function auditAll(
  { plans }: Extract<PlanArguments, { readonly kind: "fleet" }>,
  options: FleetOptions,
  { flags, context, base }: AuditPlace,
): Promise<Audit> {
  const read = await readPlans(plans, {
    bytesOf: async (file) => readPlanBytes(file, context),
    shownFile: (file) => shownFile(file, base),
    locatorOf: async (file) => readLocator(file, flags, { context, base }),
  });
  try {
    return auditFleet(read, options);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new CommandError(error.message.split("\n  "), { cause: error, exitCode: unreadable });
  }
}

/** Fails with status 2 if a plan could not be read, although the report about the others is written. */
function refuseUnread({ plans }: Audit): void {
  const faults = plans.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`]));
  if (faults.length === 0) return;
  const rest = `${faults.length} of ${plans.length} could not be read. The report is about the others.`;
  throw new CommandError([...faults, rest], { exitCode: unreadable });
}

function shownFile(plan: string, base: string): string | undefined {
  return plan === standardInput ? undefined : relativeTo(base, plan);
}

/** Refuses to write two results into the same file. */
function refuseSameFile({ output, redact, writeBaseline }: AuditFlags): void {
  const files = Object.entries({ "--output": output, "--redact": redact, "--write-baseline": writeBaseline });
  const seen = new Map<string, string>();
  for (const [flag, file] of files) {
    if (file === undefined) continue;
    const other = seen.get(path.resolve(file));
    if (other !== undefined)
      throw new CommandError(`${other} and ${flag} both name ${file}: give each a file of its own.`, {
        exitCode: wrongUsage,
      });
    seen.set(path.resolve(file), flag);
  }
}

/** Writes the redacted document, readable by this user only, because it still shows who can do what. */
async function writeRedacted(file: string, document: unknown): Promise<void> {
  const text = `${JSON.stringify(document)}\n`;
  await writeWholeFile({ flag: "--redact", file, text, mode: 0o600, exitCode: unreadable });
}

/** What reports name files by: the repository where a job on GitHub says where that is, or else the current folder. */
function baseFolder({ env }: CommandContext): string {
  const workspace = env["GITHUB_WORKSPACE"] ?? "";
  return workspace === "" || path.relative(workspace, process.cwd()).startsWith("..") ? process.cwd() : workspace;
}

async function readLocator(
  plan: string,
  { config }: AuditFlags,
  { context, base }: { readonly context: CommandContext; readonly base: string },
): Promise<AuditOptions["locate"]> {
  const folder = config ?? (plan === standardInput ? "." : path.dirname(plan));
  try {
    const files = await readConfigurationFiles({ folder, isAsked: config !== undefined, env: context.env });
    return files.length === 0 ? undefined : locatorOf(files, base);
  } catch (error) {
    throw error instanceof ConfigurationFolderError ? configFault(folder, error) : error;
  }
}

function configFault(folder: string, error: ConfigurationFolderError): CommandError {
  const message =
    error.cause === undefined
      ? `--config ${folder} holds no configuration. Name the folder in which the plan is made: with CDKTF, one below cdktf.out/stacks.`
      : `--config ${folder} cannot be read: ${reasonOf(error.cause)}.`;
  return new CommandError(message, { cause: error, exitCode: unreadable });
}

async function readPlanBytes(plan: string, context: CommandContext): Promise<Uint8Array> {
  return plan === standardInput ? buffer(context.stdin ?? process.stdin) : readBytes(plan, plan);
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
    // What is wrong with a policy or a baseline are several lines.
    const [first = "", ...others] = error.message.split("\n  ");
    const lines = [`${name}: ${first}`, ...others.map((line) => `  ${line}`)];
    throw new CommandError(lines, { cause: error, exitCode: unreadable });
  }
}

import type { Settings } from "../../connection/settings.ts";
import { instantOf, parseInstant } from "../../vocabulary/instant.ts";
import { type CommandContext, CommandError } from "../command-error.ts";
import { type BearerTokenFlags, bearerTokenSettings, onCluster } from "../connect.ts";
import { parseDurationFlag } from "../duration-flag.ts";
import { renderEnd, renderFailureJson, renderReport, renderReportJson, type Verified } from "./render.ts";
import { readTokenReport, type TokenReport } from "./token-report.ts";

/** The flags of `verify`. */
export interface VerifyFlags extends BearerTokenFlags {
  readonly expectUser?: string;
  readonly validFor?: string;
  readonly json?: boolean;
  /** Prints nothing if everything is fine. */
  readonly quiet?: boolean;
}

/** Runs the command `verify`. */
export async function verify(flags: VerifyFlags, context: CommandContext): Promise<void> {
  const settings = bearerTokenSettings(flags, context);
  const validForMs = parseDurationFlag("--valid-for", flags.validFor);
  const verified = await verifyOrTell(settings, flags, context);
  const problems = [
    userProblem(verified.report, flags.expectUser),
    endProblem(verified.report, flags, validForMs),
  ].filter((problem) => problem !== undefined);
  if (flags.json === true) context.writeOut(renderReportJson(verified, problems));
  else if (flags.quiet !== true) context.writeOut(renderReport(verified));
  if (problems.length > 0) throw new CommandError(problems);
}

/**
 * Asks the cluster whether it accepts the bearer token of these settings.
 *
 * @throws {CommandError} when it does not, or cannot be asked
 */
export async function verifyBearerToken(settings: Settings, context: CommandContext): Promise<Verified> {
  return onCluster(settings, context, async (connection) => ({
    host: settings.host?.text ?? "",
    coreVersion: connection.coreVersion?.join("."),
    report: await readTokenReport(connection),
  }));
}

async function verifyOrTell(settings: Settings, { json }: VerifyFlags, context: CommandContext): Promise<Verified> {
  try {
    return await verifyBearerToken(settings, context);
  } catch (error) {
    if (json === true && error instanceof CommandError) context.writeOut(renderFailureJson(error.message));
    throw error;
  }
}

/** Names of users compare without regard to case, as on the cluster. */
function userProblem({ user }: TokenReport, expected: string | undefined): string | undefined {
  if (expected === undefined || user.name.toLowerCase() === expected.toLowerCase()) return undefined;
  return `The bearer token belongs to "${user.name}", and --expect-user is "${expected}". Use the token of ${expected}, or correct --expect-user.`;
}

function endProblem(report: TokenReport, { validFor }: VerifyFlags, asked: number | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const { accessToken, now } = report;
  if (accessToken === undefined) {
    return `--valid-for ${validFor ?? ""} cannot be checked, since the cluster does not say when the bearer token ends.`;
  }
  const { expirationTime } = accessToken;
  if (expirationTime === undefined) return undefined;
  const end = parseInstant(expirationTime);
  if (end !== undefined && end >= instantOf(now) + BigInt(asked) * 1_000_000n) return undefined;
  return `The bearer token ends ${renderEnd(report)}, and --valid-for is ${validFor ?? ""}. Rotate the access token, or extend it.`;
}

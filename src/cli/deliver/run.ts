import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeCredentialsFile } from "../../client/credentials-file.ts";
import type { Settings } from "../../connection/settings.ts";
import { bearerTokenFault } from "../../vocabulary/bearer-token.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { expandHome } from "../../vocabulary/home-folder.ts";
import { secretFinder } from "../../vocabulary/redaction.ts";
import { Secret } from "../../vocabulary/secret.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { type BearerTokenFlags, bearerTokenSettings } from "../connect.ts";
import { renderReport } from "../verify/render.ts";
import { verifyBearerToken } from "../verify/run.ts";
import { redactor } from "./redactor.ts";

/** The flags of `deliver`. */
export interface DeliverFlags extends BearerTokenFlags {
  readonly command?: string;
}

/** Runs the command `deliver`. */
export async function deliver(flags: DeliverFlags, context: CommandContext): Promise<void> {
  const { command, credentialsFile } = flags;
  const bearerToken = findBearerToken(context);
  const place = [command, credentialsFile].filter((text) => text !== undefined && text !== "");
  if (place.length !== 1) {
    throw new CommandError("Say where to pass the bearer token: give either --command or --credentials-file.", {
      exitCode: wrongUsage,
    });
  }
  // A token that the cluster does not accept must not take the place of one that works.
  const verified = await verifyBearerToken(deliveredSettings(flags, context), context);
  if (credentialsFile === undefined) await runDelivery(command ?? "", bearerToken, context);
  else await writeDelivery(credentialsFile, bearerToken, context);
  context.writeOut(renderReport(verified));
}

/**
 * How the cluster is reached with the bearer token to deliver. The file of `--credentials-file` is the target here, not the
 * source of a login.
 */
function deliveredSettings(flags: DeliverFlags, context: CommandContext): Settings {
  const { credentialsFile, ...rest } = flags;
  if (credentialsFile === undefined) return bearerTokenSettings(rest, context);
  return bearerTokenSettings(rest, { ...context, env: { ...context.env, QUMULO_CREDENTIALS_FILE: "" } });
}

function findBearerToken({ env }: CommandContext): Secret {
  const text = env["QUMULO_BEARER_TOKEN"]?.trim() ?? "";
  const fault = bearerTokenFault(text);
  if (fault === undefined) return new Secret(text);
  throw new CommandError(`QUMULO_BEARER_TOKEN must hold the bearer token to deliver. ${fault}`, {
    exitCode: wrongUsage,
  });
}

async function writeDelivery(file: string, bearerToken: Secret, context: CommandContext): Promise<void> {
  try {
    await writeCredentialsFile(expandHome(file), bearerToken);
  } catch (cause) {
    throw new CommandError(`${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
  context.writeOut(`Wrote ${file}, readable by its owner only.\n`);
}

/** Names, with commas between, of the variables whose values the command must not print. */
const secretNames = "QUMULO_DELIVERY_SECRETS";
const ownSecrets = ["QUMULO_PASSWORD", "QUMULO_IMPORT_BEARER_TOKEN"];
/** What the provider logs in with, which may do more than the bearer token. */
const ownLogin = ["QUMULO_USERNAME", "QUMULO_CREDENTIALS_FILE", ...ownSecrets];

/** What the command may know: not the login of the administrator who applies, unless it is given on purpose. */
function withoutLogin(env: CommandContext["env"], given: readonly string[]): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(
    ([name]) => name !== secretNames && (given.includes(name) || !ownLogin.includes(name)),
  );
  return Object.fromEntries(kept);
}

async function runDelivery(command: string, bearerToken: Secret, context: CommandContext): Promise<void> {
  const { env, stop: signal } = context;
  const named = (env[secretNames] ?? "").split(",").filter((name) => name !== "");
  const childEnv = withoutLogin(env, named);
  const running = spawn("sh", ["-c", command], { env: childEnv, stdio: ["ignore", "pipe", "pipe"], signal });
  const secrets = secretFinder([
    bearerToken.reveal(),
    ...[...named, ...ownSecrets].map((name) => env[name]?.trim() ?? "").filter((value) => value !== ""),
  ]);
  const out = redactor(secrets, context.writeOut);
  const error = redactor(secrets, context.writeError);
  running.stdout.on("data", out.write);
  running.stderr.on("data", error.write);
  let ended: readonly unknown[];
  try {
    ended = await once(running, "close");
  } catch (cause) {
    throw new CommandError(`The command could not be run to its end: ${reasonOf(cause)}.`, { cause });
  } finally {
    out.end();
    error.end();
  }
  const [exitCode] = ended;
  if (exitCode === 0) return;
  const how = typeof exitCode === "number" ? `ended with exit status ${exitCode}` : "was ended by a signal";
  throw new CommandError(`The command that delivers the bearer token ${how}. What it printed is above.`);
}

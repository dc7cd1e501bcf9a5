import { type EngineName, oldestVersions } from "../../engine/identify.ts";
import { neededPrivileges } from "../../provider/needed-privileges.ts";
import { viewOf } from "../../terminal/view.ts";
import { withoutUrlSecrets } from "../../vocabulary/redaction.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { type CommandContext, CommandOutcome } from "../command-error.ts";
import { type BearerTokenFlags, settingsOf } from "../connect.ts";
import { type Check, clusterChecks, notChecked, withSkipped } from "./check.ts";
import { checkCliConfiguration } from "./cli-configuration-check.ts";
import { checkCluster } from "./cluster-checks.ts";
import { checkEngine } from "./engine-check.ts";
import { checkProvider } from "./installation-checks.ts";
import { renderJson } from "./render-json.ts";
import { renderText } from "./render-text.ts";

/** The flags of `doctor`. */
export interface DoctorFlags extends BearerTokenFlags {
  /** Types of resources that a deploy manages. */
  readonly resource: readonly string[];
  readonly json?: boolean;
}

/**
 * Runs the command `doctor`.
 *
 * @throws {CommandOutcome} with status 1 when something does not work
 */
export async function doctor(flags: DoctorFlags, context: CommandContext): Promise<void> {
  const checks = [...(await checkMachine(context)), ...(await checkReach(flags, context))].map(shownCheck);
  context.writeOut(flags.json === true ? renderJson(checks, context.version) : renderText(checks, viewOf(context)));
  if (checks.some(({ status }) => status === "fails")) throw new CommandOutcome(1);
}

/** Names in what was found are those of a cluster, or of files; URLs in files may hold a login. */
function shownCheck(check: Check): Check {
  const { found, todo } = check;
  const safe = (text: string): string => shown(withoutUrlSecrets(text));
  return { ...check, found: safe(found), todo: todo === undefined ? undefined : safe(todo) };
}

async function checkMachine(context: CommandContext): Promise<readonly Check[]> {
  const { check, engine } = await checkEngine(context);
  const names = Object.keys(oldestVersions).filter((name): name is EngineName => name in oldestVersions);
  const used = engine === undefined ? names : [engine.name];
  const providers = names.map(async (name) => checkProvider({ engine: name, isNeeded: used.includes(name) }, context));
  const configuration = await checkCliConfiguration({ engine, engines: used }, context);
  return [check, configuration, ...(await Promise.all(providers))];
}

async function checkReach(flags: DoctorFlags, context: CommandContext): Promise<readonly Check[]> {
  const settings = settingsOf(flags, context.env);
  if (settings.host === undefined) {
    const why = "no cluster is given: give --host, or set QUMULO_HOST, such as cluster.example.com";
    return clusterChecks.map((id) => notChecked(id, why));
  }
  const resources = flags.resource.length === 0 ? Object.keys(neededPrivileges) : flags.resource;
  return withSkipped(clusterChecks, await checkCluster({ settings, resources }, context));
}

import { stat } from "node:fs/promises";
import path from "node:path";
import { isObjectType, type ObjectType, objectTypes } from "../../client/snapshot/object-types.ts";
import { neededFor, type Snapshot } from "../../client/snapshot/read-snapshot.ts";
import { modelOf } from "../../discover/model.ts";
import { remarksOf } from "../../discover/remarks.ts";
import type { CodeFile, Format } from "../../discover/render.ts";
import { selectionOf, unmatchedPatterns } from "../../discover/selection.ts";
import { viewOf } from "../../terminal/view.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { listed } from "../../vocabulary/listed.ts";
import { makeFolder } from "../../vocabulary/make-folder.ts";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { readClusterSnapshot } from "../cluster-snapshot.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "../command-error.ts";
import { type BearerTokenFlags, clusterSettings, onCluster } from "../connect.ts";
import { type ProgressFlags, progressTo } from "../progress.ts";
import { writeWholeFiles } from "../whole-file.ts";
import { renderSummary } from "./render.ts";

/** The flags of `discover`. */
export interface DiscoverFlags extends BearerTokenFlags, ProgressFlags {
  readonly format: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly name?: readonly string[];
  readonly except?: readonly string[];
  readonly only?: string;
}

/** The exit status when the code lacks something that was asked for. */
const incomplete = 3;

/** Runs the command `discover`. */
export async function discover(flags: DiscoverFlags, context: CommandContext): Promise<void> {
  const format = await formatOf(flags.format);
  const only = parseOnly(flags.only);
  const selection = selectionOf({ only, names: flags.name, except: flags.except });
  const settings = clusterSettings(flags, context);
  await refuseToOverwrite(format, flags);
  const progress = progressTo(flags, context);
  const snapshot = await onCluster(settings, context, async ({ cluster }) =>
    readClusterSnapshot(cluster, {
      types: neededFor(only),
      onProgress: (step) => {
        progress(`Reading ${step}`);
      },
    }),
  );
  const unmatched = unmatchedNames(flags, snapshot);
  const model = modelOf(snapshot, selection);
  const { unread } = snapshot;
  const discovered = { host: settings.host?.text ?? "", model, remarks: remarksOf(model, snapshot), unread };
  await deliver(format.render(discovered), flags, context);
  context.writeError(renderSummary({ ...discovered, unmatched }, summaryView(context)));
  const isRefused = unread.some(({ types }) => types.some((type) => only.includes(type)));
  if (isRefused || model.leftOut.length > 0 || unmatched.length > 0) throw new CommandOutcome(incomplete);
}

/**
 * The patterns of `--name` that match nothing.
 *
 * @throws {CommandError} when none of them matches anything: there is nothing to write then
 */
function unmatchedNames({ name: patterns = [] }: DiscoverFlags, snapshot: Snapshot): readonly string[] {
  const { users, groups, roles, unread } = snapshot;
  const names = [...users, ...groups, ...roles].map(({ name }) => name);
  const unmatched = unmatchedPatterns(patterns, names);
  if (patterns.length === 0 || unmatched.length < patterns.length) return unmatched;
  const unknown = unread.map(({ types }) => types.join(" and "));
  const notRead = unknown.length === 0 ? "" : ` The login may not read ${unknown.join(", ")}.`;
  throw new CommandError(
    `Nothing was written: no user, group or role that was read has a name like ${listed(patterns.map((pattern) => shown(pattern)))}.${notRead} * stands for any text, ? for one character, and case does not count.`,
  );
}

/** Somebody at a terminal reads lines; a file or a log gets each sentence whole. */
function summaryView(context: CommandContext): { readonly width: number } {
  return context.isErrorTerminal === true ? viewOf(context) : { width: Infinity };
}

async function formatOf(format: string): Promise<Format> {
  if (format === "hcl") return (await import("../../discover/hcl.ts")).hclFormat;
  if (format === "cdktf") return (await import("../../discover/cdktf.ts")).cdktfFormat;
  if (format === "cdktn") return (await import("../../discover/cdktf.ts")).cdktnFormat;
  throw new CommandError(`--format is ${JSON.stringify(format)}: give hcl, cdktf or cdktn.`, { exitCode: wrongUsage });
}

function parseOnly(text: string | undefined): readonly ObjectType[] {
  if (text === undefined) return objectTypes;
  return text.split(",").map((part) => {
    const type = part.trim().toLowerCase();
    if (isObjectType(type)) return type;
    const meant = nearestName(type, objectTypes);
    const advice = meant === undefined ? `Give some of ${objectTypes.join(", ")}.` : `Did you mean ${meant}?`;
    throw new CommandError(`--only names ${JSON.stringify(type)}, which cannot be discovered. ${advice}`, {
      exitCode: wrongUsage,
    });
  });
}

/** Refuses to overwrite files. It runs before the cluster is read, which may take a while. */
async function refuseToOverwrite({ files }: Format, { output, force }: DiscoverFlags): Promise<void> {
  if (output === undefined) {
    if (force !== true) return;
    throw new CommandError(
      "--force overwrites files in the folder of --output, which is missing. Give --output, or leave out --force.",
      { exitCode: wrongUsage },
    );
  }
  for (const file of files.map((name) => path.join(output, name))) {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || (force === true && found.isFile())) continue;
    const advice = found.isFile() ? ", or add --force to overwrite" : "";
    throw new CommandError(`${file} exists already. Choose another folder for --output${advice}.`);
  }
}

async function deliver(files: readonly CodeFile[], { output }: DiscoverFlags, context: CommandContext): Promise<void> {
  if (output === undefined) {
    const code = files.filter(({ name }) => !name.endsWith(".json"));
    context.writeOut(code.map(({ text }) => text).join("\n"));
    return;
  }
  try {
    await makeFolder(output);
  } catch (cause) {
    throw new CommandError(`--output ${output} cannot be created: ${reasonOf(cause)}.`, { cause });
  }
  const texts = files.map(({ name, text }) => ({ file: path.join(output, name), text }));
  await writeWholeFiles({ flag: "--output", files: texts, mode: 0o644 });
}

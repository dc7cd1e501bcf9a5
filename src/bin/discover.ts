import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { type Finding, findingsOf } from "../discover/findings.ts";
import { type LeftOut, type Model, modelOf } from "../discover/model.ts";
import { isObjectType, type ObjectType, objectTypes } from "../discover/object-types.ts";
import type { CodeFile, Discovered } from "../discover/render.ts";
import { type Selection, selectionOf } from "../discover/selection.ts";
import { readSnapshot, type Snapshot } from "../discover/snapshot.ts";
import { explained } from "../provider/cluster-diagnostics.ts";
import { nearestName } from "../vocabulary/nearest-name.ts";
import { type CommandContext, CommandError, CommandOutcome, reasonOf, wrongUsage } from "./command-error.ts";
import { type BearerTokenFlags, clusterSettings, onCluster } from "./connect.ts";
import { renderSummary } from "./discover-summary.ts";
import { writeWholeFile } from "./whole-file.ts";

/** What `discover` may be asked. */
export interface DiscoverFlags extends BearerTokenFlags {
  readonly format: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly name?: readonly string[];
  readonly except?: readonly string[];
  readonly only?: string;
  readonly progress?: boolean;
}

/** What the program ends with when the code lacks something that was asked for. */
const incomplete = 3;

/** Runs the command `discover`. */
export async function discover(flags: DiscoverFlags, context: CommandContext): Promise<void> {
  const render = await rendererOf(flags.format);
  const only = parseOnly(flags.only);
  const selection = selectionOf({ only, names: flags.name, except: flags.except });
  if (flags.force === true && flags.output === undefined) {
    throw new CommandError("--force overwrites files of --output, which is missing.", { exitCode: wrongUsage });
  }
  const settings = clusterSettings(flags, context);
  const snapshot = await onCluster(settings, context, async ({ cluster }) =>
    explained({ summary: "The cluster could not be read", privilege: "PRIVILEGE_ROLE_READ" }, async () =>
      readSnapshot(cluster, progressOf(flags, context)),
    ),
  );
  const host = settings.host?.text ?? "";
  const found = examine(snapshot, selection);
  await deliver(render({ host, ...found }), flags, context);
  context.writeError(renderSummary({ host, snapshot, ...found }));
  if (isIncomplete(found.model.leftOut, snapshot, only)) throw new CommandOutcome(incomplete);
}

function examine(
  snapshot: Snapshot,
  selection: Selection,
): { readonly model: Model; readonly findings: readonly Finding[] } {
  const model = modelOf(snapshot, selection);
  return { model, findings: findingsOf(model, snapshot) };
}

type Renderer = (discovered: Discovered) => readonly CodeFile[];

async function rendererOf(format: string): Promise<Renderer> {
  if (format === "hcl") return (await import("../discover/hcl.ts")).renderHcl;
  if (format === "cdktf") return (await import("../discover/cdktf.ts")).renderCdktf;
  throw new CommandError(`--format is ${JSON.stringify(format)}: give hcl or cdktf.`, { exitCode: wrongUsage });
}

function parseOnly(text: string | undefined): readonly ObjectType[] {
  if (text === undefined) return objectTypes;
  return text.split(",").map((part) => {
    const type = part.trim().toLowerCase();
    if (isObjectType(type)) return type;
    const meant = nearestName(type, objectTypes);
    const advice = meant === undefined ? `Give some of ${objectTypes.join(", ")}.` : `Did you mean ${meant}?`;
    throw new CommandError(`--only names ${JSON.stringify(type)}, which is nothing that can be discovered. ${advice}`, {
      exitCode: wrongUsage,
    });
  });
}

function progressOf({ progress }: DiscoverFlags, context: CommandContext): (step: string) => void {
  if (progress !== true && context.isErrorTerminal !== true) return () => undefined;
  return (step) => {
    context.writeError(`Reading ${step}\n`);
  };
}

async function deliver(files: readonly CodeFile[], flags: DiscoverFlags, context: CommandContext): Promise<void> {
  const { output } = flags;
  if (output === undefined) {
    const [first, ...others] = files.filter(({ name }) => !name.endsWith(".json"));
    context.writeOut([first, ...others].map((file) => file?.text ?? "").join("\n"));
    return;
  }
  await prepareFolder(output, files, flags.force === true);
  for (const { name, text } of files) {
    await writeWholeFile({ flag: "--output", file: path.join(output, name), text, mode: 0o644 });
  }
}

async function prepareFolder(folder: string, files: readonly CodeFile[], force: boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new CommandError(`--output ${folder} cannot be made: ${reasonOf(cause)}.`, { cause });
  }
  for (const { name } of force ? [] : files) {
    const file = path.join(folder, name);
    if ((await stat(file).catch(() => undefined)) === undefined) continue;
    throw new CommandError(
      `${file} is there already. Choose another folder for --output, or add --force to overwrite.`,
    );
  }
}

function isIncomplete(leftOut: readonly LeftOut[], { unread }: Snapshot, only: readonly ObjectType[]): boolean {
  return leftOut.length > 0 || unread.some(({ types }) => types.some((type) => only.includes(type)));
}

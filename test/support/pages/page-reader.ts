import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { getAcceptanceGround } from "../engines/acceptance-ground.ts";
import type { Workspace } from "../engines/given-workspace.ts";
import { type CodeBlock, nameOf, readBlocks } from "./pages.ts";
import { openSession, runScript, type ScriptResult, type Shell } from "./shells.ts";

/** Somebody at a terminal, who does what a page says. */
export interface PageReader {
  /** Where they work. */
  readonly folder: string;
  /** What their shell has been given to begin with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: (script: string) => Promise<ScriptResult>;
}

/** How a page is read. */
export interface Reading {
  /** What the reader writes instead of what stands in the page for show. */
  readonly instead?: Readonly<Record<string, string>>;
  /** What happens before the reader comes to a heading. */
  readonly before?: Readonly<Record<string, () => Promise<void> | void>>;
  /** The headings of what is not for this reader. */
  readonly without?: readonly string[];
  /** The exit statuses of scripts that are to fail, by a part of their text. */
  readonly failing?: Readonly<Record<string, number>>;
}

/** `npx` as it runs what is installed, without its start of half a second. */
const npx = (library: string) => `#!/bin/sh
while :; do case $1 in -*) shift ;; *) break ;; esac; done
name=$1; shift
[ "$name" = cdktf-qumulo ] || exec "node_modules/.bin/$name" "$@"
exec "${process.execPath}" "${path.join(library, "dist/cdktf-qumulo.js")}" "$@"
`;

/** A folder with programs for the PATH: the engine as `tofu` and `terraform`, `npx`, and further scripts. */
export async function writePrograms(
  { folder, engine }: Pick<Workspace, "folder" | "engine">,
  scripts: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bin = path.join(folder, "bin");
  await mkdir(bin);
  for (const name of ["tofu", "terraform"]) await symlink(engine.program, path.join(bin, name));
  for (const [name, script] of Object.entries({ npx: npx(getAcceptanceGround().library), ...scripts })) {
    await writeFile(path.join(bin, name), script);
    await chmod(path.join(bin, name), 0o755);
  }
  return `${bin}:${path.dirname(process.execPath)}:/usr/bin:/bin`;
}

/** Seats a reader in the folder `page` of a workspace. They say yes to the engine, and type `input` when asked. */
export async function givenReader(
  workspace: Workspace,
  options: {
    readonly extra?: Readonly<Record<string, string | undefined>>;
    readonly input?: () => string;
    /** The shell that they keep open; without it each script has a new one, which ends with the first command that fails. */
    readonly shell?: Shell;
    /** Programs of their machine, as scripts, in addition to the engine and `npx`. */
    readonly programs?: Readonly<Record<string, string>> | undefined;
  } = {},
): Promise<PageReader> {
  const folder = path.join(workspace.folder, "page");
  await mkdir(folder);
  const env = {
    PATH: await writePrograms(workspace, options.programs),
    CHECKPOINT_DISABLE: "1",
    NO_COLOR: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_ARGS_apply: "-auto-approve",
    TF_CLI_ARGS_destroy: "-auto-approve",
    TF_CLI_CONFIG_FILE: workspace.place.cliConfigFile,
    ...workspace.place.extra,
    ...options.extra,
  };
  const { shell, input } = options;
  if (shell === undefined)
    return { folder, env, run: async (script) => runScript(script, { cwd: folder, env, input: input?.() }) };
  const session = await openSession({ shell, cwd: folder, env });
  return { folder, env, run: async (script) => session.run(script, input?.()) };
}

/**
 * Does all that a page says, from its top to its end: writes the files whose names stand beside the language or in the first line
 * of a block, runs the shell's blocks, and finds in what they print the `text` block that follows, in which `…` is anything.
 *
 * @returns what each script came to
 * @throws {Error} when a script ends otherwise than it is to, or does not print what the page shows
 */
export async function follow(
  reader: PageReader,
  page: string,
  reading: Reading = {},
): Promise<readonly ScriptResult[]> {
  const results: ScriptResult[] = [];
  let heading = "";
  const blocks = (await readBlocks(page)).filter(
    // What is `console` is for show.
    ({ heading: above, language }) => reading.without?.includes(above) !== true && language !== "console",
  );
  for (const block of blocks) {
    const where = `${page}:${block.line}`;
    if (block.heading !== heading) await reading.before?.[block.heading]?.();
    ({ heading } = block);
    if (block.language === "text") expectShown(results.at(-1)?.out ?? "", block, where);
    else results.push(...(await obey(reader, { ...block, where }, reading)));
  }
  return results;
}

/** Runs a block of the shell that has no name of its own, and writes any other into its file. */
async function obey(
  reader: PageReader,
  block: CodeBlock & { readonly where: string },
  { instead = {}, failing = {} }: Reading,
): Promise<readonly ScriptResult[]> {
  const { where } = block;
  const code = Object.entries(instead).reduce((text, [said, own]) => text.replaceAll(said, own), block.code);
  if (block.language === "sh" && nameOf(block) === undefined)
    return [await runBlock(reader, { code, where, expected: statusOf(block, failing) })];
  await writeNamed(reader.folder, { ...block, code }, where);
  return [];
}

/** The status with which a block is to end. */
function statusOf({ code }: CodeBlock, failing: Readonly<Record<string, number>>): number {
  return Object.entries(failing).find(([part]) => code.includes(part))?.[1] ?? 0;
}

async function runBlock(
  reader: PageReader,
  { code, where, expected }: { readonly code: string; readonly where: string; readonly expected: number },
): Promise<ScriptResult> {
  const result = await reader.run(code);
  if (result.exitCode === expected) return result;
  throw new Error(`${where} ended with ${result.exitCode}:\n${result.out}`);
}

/** Writes the files of a page as they are when it begins, without doing what it says. */
export async function writeFiles(reader: PageReader, page: string): Promise<void> {
  const written = new Set<string>();
  for (const block of await readBlocks(page)) {
    const name = nameOf(block);
    if (block.language === "sh" || block.language === "text" || written.has(name ?? "")) continue;
    written.add(name ?? "");
    await writeNamed(reader.folder, block, `${page}:${block.line}`);
  }
}

async function writeNamed(folder: string, block: CodeBlock, where: string): Promise<void> {
  const { code } = block;
  const name = nameOf(block);
  if (name === undefined) throw new Error(`${where} names no file, neither beside its language nor in its first line.`);
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), code);
}

function expectShown(out: string, { code }: CodeBlock, where: string): void {
  const printed = plain(out);
  for (const line of code.split("\n").filter((shown) => shown.trim() !== "")) {
    const pieces = plain(line)
      .split("…")
      .map((piece) => escaped(piece));
    if (!new RegExp(pieces.join(".*?")).test(printed)) throw new Error(`${where} shows "${line}", and met:\n${out}`);
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Without the frames of diagnostics and with single spaces: where a line ends depends on the width of a terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/^[│╷╵|]\s?/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

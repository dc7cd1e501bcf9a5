import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/** The folder that the practitioner has named holds no configuration, or cannot be read (`cause`). */
export class ConfigurationFolderError extends Error {
  override readonly name = "ConfigurationFolderError";
}

/** A file of a configuration. */
export interface ConfigurationFile {
  /** Names of the modules in which it is, joined by dots; nothing for the root. */
  readonly module: string;
  readonly file: string;
  readonly text: string;
}

/** Where a configuration is looked for. */
export interface ConfigurationPlace {
  readonly folder: string;
  /** Whether the practitioner has named it: then there must be one. */
  readonly isAsked: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const largestBytes = 20_000_000;

/**
 * Reads a configuration as the engine has initialized it, its modules included.
 *
 * @throws {ConfigurationFolderError} when it was asked for and there is none
 */
export async function readConfigurationFiles(place: ConfigurationPlace): Promise<readonly ConfigurationFile[]> {
  const { folder, isAsked } = place;
  const root = await readFolder(folder, "").catch((cause: unknown) => {
    if (!isAsked) return [];
    throw new ConfigurationFolderError(`${folder} cannot be read`, { cause });
  });
  if (root.length === 0 && isAsked) throw new ConfigurationFolderError(`${folder} holds no configuration`);
  if (root.length === 0) return [];
  const modules = await Promise.all(
    (await readModules(place)).map(async ({ key, dir }) => readFolder(path.join(folder, dir), key).catch(() => [])),
  );
  return [...root, ...modules.flat()];
}

async function readFolder(folder: string, module: string): Promise<readonly ConfigurationFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name)).toSorted();
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const { size } = await stat(file);
      return size > largestBytes ? [] : [{ module, file, text: await readFile(file, "utf8") }];
    }),
  );
  return files.flat();
}

interface Module {
  readonly key: string;
  readonly dir: string;
}

/** The engine notes while it initializes from which folder each module comes. Without that, only the root is known. */
async function readModules({ folder, env }: ConfigurationPlace): Promise<readonly Module[]> {
  const data = path.resolve(folder, env["TF_DATA_DIR"] ?? ".terraform");
  const text = await readFile(path.join(data, "modules", "modules.json"), "utf8").catch(() => "");
  return parseModules(text).filter(({ key }) => key !== "");
}

function parseModules(text: string): readonly Module[] {
  try {
    const notes: unknown = JSON.parse(text);
    const modules = isFields(notes) && Array.isArray(notes["Modules"]) ? notes["Modules"] : [];
    return modules.flatMap((module: unknown) => {
      if (!isFields(module)) return [];
      const { Key: key, Dir: dir } = module;
      return typeof key === "string" && typeof dir === "string" ? [{ key, dir }] : [];
    });
  } catch {
    return []; // no notes, or some of another kind: places in modules stay unknown
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

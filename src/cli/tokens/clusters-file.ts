import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  givenSettings,
  secretSettings,
  type SettingName,
  settingNames,
  withEnvironment,
} from "../../connection/settings.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { expandHome } from "../../vocabulary/home-folder.ts";
import { findUnknownKey } from "../../vocabulary/known-keys.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import type { ToldCluster } from "../connect.ts";
import { wordsOfFile } from "../setting-words.ts";

/** A cluster of a fleet, and how it is reached. */
export interface NamedCluster extends ToldCluster {
  readonly name: string;
}

/** More of them than any file of clusters has that a person writes. */
const mostClusters = 1_000;

const pathNames: readonly SettingName[] = ["ca_file", "credentials_file"];
const known = Object.fromEntries(
  settingNames.filter((name) => !secretSettings.includes(name)).map((name) => [name, true]),
);

/**
 * Reads a file of clusters: a JSON object with the settings of each cluster by its name, spelled as in the provider. What is
 * left out comes from the environment. Paths are relative to the file.
 *
 * @throws {CommandError} with status 2 that names the cluster and the setting at fault
 */
export async function readClustersFile(file: string, { env }: CommandContext): Promise<readonly NamedCluster[]> {
  const written = entriesOf(await readJson(file), `${file} holds`);
  if (written.length === 0) throw wrong(`${file} names no cluster.`);
  if (written.length > mostClusters) throw wrong(`${file} names more than ${mostClusters} clusters.`);
  return written.map(([name, entry]) => {
    const place = `${file}: ${shown(name)}`;
    const texts = textsOf(entry, place);
    refuseKeys(texts, place);
    const given = givenSettings({ ...texts, ...absolutePaths(texts, path.dirname(file)) });
    if (given.host === undefined) throw wrong(`${place} has no host. Give one, such as cluster.example.com.`);
    const settings = withEnvironment(given, { ...env, QUMULO_HOST: "", QUMULO_PORT: "" });
    return { name, settings, words: wordsOfFile(file) };
  });
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`, { cause, exitCode: wrongUsage });
  }
  try {
    return JSON.parse(text);
  } catch {
    // Not with the parser's words, which may quote what is there.
    throw wrong(`${file} is not JSON. It takes an object such as {"east": {"host": "east.example.com"}}.`);
  }
}

function entriesOf(value: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw wrong(`${place} not an object such as {"host": "east.example.com"}.`);
}

function textsOf(settings: unknown, place: string): Readonly<Record<string, string>> {
  const entries = entriesOf(settings, `${place} is`);
  return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value, `${place}: ${shown(key)}`)] as const));
}

function textOf(value: unknown, place: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw wrong(`${place} takes a text, a number, true or false.`);
}

function refuseKeys(texts: Readonly<Record<string, string>>, place: string): void {
  const secret = secretSettings.find((name) => Object.hasOwn(texts, name));
  if (secret !== undefined) {
    throw wrong(`${place}: ${secret} is secret and does not belong here. Use credentials_file, or the environment.`);
  }
  const unknown = findUnknownKey(texts, known);
  if (unknown !== undefined) throw wrong(`${place}: ${shown(unknown.key)} is not known. ${unknown.advice}`);
}

function absolutePaths(texts: Readonly<Record<string, string>>, folder: string): Record<string, string> {
  const found = pathNames.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : [[name, path.resolve(folder, expandHome(text))] as const];
  });
  return Object.fromEntries(found);
}

function wrong(message: string): CommandError {
  return new CommandError(message, { exitCode: wrongUsage });
}

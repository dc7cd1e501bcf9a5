import path from "node:path";
import { isPlanName, planNameForm } from "../../audit/plan/plan-name.ts";
import { mostPlans } from "../../audit/index.ts";
import { CommandError, wrongUsage } from "../command-error.ts";
import type { AuditFlags } from "./flags.ts";

/** What stands for standard input. */
export const standardInput = "-";

/** A plan that the command line names. */
export interface PlanArgument {
  readonly name: string;
  /** `-` for standard input. */
  readonly file: string;
}

/** What is audited: one plan without a name, or one or more with names. */
export type PlanArguments =
  { readonly kind: "one"; readonly file: string } | { readonly kind: "fleet"; readonly plans: readonly PlanArgument[] };

/**
 * Reads the arguments of `audit`: each is `FILE` or `NAME=FILE`. Of several files without names, the shortest part of each path
 * that tells it from the others is its name.
 *
 * @throws {CommandError} with status 2 when plans cannot be told apart
 */
export function parsePlanArguments(texts: readonly string[]): PlanArguments {
  const given = texts.map(parseArgument);
  const [only, ...others] = given;
  if (only !== undefined && only.name === undefined && others.length === 0) return { kind: "one", file: only.file };
  if (given.length > mostPlans) {
    throw usageError(`${given.length} plans are given, and one audit takes ${mostPlans} at most. Audit them in parts.`);
  }
  refuseTwice(
    given.map(({ file }) => (file === standardInput ? file : path.resolve(file))),
    (index) => {
      const { file } = given[index] ?? { file: "" };
      return `${file === standardInput ? "Standard input" : file} is given twice. Give each plan once.`;
    },
  );
  const names = namesOf(given);
  refuseTwice(names, (index) => `Two plans are called ${names[index] ?? ""}. ${nameAdvice}`);
  return { kind: "fleet", plans: given.map(({ file }, index) => ({ name: names[index] ?? "", file })) };
}

const nameAdvice = "Give them names: NAME=FILE.";

interface GivenArgument {
  readonly name: string | undefined;
  readonly file: string;
}

function parseArgument(text: string): GivenArgument {
  const [, name, file] = /^([^=/\\.][^=]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || file === undefined) return { name: undefined, file: text };
  if (file === "") throw usageError(`${JSON.stringify(text)} names no file. It takes FILE or NAME=FILE.`);
  if (isPlanName(name)) return { name, file };
  throw usageError(
    `${JSON.stringify(name)} cannot be the name of a plan: it takes ${planNameForm}. For a file with "=" in its path, write ./ before it.`,
  );
}

function refuseTwice(texts: readonly string[], message: (index: number) => string): void {
  const index = texts.findIndex((text, at) => texts.indexOf(text) < at);
  if (index >= 0) throw usageError(message(index));
}

/** Names that were given, and of the rest what tells them apart. */
function namesOf(given: readonly GivenArgument[]): readonly string[] {
  const nameless = given.filter(({ name, file }) => name === undefined && file !== standardInput);
  const found = new Map(distinguishingParts(nameless.map(({ file }) => file)));
  return given.map(({ name, file }) => {
    const known = name ?? (file === standardInput ? "stdin" : found.get(file));
    if (known !== undefined && isPlanName(known)) return known;
    throw usageError(`Nothing in ${file} can be a name that tells it from the others. ${nameAdvice}`);
  });
}

/** The name of each file where these differ, or else what of the paths differs: `east` of `accounts/east/plan.json`. */
function distinguishingParts(files: readonly string[]): readonly (readonly [file: string, name: string])[] {
  const paths = files.map((file) =>
    withoutEnding(path.normalize(file))
      .split(/[\\/]/)
      .filter((part) => part !== "."),
  );
  const lasts = paths.map((parts) => parts.at(-1) ?? "");
  if (new Set(lasts).size === files.length) return files.map((file, index) => [file, plain(lasts[index] ?? "")]);
  const [first = [], ...others] = paths;
  const start = first.findIndex((part, at) => others.some((parts) => parts[at] !== part));
  const isSameEnd = new Set(lasts).size === 1;
  return files.map((file, index) => {
    const parts = (paths[index] ?? []).slice(Math.max(start, 0));
    const shown = isSameEnd && parts.length > 1 ? parts.slice(0, -1) : parts;
    return [file, plain(shown.join("/"))];
  });
}

function withoutEnding(file: string): string {
  return file.replace(/\.(?:json|txt|log)$/i, "");
}

/** Whatever a name cannot hold becomes a hyphen. */
function plain(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._/-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
}

/** Refuses flags that only work with one plan. */
export function refuseForSeveral({ redact, config }: AuditFlags): void {
  if (redact !== undefined) {
    throw usageError("--redact writes a copy of one plan. Audit each plan by itself with it, and the copies together.");
  }
  if (config === undefined) return;
  throw usageError(
    "--config is the folder of one configuration. With several plans, each one's is looked for in the folder of its file: leave it out.",
  );
}

function usageError(message: string): CommandError {
  return new CommandError(message, { exitCode: wrongUsage });
}

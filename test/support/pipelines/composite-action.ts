import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { runScript, type ScriptResult } from "../pages/shells.ts";
import { fillIn, isMet, type Names } from "./expressions.ts";

/** One step of a composite action. */
export interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

/** What `action.yml` says. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

/** What came of a run of an action. */
export interface ActionRun {
  /** The status of the step that failed, or 0. */
  readonly exitCode: number;
  /** What came of each step that was run, by its name. */
  readonly steps: Readonly<Record<string, ScriptResult>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the summary of the job shows. */
  readonly summary: string;
}

/** Where and with what an action runs. */
export interface ActionPlace {
  /** The checkout of whoever uses it. */
  readonly workspace: string;
  /** A folder for what lasts as long as the job. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What expressions know beside inputs and outputs, such as the number of the pull request. */
  readonly names: Names;
}

/** The project's own action. The tests that run it fail where its shape is another one. */
export async function readAction(root: string): Promise<Action> {
  return parse(await readFile(path.join(root, "action.yml"), "utf8")) as Action;
}

/**
 * Runs an action as GitHub's runner does: step by step, until one fails.
 *
 * @throws {Error} when it has no such inputs
 */
export async function runAction(
  action: Action,
  given: Readonly<Record<string, string>>,
  place: ActionPlace,
): Promise<ActionRun> {
  const names = new Map(Object.entries({ ...place.names, ...inputsOf(action, given, place.names) }));
  const steps: Record<string, ScriptResult> = {};
  let exitCode = 0;
  for (const step of action.runs.steps) {
    if (exitCode !== 0 || !isMet(step.if, Object.fromEntries(names))) continue;
    const { result, outputs } = await runStep(step, Object.fromEntries(names), place);
    for (const [name, value] of outputs) names.set(`steps.${step.id ?? ""}.outputs.${name}`, value);
    steps[step.name] = result;
    ({ exitCode } = result);
  }
  const known = Object.fromEntries(names);
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fillIn(value, known)] as const);
  const summary = await readFile(summaryFile(place), "utf8").catch(() => "");
  return { exitCode, steps, outputs: Object.fromEntries(outputs), summary };
}

function inputsOf({ inputs }: Action, given: Readonly<Record<string, string>>, names: Names): Names {
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`The action has no inputs ${unknown.join(", ")}.`);
  const values = Object.entries(inputs).map(([name, { default: usual = "" }]) => {
    return [`inputs.${name}`, given[name] ?? fillIn(usual, names)] as const;
  });
  return Object.fromEntries(values);
}

async function runStep(
  { name, env = {}, run }: ActionStep,
  names: Names,
  place: ActionPlace,
): Promise<{ readonly result: ScriptResult; readonly outputs: readonly (readonly [string, string])[] }> {
  const outputFile = path.join(place.temporary, `outputs of ${name}`);
  await writeFile(outputFile, "");
  const own = Object.entries(env).map(([variable, value]) => [variable, fillIn(value, names)] as const);
  const result = await runScript(run, {
    shell: "bash-of-github",
    cwd: place.workspace,
    env: {
      ...place.env,
      RUNNER_TEMP: place.temporary,
      GITHUB_WORKSPACE: place.workspace,
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile(place),
      ...Object.fromEntries(own),
    },
  });
  const lines = (await readFile(outputFile, "utf8")).matchAll(/^([^=\n]+)=(.*)$/gm);
  return { result, outputs: [...lines].map(([, variable = "", value = ""]) => [variable, value] as const) };
}

function summaryFile({ temporary }: ActionPlace): string {
  return path.join(temporary, "summary.md");
}

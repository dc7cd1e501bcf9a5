import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Engine } from "../../src/engine/identify.ts";
import {
  type EngineFolder,
  readOutputs,
  readShow,
  runApply,
  runDestroy,
  runEngine,
  runImport,
  runInit,
  runPlan,
  runValidate,
} from "../../src/engine/run.ts";
import { givenMachine, type Machine } from "../support/processes/fake-programs.ts";

let machine: Machine;

beforeEach(async () => {
  machine = await givenMachine();
});

afterEach(async () => {
  await machine.remove();
});

async function givenEngine(script: string): Promise<EngineFolder> {
  const program = await machine.addProgram("tofu", script);
  const engine: Engine = { name: "opentofu", version: "1.12.6", program };
  return { engine, folder: machine.folder, env: machine.env };
}

test.each<[string, (place: EngineFolder) => Promise<{ stdout: string }>, string]>([
  ["init", async (place) => runInit(place), "init -no-color"],
  ["validate", async (place) => runValidate(place), "validate -no-color"],
  ["plan", async (place) => runPlan(place), "plan -no-color -detailed-exitcode"],
  [
    "a plan of destruction",
    async (place) => runPlan(place, { destroy: true, out: "x.tfplan", json: true }),
    "plan -no-color -detailed-exitcode -out=x.tfplan -destroy -json",
  ],
  ["apply", async (place) => runApply(place), "apply -no-color -auto-approve"],
  [
    "a saved plan",
    async (place) => runApply(place, { plan: "x.tfplan", json: true }),
    "apply -no-color -json x.tfplan",
  ],
  ["destroy", async (place) => runDestroy(place), "destroy -no-color -auto-approve"],
  ["import", async (place) => runImport(place, "qumulo_role.r", "name"), "import -no-color qumulo_role.r name"],
])("%s runs in the folder with its arguments", async (_case, run, expected) => {
  const place = await givenEngine('pwd; echo "$@"');

  const { stdout } = await run(place);

  expect(stdout).toBe(`${machine.folder}\n${expected}\n`);
});

test("JSON documents are read from show and output", async () => {
  const place = await givenEngine(`echo '{"command":"'$1'","last":"'$4'"}'`);

  expect(await readShow(place, "x.tfplan")).toEqual({ command: "show", last: "x.tfplan" });
  expect(await readOutputs(place)).toEqual({ command: "output", last: "" });
});

test.each([
  [0, false],
  [2, true],
])("a plan that ends with status %i says whether it has changes", async (status, hasChanges) => {
  const place = await givenEngine(`exit ${status}`);

  const plan = await runPlan(place);

  expect(plan.hasChanges).toBe(hasChanges);
});

test("a failing command throws what the engine said", async () => {
  const place = await givenEngine("echo 'Error: Invalid reference' >&2; exit 1");

  const plan = runPlan(place);

  await expect(plan).rejects.toMatchObject({ reason: "command", result: { exitCode: 1 } });
  await expect(plan).rejects.toThrow(/OpenTofu 1\.12\.6: plan in .* ended with status 1\.\nError: Invalid reference/);
});

test("the environment is quiet, and variables that change a command's meaning are not inherited", async () => {
  const place = await givenEngine("env");
  const env = { ...machine.env, TF_CLI_ARGS_plan: "-destroy", TF_WORKSPACE: "other", TF_VAR_name: "kept" };

  const { stdout } = await runEngine({ ...place, env, cliConfigFile: "/my.tfrc" }, ["version"]);

  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining([
      "CHECKPOINT_DISABLE=1",
      "TF_IN_AUTOMATION=1",
      "TF_INPUT=0",
      "TF_CLI_CONFIG_FILE=/my.tfrc",
      "TF_VAR_name=kept",
    ]),
  );
  expect(stdout).not.toMatch(/TF_CLI_ARGS|TF_WORKSPACE/);
});

test("without a CLI configuration of its own a run sees an empty one, not the one the environment names", async () => {
  const place = await givenEngine('cat "$TF_CLI_CONFIG_FILE"; echo end');
  const env = { ...machine.env, TF_CLI_CONFIG_FILE: "/does/not/exist" };

  const { stdout, stderr } = await runEngine({ ...place, env }, ["version"]);

  expect({ stdout, stderr }).toEqual({ stdout: "end\n", stderr: "" });
});

test("extra variables win over everything else", async () => {
  const place = await givenEngine('echo "$TF_INPUT $TF_REATTACH_PROVIDERS"');

  const { stdout } = await runEngine({ ...place, extra: { TF_INPUT: "1", TF_REATTACH_PROVIDERS: "{}" } }, ["plan"]);

  expect(stdout).toBe("1 {}\n");
});

test("stopping a run interrupts the engine once and lets it finish", async () => {
  const stop = new AbortController();
  // A signal that comes before `wait` would leave it waiting, so the script looks for the mark of its own trap.
  const place = await givenEngine(`
    trap 'echo interrupted; stopped=yes' INT
    echo ready
    while [ -z "$stopped" ] && [ -e "$0" ]; do sleep 0.02; done
    echo saved
    exit 1`);
  const onOutput = ({ text }: { text: string }): void => {
    if (text.includes("ready")) stop.abort();
  };

  const apply = runApply({ ...place, onOutput, stop: stop.signal });

  await expect(apply).rejects.toMatchObject({
    reason: "interrupted",
    result: { stdout: "ready\ninterrupted\nsaved\n" },
  });
});

test("an engine that cannot be started is unusable", async () => {
  const engine: Engine = { name: "opentofu", version: "1.12.6", program: "/does/not/exist" };

  const run = runEngine({ engine, folder: machine.folder, env: machine.env }, ["version"]);

  await expect(run).rejects.toMatchObject({ reason: "unusable" });
});

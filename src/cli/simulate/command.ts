import { type Command, InvalidArgumentError, Option } from "commander";
import { latestKnownCore } from "../../vocabulary/core-features.ts";
import { renderCoreVersion } from "../../vocabulary/core-version.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { addHelpSections, type HelpText, wrongUsageStatus } from "../help-text.ts";
import type { SimulateFlags } from "./flags.ts";
import { variationNames } from "./variations.ts";

const maxLatencyMs = 60_000;

/** Adds the command `simulate`. What it needs is loaded only when it is asked for. */
export function addSimulate(program: Command, context: CommandContext): void {
  const command = program
    .command("simulate")
    .description("run a simulated cluster until Ctrl-C, or for as long as a program runs")
    .argument("[program...]", "a program and its arguments, after --, which finds the cluster in its environment");
  addClusterOptions(command);
  addTestOptions(command);
  addControlOptions(command);
  command
    .option("--json", "print one JSON line when it listens, and nothing else")
    .action(async (words: readonly string[], flags: SimulateFlags) => {
      if (flags.export !== undefined) requireAlone(command, "--export writes a cluster as it is", exportFlags);
      if (flags.ping === true) requireAlone(command, "--ping asks a cluster that runs", pingFlags);
      const { simulate } = await import("./run.ts");
      await simulate(words.length === 0 ? flags : withProgram(command, words, flags), context);
    });
  addHelpSections(command, helpText);
}

/** What goes with `--export`: the rest is about a cluster that runs, and would do nothing. */
const exportFlags: ReadonlySet<string> = new Set(["export", "data", "host", "port"]);

/** What goes with `--ping`. */
const pingFlags: ReadonlySet<string> = new Set(["ping", "host", "port"]);

function requireAlone(command: Command, what: string, allowed: ReadonlySet<string>): void {
  const others = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => !allowed.has(option.attributeName()));
  const names = [...others.map(({ long }) => long), ...(command.args.length > 0 ? ["the program"] : [])].join(", ");
  if (names === "") return;
  throw new CommandError(`${what}, and ends: leave ${names} out.`, { exitCode: wrongUsage });
}

/** What is simulated for one program needs no port that others know, and prints nothing of its own. */
function withProgram(command: Command, words: readonly string[], flags: SimulateFlags): SimulateFlags {
  if (flags.json === true) {
    const message = "--json tells where the cluster is, and a program finds that in its environment: leave --json out.";
    throw new CommandError(message, { exitCode: wrongUsage });
  }
  const port = command.getOptionValueSource("port") === "default" ? 0 : flags.port;
  return { ...flags, port, command: words };
}

const helpText: HelpText = {
  details: [
    "With a program after --, the simulator runs only as long as the program does, prints nothing of its own, takes any free port unless --port names one, and ends with the exit status of the program. The program finds QUMULO_HOST, QUMULO_PORT, QUMULO_USERNAME, QUMULO_PASSWORD and QUMULO_CA_FILE in its environment, and no other cluster or login.",
    "A fault is METHOD PATH KIND, and then any of before, after, xN, skip=N, retry-after=SECONDS. KIND is reset, hang, empty-body, broken-json, web-page, or a status such as 429. In PATH, * is anything within one segment and ** anything at all.",
  ],
  environment: {
    QUMULO_SIMULATOR_ADMIN_PASSWORD: "password of admin, which others on this machine cannot see here",
    QUMULO_SIMULATOR_CONTROL_SECRET: "the secret that requests to --control-port carry; --control-secret-file wins",
  },
  exitStatus: {
    0: "it was stopped, as asked",
    1: "it could not start, or what it was asked for could not be done",
    127: "the program is not there; with a program, any other status is the program's own",
    ...wrongUsageStatus,
  },
  examples: [
    "cdktf-qumulo simulate",
    "QUMULO_SIMULATOR_ADMIN_PASSWORD=… cdktf-qumulo simulate --port 0 --json",
    "cdktf-qumulo simulate --seed seed.json -- tofu test",
    "cdktf-qumulo simulate --data ./cluster --seed seed.json",
    "cdktf-qumulo simulate --data ./cluster --export seed.json",
    "cdktf-qumulo simulate --core-version 7.2.3 --latency 250 --request-log requests.jsonl",
    "cdktf-qumulo simulate --control-socket ./control/control.sock -- pytest",
    'cdktf-qumulo simulate --fault "POST /v1/auth/access-tokens/ reset after"',
  ],
};

function addClusterOptions(command: Command): void {
  command
    .option("--port <n>", "port to listen on; 0 for any free one", wholeNumber(0, 65_535), 8_000)
    .option("--host <address>", "address to listen on", nonEmpty("an address"), "127.0.0.1")
    .option(
      "--admin-password <pw>",
      "password of admin; others on this machine can see it here, but not in QUMULO_SIMULATOR_ADMIN_PASSWORD; without either, a strong one is generated",
      nonEmpty("a password"),
    )
    .option(
      "--data <dir>",
      "keep the cluster in this folder, also across kill -9; without it, it ends with the process",
    )
    .option("--seed <file>", "fill a new cluster with what this file describes")
    .option(
      "--export <file>",
      "write a seed of the cluster in --data, or of the one running at --port, and end; - for standard output",
    )
    .option(
      "--core-version <version>",
      `behave as this version of Qumulo Core, up to ${renderCoreVersion(latestKnownCore)}`,
    )
    .option("--cluster-name <name>", "name of a new cluster", nonEmpty("a name"));
}

function addTestOptions(command: Command): void {
  command
    .option("--latency <ms>", "delay each answer by this many milliseconds", wholeNumber(0, maxLatencyMs), 0)
    .option("--clock <time>", "stop the cluster's clock at this time, such as 2030-01-31T12:00:00Z")
    .option("--clock-file <file>", "a file with the time on the cluster's clock; writing it moves the clock")
    .addOption(
      new Option(
        "--fault <fault>",
        'make exchanges fail, such as "POST /v1/users/ 503 before x2"; may be given several times',
      )
        .default([], "none")
        .argParser(collect),
    )
    .addOption(
      new Option(
        "--vary <name>",
        "behave the other way in a question that no source answers; may be given several times",
      )
        .choices(variationNames)
        .default([], "none")
        // In place of the refusal that comes with the choices: ours knows what was meant.
        .argParser(collect),
    )
    .option("--request-log <file>", "append one JSON line for each request to this file")
    .option("--counters <file>", "at the end, write to this file how often each thing happened, as JSON");
}

function addControlOptions(command: Command): void {
  command
    .option(
      "--control-socket <path>",
      "let programs of this user control the simulator over this Unix socket, in a folder of its own",
      nonEmpty("a path"),
    )
    .option(
      "--control-port <n>",
      "let programs that know the secret control the simulator at this port; 0 for any free one",
      wholeNumber(0, 65_535),
    )
    .option("--control-host <address>", "address for --control-port, 127.0.0.1 by default", nonEmpty("an address"))
    .option("--control-secret-file <file>", "the file with the secret for --control-port", nonEmpty("a file"))
    .option("--ping", "ask whether a cluster answers at --host and --port, and end");
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** An empty value mostly comes from an unset variable, and would mean something else: every address, for a host. */
function nonEmpty(what: string): (text: string) => string {
  return (text) => {
    if (text !== "") return text;
    throw new InvalidArgumentError(`It is empty: give ${what}, or leave the flag out.`);
  };
}

/** Commander puts the flag's name and the value met before the message. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

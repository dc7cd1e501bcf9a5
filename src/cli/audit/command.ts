import { type Command, InvalidArgumentError, Option } from "commander";
import { severities } from "../../audit/gate/severity.ts";
import { reportFormats } from "../../audit/report/formats.ts";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";
import { addHelpSections } from "../help-text.ts";
import type { AuditFlags } from "./flags.ts";

/** Adds the command `audit`. What it needs is loaded only when it is asked for. */
export function addAudit(program: Command, context: CommandContext): void {
  const command = program
    .command("audit")
    .description("show what a plan changes about access, and what is wrong with it")
    .argument(
      "<plans...>",
      'files with what "show -json" prints of a plan or a state, or - for standard input; several make one report, each with a name: NAME=FILE',
    )
    .addOption(
      new Option("--format <format>", "format of the report").choices(Object.keys(reportFormats)).default("text"),
    )
    .option("--output <file>", "write the report to this file (default: print it)")
    .addOption(
      new Option("--fail-on <severity>", "lowest severity of a new finding that makes the exit status 1")
        .choices(severities)
        .default("high"),
    )
    .option("--fail-on-existing", "also count what was so before the plan")
    .option("--policy <file>", "what your organization requires beyond the rules, as JSON")
    .option("--baseline <file>", "known findings that are accepted until some day, as JSON")
    .option("--write-baseline <file>", "write a baseline of all findings to this file, with reasons to fill in")
    .option("--redact <file>", "write a copy of the plan without secrets to this file")
    .option("--config <dir>", "folder of the configuration, to name lines in it (default: the folder of the plan)")
    .addOption(
      new Option("--name <name>", "name of this audit, for a pull request that has several").argParser(parseName),
    )
    .option(
      "--rule-pages <address>",
      "link to copies of the pages about the rules at this address (default: no links, and the names of their files in the package)",
    )
    .option("--cluster", "also read what is on the cluster besides what the plan manages, without changing anything")
    .option(
      "--credentials-file <file>",
      "with --cluster, sign in with the bearer token in this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN, or QUMULO_USERNAME and QUMULO_PASSWORD",
    );
  addConnectionOptions(addReferenceOptions(command)).action(async (plans: readonly string[], flags: AuditFlags) => {
    const { runAudit } = await import("./run.ts");
    await runAudit(plans, flags, context);
  });
  addAuditHelp(command);
}

function addAuditHelp(command: Command): void {
  const formats = Object.entries(reportFormats).map(([name, { title }]) => `${name} is ${title}`);
  addHelpSections(command, {
    details: [
      `Formats of the report: ${formats.join("; ")}.`,
      "Several plans are audited as one: what they do on one cluster is looked at together. Without names, they are called by what of their paths differs. One that cannot be read makes the exit status 2, and the others are told all the same.",
    ],
    environment: {
      ...credentialsEnvironment,
      ...connectionEnvironment,
    },
    exitStatus: {
      0: "no new finding is as severe as --fail-on",
      1: "a new finding is; with --fail-on-existing, or in a state, any finding is",
      2: "something could not be read or written, or a flag or an argument is missing, unknown or malformed",
      3: "no finding is as severe, but something that is not known may be: somebody has to review it",
    },
    examples: [
      "tofu plan -out=plan.bin && tofu show -json plan.bin | cdktf-qumulo audit -",
      "cdktf-qumulo audit plan.json --fail-on critical --format json",
      "cdktf-qumulo audit plan.json --policy policy.json --baseline baseline.json",
      "cdktf-qumulo audit plan.json --fail-on-existing --write-baseline baseline.json",
      "cdktf-qumulo audit plan.json --compare approved-state.json",
      "cdktf-qumulo audit plan.json --config cdktf.out/stacks/accounts --format sarif --output audit.sarif",
      "cdktf-qumulo audit plan.json --redact plan-without-secrets.json",
      "cdktf-qumulo audit plan.json --format html --output audit.html",
      "cdktf-qumulo audit east=east/plan.json west=west/plan.json --format markdown",
      "cdktf-qumulo audit plan.json --cluster --host cluster.example.com --credentials-file ~/.config/audit/qumulo.json",
    ],
  });
}

function addReferenceOptions(command: Command): Command {
  return command
    .option(
      "--compare <file>",
      "allow no access beyond what this plan, state or simulator's seed has: the rule beyond-reference",
    )
    .option("--compare-cluster", "allow no access beyond what the cluster has now; it is only read");
}

/** Checks a name. It becomes part of the mark by which a job finds its comment. */
function parseName(name: string): string {
  if (/^(?=.{1,60}$)[A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*$/.test(name)) return name;
  throw new InvalidArgumentError("Use letters and digits, separated by single dots, hyphens, underscores or slashes.");
}

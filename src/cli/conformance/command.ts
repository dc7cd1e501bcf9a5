import { type Command, Option } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";
import { addHelpSections } from "../help-text.ts";
import type { ConformanceFlags } from "./run.ts";

/** Adds the command `conformance`. What it needs is loaded only when it is asked for. */
export function addConformance(program: Command, context: CommandContext): void {
  const command = program
    .command("conformance")
    .description("ask a real cluster what the simulator assumes, and print where the two differ")
    .option("--read-only", "only ask what changes nothing on the cluster")
    .option("--yes", "make objects on the cluster, and remove them again, without asking first")
    .addOption(new Option("--format <format>", "form of what is printed").choices(["text", "json"]).default("text"))
    .option("--output <file>", "also write the report to this file, as JSON, to attach it to a bug report")
    .option("--progress", "show what is being asked, as on a terminal")
    .option(
      "--credentials-file <file>",
      "sign in with the bearer token in this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN, or QUMULO_USERNAME and QUMULO_PASSWORD",
    );
  addConnectionOptions(command).action(async (flags: ConformanceFlags) => {
    const { runConformance } = await import("./run.ts");
    await runConformance(flags, context);
  });
  addHelpSections(command, {
    details: [
      "The same questions are put to a simulator of the cluster's version in this process and to the cluster. Users, groups, roles and access tokens are made for it, with names that begin with qconf-, and removed again, also after Ctrl-C. Nothing else on the cluster is changed. What the account may not ask is not known, and never counts as agreement.",
      "Reports hold no names of hosts, users, groups or roles, no ids and no secrets: a text of the cluster is told only if the simulator has it too, or it is a word of the API.",
    ],
    environment: { ...credentialsEnvironment, ...connectionEnvironment },
    exitStatus: {
      0: "the cluster answers as the simulator does to everything that was asked",
      1: "it differs; the output says where",
      2: "the report could not be written, or a flag is missing, unknown or malformed",
      3: "an answer is not known, or something that was made could not be removed; the output says which",
    },
    examples: [
      "cdktf-qumulo conformance --host cluster.example.com --read-only",
      "cdktf-qumulo conformance --host cluster.example.com --output conformance.json",
      "cdktf-qumulo conformance --host cluster.example.com --yes --format json",
    ],
  });
}

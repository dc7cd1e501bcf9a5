import { type Command, Option } from "commander";
import type { ClusterFlags } from "../audit/cluster.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";

/** The flags of the commands that look up access. */
export interface SourceFlags extends ClusterFlags {
  readonly format: "text" | "json" | "html";
  readonly output?: string;
}

/** The exit status of these commands when a part of the answer is not known. */
export const partlyUnknown = 3;

/** Adds the argument and the flags that say where a command looks up access, and how it shows it. */
export function addSourceOptions(command: Command): Command {
  command
    .argument("[file]", 'a plan or a state as "show -json" prints it, or a simulator\'s seed; - for standard input')
    .addOption(
      new Option("--format <format>", "format of the answer; html is the audit's page, filtered for this")
        .choices(["text", "json", "html"])
        .default("text"),
    )
    .option("--output <file>", "write the answer to this file (default: print it)")
    .option("--cluster", "also read what else is on the cluster; without a file, read only the cluster")
    .option(
      "--credentials-file <file>",
      "sign in with the bearer token in this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN, or QUMULO_USERNAME and QUMULO_PASSWORD",
    );
  return addConnectionOptions(command);
}

/** The variables that these commands look at. */
export const sourceEnvironment = { ...credentialsEnvironment, ...connectionEnvironment } as const;

/** The exit statuses of these commands. */
export function sourceStatus(more: Readonly<Record<number, string>>): Readonly<Record<number, string>> {
  return {
    0: "the answer is complete",
    ...more,
    2: "something could not be read or written, or a flag or an argument is missing, unknown or malformed",
    3: "a part of the answer is not known; the output says which",
  };
}

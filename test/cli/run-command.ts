import type { CommandContext } from "../../src/cli/command-error.ts";
import { runCommandLine } from "../../src/cli/command-line.ts";
import type { Simulator } from "../../src/simulator/index.ts";

/** What a command left behind. */
export interface CommandRun {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line in this process. */
export async function runCommand(args: readonly string[], context: Partial<CommandContext> = {}): Promise<CommandRun> {
  const out: string[] = [];
  const error: string[] = [];
  const exitCode = await runCommandLine(args, {
    env: {},
    stop: new AbortController().signal,
    version: "1.2.3",
    providerFile: "/not/there",
    writeError: (text) => error.push(text),
    ...context,
    writeOut: (text) => {
      out.push(text);
      context.writeOut?.(text);
    },
  });
  return { exitCode, out: out.join(""), error: error.join("") };
}

type SignInVariable = `QUMULO_${"HOST" | "PORT" | "CERTIFICATE_SHA256" | "USERNAME" | "PASSWORD"}`;

/** The environment in which a command finds a simulator, and signs in as its administrator. */
export function environmentOf(simulator: Simulator): Readonly<Record<SignInVariable, string>> {
  return {
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_CERTIFICATE_SHA256: simulator.certificateSha256,
    QUMULO_USERNAME: simulator.username,
    QUMULO_PASSWORD: simulator.adminPassword.reveal(),
  };
}

import type { CommandContext } from "../command-error.ts";

/** The flags of `simulate`. */
export interface SimulateFlags {
  readonly port: number;
  readonly host: string;
  readonly adminPassword?: string;
  readonly data?: string;
  readonly seed?: string;
  readonly export?: string;
  readonly coreVersion?: string;
  readonly clusterName?: string;
  readonly latency: number;
  readonly clock?: string;
  readonly clockFile?: string;
  readonly fault: readonly string[];
  readonly vary: readonly string[];
  readonly requestLog?: string;
  readonly counters?: string;
  readonly controlSocket?: string;
  readonly controlPort?: number;
  readonly controlHost?: string;
  readonly controlSecretFile?: string;
  readonly ping?: boolean;
  readonly json?: boolean;
  /** A program and its arguments, which the cluster is for. */
  readonly command?: readonly string[];
}

/** The variable that holds the password of admin. */
export const adminPasswordVariable = "QUMULO_SIMULATOR_ADMIN_PASSWORD";

/** The password that the environment gives admin; `undefined` where a flag gives another one, or none is given. */
export function findGivenPassword(
  { adminPassword }: Pick<SimulateFlags, "adminPassword">,
  env: CommandContext["env"],
): string | undefined {
  const given = env[adminPasswordVariable] ?? "";
  return adminPassword === undefined && given !== "" ? given : undefined;
}

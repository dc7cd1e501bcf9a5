/** What was looked at, in the order in which a deploy meets it. */
export const checkIds = [
  "engine",
  "cli_configuration",
  "provider_opentofu",
  "provider_terraform",
  "settings",
  "host",
  "certificate",
  "core",
  "clock",
  "credentials",
  "login",
  "token_end",
  "privileges",
] as const;

/** The name of one check. */
export type CheckId = (typeof checkIds)[number];

/** How checks end: `attention` works, and there is something to know. */
export const checkStatuses = ["works", "attention", "fails", "not_checked"] as const;

/** How one check ended. */
export type CheckStatus = (typeof checkStatuses)[number];

/** What one check found. */
export interface Check {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** What was met: whole sentences. */
  readonly found: string;
  /** What to do next; `undefined` when there is nothing to do. */
  readonly todo?: string | undefined;
  /** What programs may want to know of it, by names in snake case. Nothing secret. */
  readonly facts?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What checks are called, for people. */
export const checkTitles: Readonly<Record<CheckId, string>> = {
  engine: "engine",
  cli_configuration: "CLI configuration",
  provider_opentofu: "provider for OpenTofu",
  provider_terraform: "provider for Terraform",
  settings: "settings",
  host: "host",
  certificate: "certificate",
  core: "Qumulo Core",
  clock: "clock",
  credentials: "credentials",
  login: "login",
  token_end: "end of the token",
  privileges: "privileges",
};

/** Checks that concern the cluster, in their order. */
export const clusterChecks: readonly CheckId[] = checkIds.slice(checkIds.indexOf("settings"));

/**
 * A check that could not be made.
 *
 * @param because - continues "because", without a stop
 */
export function notChecked(id: CheckId, because: string): Check {
  return { id, status: "not_checked", found: `Because ${because}.` };
}

/** Adds, for each of the ids that has no check, that it was not made because of the last check that failed. */
export function withSkipped(ids: readonly CheckId[], checks: readonly Check[]): readonly Check[] {
  const failed = checks.findLast(({ status }) => status === "fails");
  const because = failed === undefined ? "nothing was there to check" : `"${checkTitles[failed.id]}" does not work`;
  return ids.map((id) => checks.find((check) => check.id === id) ?? notChecked(id, because));
}

import type { Engine } from "../../../src/engine/identify.ts";

/** Carries {@link AcceptanceGround} from the set-up to the test files, which run in other processes. */
export const acceptanceVariable = "CDKTF_QUMULO_ACCEPTANCE";

/** What the acceptance tests stand on. */
export interface AcceptanceGround {
  /** The project's folder. */
  readonly root: string;
  /** The package as npm packs and installs it. Programs and constructs are used from here, as practitioners do. */
  readonly library: string;
  /** Temporary folder that goes away with the run. */
  readonly folder: string;
  /** Filesystem mirror with our provider, the stand-in for the null provider, and the provider `time`. */
  readonly mirror: string;
  /** For each engine's program, a folder in which it was initialized with all of them, to copy instead of repeating it. */
  readonly initialized: Readonly<Record<string, string>>;
  /** OpenTofu as pinned, Terraform 1.5.7, a newer Terraform where one is on the PATH, and Terraform 1.16.4. */
  readonly engines: readonly Engine[];
}

/**
 * What the set-up prepared.
 *
 * @throws {Error} when it did not run: acceptance tests are never skipped
 */
export function getAcceptanceGround(): AcceptanceGround {
  const prepared = process.env[acceptanceVariable];
  if (prepared === undefined) throw new Error("The acceptance tests need their global set-up: run them with npm test.");
  // Written by the set-up of the same run.
  return JSON.parse(prepared) as AcceptanceGround;
}

import { devNull } from "node:os";
import type { Environment } from "./program.ts";

/** Variables that change what a command means or where it works; a run that inherits them is not the run asked for. */
const notInherited =
  /^(TF_CLI_ARGS(_.*)?|TF_CLI_CONFIG_FILE|TERRAFORM_CONFIG|TF_DATA_DIR|TF_WORKSPACE|TF_REATTACH_PROVIDERS|TF_PLUGIN_CACHE_DIR)$/;

/** What an engine's environment is made of. */
export interface EnvironmentParts {
  /** The environment to start from, usually the process's own. */
  readonly env: Environment;
  /** @default an empty CLI configuration: neither the one in the home folder nor the one the environment names */
  readonly cliConfigFile?: string | undefined;
  /** Set last: these win over all else. */
  readonly extra?: Environment | undefined;
}

/** The environment for one run of an engine: quiet, without questions, and with a CLI configuration of our choice. */
export function engineEnvironment({ env, cliConfigFile = devNull, extra = {} }: EnvironmentParts): Environment {
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !notInherited.test(name)));
  return {
    ...inherited,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_CONFIG_FILE: cliConfigFile,
    ...extra,
  };
}

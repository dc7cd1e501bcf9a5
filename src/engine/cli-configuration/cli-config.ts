import { writeFile } from "node:fs/promises";

/** Where an engine gets its providers from. */
export interface CliConfig {
  /** Source addresses with their host, such as `registry.terraform.io/cdktf-qumulo/qumulo`. */
  readonly sources: readonly string[];
  /** Absolute path of a folder that holds `sources` and no other provider. */
  readonly mirror: string;
  /**
   * Where all other providers come from: their registries, or nowhere.
   *
   * @default "registries"
   */
  readonly others?: "registries" | "nowhere";
}

/** A provider executable that stands in for what would be installed. */
export interface DevOverride {
  /** Source addresses with their host. */
  readonly sources: readonly string[];
  /** Absolute path of the folder that holds the executable. */
  readonly folder: string;
}

/** Writes the `provider_installation` block for a filesystem mirror. */
export function renderMirrorConfig({ sources, mirror, others = "registries" }: CliConfig): string {
  const names = `[${sources.map(quote).join(", ")}]`;
  const direct = others === "registries" ? ["  direct {", `    exclude = ${names}`, "  }"] : [];
  return lines([
    "provider_installation {",
    "  filesystem_mirror {",
    `    path    = ${quote(mirror)}`,
    `    include = ${names}`,
    "  }",
    ...direct,
    "}",
  ]);
}

/** Writes the `provider_installation` block for development overrides. `init` still asks the registry about them. */
export function renderOverrideConfig({ sources, folder }: DevOverride): string {
  return lines([
    "provider_installation {",
    "  dev_overrides {",
    ...sources.map((source) => `    ${quote(source)} = ${quote(folder)}`),
    "  }",
    "  direct {}",
    "}",
  ]);
}

/** Writes a CLI configuration to a file, whose path then goes to the engine as `TF_CLI_CONFIG_FILE`. */
export async function writeCliConfig(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
}

/** A string of HCL 1, the language of CLI configuration. Its escapes are those of JSON. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

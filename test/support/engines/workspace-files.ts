import { renderMirrorConfig } from "../../../src/engine/cli-configuration/cli-config.ts";

const registryHosts = ["registry.terraform.io", "registry.opentofu.org"];

/** The providers of others that the mirror holds. */
const others = ["null", "time", "vault"] as const;

/** A CLI configuration that takes our provider and the few others from a mirror, and nothing from elsewhere. */
export function mirrorConfig(mirror: string): string {
  const sources = registryHosts.flatMap((host) => [
    `${host}/cdktf-qumulo/qumulo`,
    ...others.map((name) => `${host}/hashicorp/${name}`),
  ]);
  return renderMirrorConfig({ sources, mirror, others: "nowhere" });
}

/** The block that every configuration begins with. Connection settings come from the environment. */
export function requiredProviders(named: readonly (typeof others)[number][]): string {
  return `
terraform {
  required_providers {
    qumulo = { source = "cdktf-qumulo/qumulo" }
    ${named.map((name) => `${name} = { source = "hashicorp/${name}" }`).join("\n    ")}
  }
}
`;
}

/** The providers of others whose resources a configuration has. */
export function providersIn(hcl: string): readonly (typeof others)[number][] {
  return others.filter((name) => hcl.includes(`resource "${name}_`));
}

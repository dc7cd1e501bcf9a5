import { renderMirrorConfig } from "../../src/engine/cli-config.ts";

const registryHosts = ["registry.terraform.io", "registry.opentofu.org"];

/** A CLI configuration that takes our provider and the stand-in for the null provider from a mirror, and nothing from elsewhere. */
export function mirrorConfig(mirror: string): string {
  const sources = registryHosts.flatMap((host) => [`${host}/cdktf-qumulo/qumulo`, `${host}/hashicorp/null`]);
  return renderMirrorConfig({ sources, mirror, others: "nowhere" });
}

/** The block that every configuration begins with. Connection settings come from the environment. */
export function requiredProviders({ withNull }: { readonly withNull: boolean }): string {
  const standIn = withNull ? `null = { source = "hashicorp/null" }` : "";
  return `
terraform {
  required_providers {
    qumulo = { source = "cdktf-qumulo/qumulo" }
    ${standIn}
  }
}
`;
}

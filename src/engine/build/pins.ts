import { type EngineName, engineTitles } from "../identify.ts";

/** A program of one exact version that can be built from its Go module. */
export interface ProgramPin {
  /** What its folder in the cache is called by. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly version: string;
  /** File name of the executable. */
  readonly executable: string;
  /** Go package of the executable. */
  readonly package: string;
  /** Folder of the Go module that pins it, relative to the folder of engine modules. */
  readonly module: string;
  readonly linkerFlags: string;
}

/** An engine of one exact version that can be built from its Go module. */
export interface EnginePin extends ProgramPin {
  readonly name: EngineName;
}

/** Writes a pinned program for people: `OpenTofu 1.12.6`. */
export function renderPin({ title, version }: ProgramPin): string {
  return `${title} ${version}`;
}

/** The OpenTofu that serves where no engine is installed. Without the linker flag it would call itself `1.12.6-dev`. */
export const pinnedOpenTofu: EnginePin = {
  name: "opentofu",
  title: engineTitles.opentofu,
  version: "1.12.6",
  executable: "tofu",
  package: "github.com/opentofu/opentofu/cmd/tofu",
  module: ".",
  linkerFlags: "-s -w -X github.com/opentofu/opentofu/version.dev=no",
};

/** The oldest Terraform line that the provider works with, for acceptance tests. */
export const terraform157: EnginePin = {
  name: "terraform",
  title: engineTitles.terraform,
  version: "1.5.7",
  executable: "terraform",
  package: "github.com/hashicorp/terraform",
  module: "terraform",
  linkerFlags: "-s -w",
};

/** The newest Terraform, with lists and actions, for acceptance tests. */
export const terraform1164: EnginePin = {
  name: "terraform",
  title: engineTitles.terraform,
  version: "1.16.4",
  executable: "terraform",
  package: "github.com/hashicorp/terraform",
  module: "terraform-1.16",
  linkerFlags: "-s -w -X github.com/hashicorp/terraform/version.dev=no",
};

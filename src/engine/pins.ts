import type { EngineName } from "./identify.ts";

/** An engine of one exact version that can be built from its Go module. */
export interface EnginePin {
  readonly name: EngineName;
  readonly version: string;
  /** File name of the executable. */
  readonly executable: string;
  /** Go package of the executable. */
  readonly package: string;
  /** Folder of the Go module that pins it, relative to the folder of engine modules. */
  readonly module: string;
  readonly linkerFlags: string;
}

/** The OpenTofu that serves where no engine is installed. Without the linker flag it would call itself `1.12.6-dev`. */
export const pinnedOpenTofu: EnginePin = {
  name: "opentofu",
  version: "1.12.6",
  executable: "tofu",
  package: "github.com/opentofu/opentofu/cmd/tofu",
  module: ".",
  linkerFlags: "-s -w -X github.com/opentofu/opentofu/version.dev=no",
};

/** The oldest Terraform line that the provider works with, for acceptance tests. */
export const terraform157: EnginePin = {
  name: "terraform",
  version: "1.5.7",
  executable: "terraform",
  package: "github.com/hashicorp/terraform",
  module: "terraform",
  linkerFlags: "-s -w",
};

import type { IdentitySchema } from "../../src/framework/schema.ts";
import { renderCode } from "./code.ts";
import { renderIdentitySection } from "./schema-section.ts";
import type { Texts } from "./sources.ts";

/** The part of a page that says how to take over an object that exists: by id, by identity, and by the command. */
export function renderImportSection(request: {
  /** The resource's folder below `examples/`. */
  readonly folder: string;
  readonly identity: IdentitySchema | undefined;
  readonly examples: Texts;
}): string {
  const { folder, identity, examples } = request;
  const example = (name: string): string => {
    const text = examples.get(`${folder}/${name}`);
    if (text === undefined) throw new Error(`examples/${folder}/${name} is missing`);
    return text;
  };
  const byIdentity = identity && [
    "From Terraform 1.12 and OpenTofu 1.12 on, the block can name the object by its identity instead:",
    renderCode("terraform", example("import-by-identity.tf")),
    renderIdentitySection(identity),
  ];
  return [
    "## Import",
    "An [`import` block](https://developer.hashicorp.com/terraform/language/import) takes over an object that exists:",
    renderCode("terraform", example("import-by-string-id.tf")),
    ...(byIdentity ?? []),
    "### Import Command",
    "The command does it without a block (`tofu import` with OpenTofu):",
    renderCode("shell", example("import.sh")),
  ].join("\n\n");
}

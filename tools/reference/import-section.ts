import type { IdentitySchema } from "../../src/framework/schema.ts";
import { renderCode } from "./code.ts";
import { importExamples } from "./import-examples.ts";
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
  const text = examples.get(`${folder}/import.tf`);
  if (text === undefined) throw new Error(`examples/${folder}/import.tf is missing`);
  const { byId, byIdentity, command } = importExamples(text, identity);
  const sectionOfIdentity = byIdentity !== undefined &&
    identity !== undefined && [
      "From Terraform 1.12 and OpenTofu 1.12 on, the block can name the object by its identity instead:",
      renderCode("terraform", byIdentity),
      renderIdentitySection(identity),
    ];
  return [
    "## Import",
    "An [`import` block](https://developer.hashicorp.com/terraform/language/import) takes over an object that exists:",
    renderCode("terraform", byId),
    ...(sectionOfIdentity || []),
    "### Import Command",
    "The command does it without a block (`tofu import` with OpenTofu):",
    // What the command can do besides, as where a secret comes along, is written by hand.
    renderCode("shell", examples.get(`${folder}/import.sh`) ?? command),
  ].join("\n\n");
}

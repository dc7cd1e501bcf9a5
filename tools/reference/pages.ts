import type { Provider } from "../../src/framework/provider.ts";
import type { ProviderFunction } from "../../src/framework/resource.ts";
import type { IdentitySchema, Schema } from "../../src/framework/schema.ts";
import { renderCode } from "./code.ts";
import { renderFunctionBody } from "./function-page.ts";
import { fillTables } from "./index-tables.ts";
import { renderImportSection } from "./import-section.ts";
import { renderListSection } from "./list-section.ts";
import { renderSchemaSection } from "./schema-section.ts";
import { renderSettings } from "./settings.ts";
import type { ReferenceSources } from "./sources.ts";
import { splitPurpose } from "./purpose.ts";

/** What pages are made of. */
export type ReferenceProvider = Pick<
  Provider<Schema, never>,
  "name" | "schema" | "resources" | "dataSources" | "ephemeralResources" | "functions" | "actions"
>;

/** One page before its examples and notes are found. */
interface Page {
  /** Path below `docs/`. */
  readonly path: string;
  readonly pageTitle: string;
  readonly heading: string;
  readonly description: string;
  /** Path of its main example below `examples/`. */
  readonly example: string;
  /** What stands after example and notes. */
  readonly sections: readonly string[];
}

/** A resource, data source, ephemeral resource or action. */
interface Type {
  readonly name: string;
  readonly schema: Schema;
  readonly identity?: IdentitySchema | undefined;
  readonly import?: unknown;
}

const kinds = [
  { folder: "resources", title: "Resource", exampleFile: "resource.tf" },
  { folder: "data-sources", title: "Data Source", exampleFile: "data-source.tf" },
  { folder: "ephemeral-resources", title: "Ephemeral Resource", exampleFile: "ephemeral-resource.tf" },
  { folder: "list-resources", title: "List Resource", exampleFile: "list-resource.tfquery.hcl" },
  { folder: "actions", title: "Action", exampleFile: "action.tf" },
] as const;

type Kind = (typeof kinds)[number];

/** Folders below `docs/` in which only pages of {@link renderReferencePages} stand. */
export const pageFolders: readonly string[] = [...kinds.map(({ folder }) => folder), "functions"];

/**
 * Renders every reference page in the format of the registries, by its path below `docs/`.
 *
 * @throws {Error} when an example is missing, or a note belongs to no page
 * @see https://developer.hashicorp.com/terraform/registry/providers/docs
 */
export function renderReferencePages(
  provider: ReferenceProvider,
  sources: ReferenceSources,
): ReadonlyMap<string, string> {
  const pages = [
    indexPage(provider),
    ...kinds.flatMap((kind) => typesOf(provider, kind).map((type) => typePage({ provider, kind, type }, sources))),
    ...provider.functions.map((entry) => functionPage(provider, entry)),
  ];
  const paths = new Set(pages.map((page) => page.path));
  const stray = [...sources.notes.keys()].filter((path) => !paths.has(path));
  if (stray.length > 0) throw new Error(`These notes belong to no page: ${stray.join(", ")}`);
  const listed = pages.filter(({ path }) => path !== "index.md");
  return new Map(
    pages.map((page) => {
      const note = sources.notes.get(page.path);
      return [page.path, renderPage(page, sources.examples, note && fillTables(note, listed, sources))];
    }),
  );
}

function typesOf(provider: ReferenceProvider, kind: Kind): readonly Type[] {
  switch (kind.folder) {
    case "resources":
      return provider.resources;
    case "data-sources":
      return provider.dataSources;
    case "ephemeral-resources":
      return provider.ephemeralResources;
    case "list-resources":
      return provider.resources.flatMap(({ name, list }) =>
        list === undefined ? [] : [{ name, schema: list.schema as Schema }],
      );
    case "actions":
      return provider.actions ?? [];
  }
}

function indexPage({ name, schema }: ReferenceProvider): Page {
  return {
    path: "index.md",
    pageTitle: `${name} Provider`,
    heading: `${name} Provider`,
    description: schema.description,
    example: "provider/provider.tf",
    sections: [renderSettings(schema)],
  };
}

function typePage(
  { provider, kind, type }: { readonly provider: ReferenceProvider; readonly kind: Kind; readonly type: Type },
  { examples }: ReferenceSources,
): Page {
  const fullName = `${provider.name}_${type.name}`;
  const folder = `${kind.folder}/${fullName}`;
  const imports = type.import === undefined ? [] : [renderImportSection({ folder, identity: type.identity, examples })];
  return {
    path: `${kind.folder}/${type.name}.md`,
    pageTitle: `${fullName} ${kind.title} - terraform-provider-${provider.name}`,
    heading: `${fullName} (${kind.title})`,
    description: type.schema.description,
    example: `${folder}/${kind.exampleFile}`,
    sections: [
      ...(kind.folder === "list-resources" ? [renderListSection(fullName)] : []),
      renderSchemaSection(type.schema),
      ...imports,
    ],
  };
}

function functionPage(provider: ReferenceProvider, entry: ProviderFunction): Page {
  return {
    path: `functions/${entry.name}.md`,
    pageTitle: `${entry.name} function - terraform-provider-${provider.name}`,
    heading: `function: ${entry.name}`,
    description: `${entry.summary}. ${entry.description}`,
    example: `functions/${entry.name}/function.tf`,
    sections: [renderFunctionBody(entry)],
  };
}

function renderPage(page: Page, examples: ReferenceSources["examples"], note: string | undefined): string {
  const example = examples.get(page.example);
  if (example === undefined) throw new Error(`examples/${page.example} is missing`);
  const [purpose, rest] = splitPurpose(page.description);
  return `${[
    renderFrontMatter(page.pageTitle, purpose),
    `# ${page.heading}`,
    purpose,
    ...(rest === "" ? [] : [rest]),
    `## Example Usage\n\n${renderCode("terraform", example)}`,
    ...(note === undefined ? [] : [note]),
    ...page.sections,
  ]
    .map((part) => part.trim())
    .join("\n\n")}\n`;
}

function renderFrontMatter(title: string, purpose: string): string {
  return `---
# Written by "npm run generate:reference" from schema, examples and notes. Do not edit.
page_title: "${title}"
subcategory: ""
description: |-
  ${purpose.replaceAll("`", "")}
---`;
}

import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { Attributes, Block } from "../../src/framework/schema.ts";
import {
  bool,
  computed,
  listOf,
  mapOf,
  object,
  optional,
  optionalComputed,
  required,
  type Schema,
  string,
} from "../../src/framework/schema.ts";
import { qumuloProvider } from "../../src/provider/provider.ts";
import { importExamples } from "../../tools/reference/import-examples.ts";
import { renderReferencePages } from "../../tools/reference/pages.ts";
import { renderSchemaSection } from "../../tools/reference/schema-section.ts";
import { readReferenceSources, type ReferenceSources } from "../../tools/reference/sources.ts";
import { findPages, readPage } from "../support/pages/pages.ts";

const root = path.resolve(__dirname, "../..");

let sources: ReferenceSources;

beforeAll(async () => {
  sources = await readReferenceSources(root);
});

/** Places of attributes and blocks without a description, nested ones included. */
function findUndescribed(attributes: Attributes, blocks: Readonly<Record<string, Block>> = {}): readonly string[] {
  const inAttributes = Object.entries(attributes).flatMap(([name, { description, type }]) => {
    const element = "element" in type ? type.element : type;
    const inner = element.kind === "object" ? findUndescribed(element.attributes) : [];
    return [...(isSentence(description) ? [] : [name]), ...inner.map((place) => `${name}.${place}`)];
  });
  const inBlocks = Object.entries(blocks).flatMap(([name, block]) => {
    const inner = findUndescribed(block.attributes, block.blocks);
    return [...(isSentence(block.description) ? [] : [name]), ...inner.map((place) => `${name}.${place}`)];
  });
  return [...inAttributes, ...inBlocks];
}

function isSentence(text: string): boolean {
  return /^[A-Z`].*[.…]$/s.test(text);
}

test("every attribute, block, identity and argument has a description in full sentences", () => {
  const { schema, resources, dataSources, ephemeralResources, functions, actions = [] } = qumuloProvider;
  const lists = resources.flatMap(({ name, list }) =>
    list === undefined ? [] : [{ name, schema: list.schema as Schema }],
  );
  const types = [...resources, ...dataSources, ...ephemeralResources, ...lists, ...actions].map((type) => ({
    name: type.name,
    schema: type.schema as Schema,
  }));

  const undescribed = [{ name: "provider", schema: schema as Schema }, ...types].flatMap(({ name, schema }) =>
    [...(isSentence(schema.description) ? [] : ["itself"]), ...findUndescribed(schema.attributes, schema.blocks)].map(
      (place) => `${name}: ${place}`,
    ),
  );
  const named = [
    ...resources.flatMap(({ identity }) => Object.values(identity?.attributes ?? {})),
    ...functions.flatMap(({ parameters }) => parameters),
  ].map(({ description }) => description);

  expect(undescribed).toEqual([]);
  expect(named.filter((description) => !isSentence(description))).toEqual([]);
});

test("every type and function has a page with front matter, purpose and example", () => {
  const pages = renderReferencePages(qumuloProvider, sources);

  const { resources, dataSources, ephemeralResources, functions, actions = [] } = qumuloProvider;
  const expected = [
    "index.md",
    ...resources.map(({ name }) => `resources/${name}.md`),
    ...dataSources.map(({ name }) => `data-sources/${name}.md`),
    ...ephemeralResources.map(({ name }) => `ephemeral-resources/${name}.md`),
    ...resources.map(({ name }) => `list-resources/${name}.md`),
    ...actions.map(({ name }) => `actions/${name}.md`),
    ...functions.map(({ name }) => `functions/${name}.md`),
  ];
  expect([...pages.keys()].sort()).toEqual(expected.sort());
  for (const text of pages.values()) {
    expect(text).toMatch(/^---\n#.*\npage_title: ".+"\nsubcategory: ""\ndescription: \|-\n {2}[^\n]+\.\n---\n\n# /);
    expect(text).toContain("## Example Usage\n\n```terraform\n");
  }
});

test("a type without an example, and a note without a page, are refused by their paths", () => {
  const withoutExample = new Map(sources.examples);
  withoutExample.delete("data-sources/qumulo_role/data-source.tf");
  const withoutImport = new Map(sources.examples);
  withoutImport.delete("resources/qumulo_role/import.tf");
  const withStrayNote = new Map([...sources.notes, ["resources/snapshot.md", "Nobody's."]]);

  const rendering = (changed: Partial<ReferenceSources>) => () =>
    renderReferencePages(qumuloProvider, { ...sources, ...changed });

  expect(rendering({ examples: withoutExample })).toThrow("examples/data-sources/qumulo_role/data-source.tf");
  expect(rendering({ examples: withoutImport })).toThrow("examples/resources/qumulo_role/import.tf");
  expect(rendering({ notes: withStrayNote })).toThrow("resources/snapshot.md");
});

const twoParts = {
  attributes: {
    role_name: { type: string, requiredForImport: true, description: "The role." },
    auth_id: { type: string, requiredForImport: true, description: "The member." },
  },
} as const;

test("one import block gives the block with the identity, and the command", () => {
  const block = `# Role and member.\nimport {\n  to = qumulo_role_member.monitor\n  id = "Observers:1004"\n}\n`;

  expect(importExamples(block, twoParts)).toEqual({
    byId: block,
    byIdentity: `import {\n  to = qumulo_role_member.monitor\n  identity = {\n    role_name = "Observers"\n    auth_id   = "1004"\n  }\n}\n`,
    command: "# Role and member.\nterraform import qumulo_role_member.monitor Observers:1004\n",
  });
  expect(importExamples(block, undefined).byIdentity).toBeUndefined();
});

test("an import block that is not readable, or has too few parts for the identity, is refused", () => {
  const block = (id: string): string => `import {\n  to = qumulo_role_member.monitor\n  id = "${id}"\n}\n`;

  expect(() => importExamples(block("Observers"), twoParts)).toThrow("role_name, auth_id");
  expect(() => importExamples(block("two words"), undefined)).toThrow("not an import block");
});

test("an import command that is written by hand names the object of the block", () => {
  const commands = [...sources.examples].filter(([file]) => file.endsWith("/import.sh"));

  for (const [file, command] of commands) {
    const block = sources.examples.get(file.replace("import.sh", "import.tf")) ?? "";
    expect(command).toContain(importExamples(block, undefined).command);
  }
});

test("every setting of the provider stands in the table with its environment variable", () => {
  const page = renderReferencePages(qumuloProvider, sources).get("index.md");

  for (const name of Object.keys(qumuloProvider.schema.attributes)) {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\(.*\\) \\| \`QUMULO_${name.toUpperCase()}\` \\| `, "m"));
  }
});

test("the provider's page lists every type, and every resource with its import id and its privileges", () => {
  const page = renderReferencePages(qumuloProvider, sources).get("index.md");
  const { resources, dataSources, ephemeralResources } = qumuloProvider;

  for (const { name } of resources) {
    expect(page).toMatch(
      new RegExp(`^\\| \\[\`qumulo_${name}\`\\]\\(.*\\) \\| resource \\| .+ \\| the \\w.* \\|$`, "m"),
    );
    expect(page).toMatch(new RegExp(`^\\| .*\`qumulo_${name}\`.* \\| \`PRIVILEGE_.* \\|$`, "m"));
  }
  for (const { name } of dataSources)
    expect(page).toContain(`[\`qumulo_${name}\`](data-sources/${name}.md) | data source |`);
  for (const { name } of ephemeralResources)
    expect(page).toContain(`(ephemeral-resources/${name}.md) | ephemeral resource |`);
});

test("a schema is listed by who decides, with types, marks, and nested attributes and blocks below", () => {
  const part = object({ width: computed(string, { description: "Width." }) });

  const section = renderSchemaSection({
    attributes: {
      title: required(string, { description: "Title." }),
      note: optional(string, { description: "Note.", sensitive: true, deprecated: "Use title." }),
      secret: optional(string, { description: "Secret.", writeOnly: true }),
      labels: optionalComputed(mapOf(string), { description: "Labels." }),
      open: computed(bool, { description: "Open." }),
      parts: computed(listOf(part), { description: "Parts." }),
    },
    blocks: {
      limits: {
        nesting: "single",
        description: "Limits.",
        attributes: { weight: optional(string, { description: "Weight." }) },
      },
    },
  });

  expect(section).toBe(`## Schema

### Required

- \`title\` (String) Title.

### Optional

- \`labels\` (Map of String) Labels.
- \`limits\` (Block) Limits. (see [below for nested schema](#nestedblock--limits))
- \`note\` (String, Sensitive, Deprecated) Note. Use title.
- \`secret\` (String, [Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)) Secret.

### Read-Only

- \`open\` (Boolean) Open.
- \`parts\` (Attributes List) Parts. (see [below for nested schema](#nestedatt--parts))

<a id="nestedblock--limits"></a>

### Nested Schema for \`limits\`

Optional:

- \`weight\` (String) Weight.

<a id="nestedatt--parts"></a>

### Nested Schema for \`parts\`

Read-Only:

- \`width\` (String) Width.`);
});

test("every hand-written guide begins with front matter as well", async () => {
  const guides = (await findPages(path.join("docs", "guides"))).map(async (page) => ({
    page,
    text: await readPage(page),
  }));

  for (const { page, text } of await Promise.all(guides)) {
    const isFramed = /^---\npage_title: ".+"\nsubcategory: ""\ndescription: \|-\n {2}[^\n]+\.\n---\n\n# /.test(text);
    expect({ page, isFramed }).toEqual({ page, isFramed: true });
  }
});

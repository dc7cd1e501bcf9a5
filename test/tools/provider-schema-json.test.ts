import { expect, test } from "@jest/globals";
import {
  bool,
  computed,
  defaulted,
  listOf,
  mapOf,
  object,
  optional,
  optionalComputed,
  required,
  type Schema,
  setOf,
  string,
} from "../../src/framework/schema.ts";
import { renderProviderSchemaJson } from "../../tools/generate/bindings/provider-schema-json.ts";

const kind = { description_kind: "markdown" };

function givenDocument(schema: Schema): unknown {
  return renderProviderSchemaJson(
    { name: "shelf", schema, resources: [], dataSources: [] },
    "registry.example.com/test/shelf",
  );
}

test("every mode and mark of an attribute is told as the engines tell it, by sorted name", () => {
  const schema: Schema = {
    version: 2,
    description: "A shelf.",
    attributes: {
      title: required(string, { description: "Title." }),
      note: optional(string, { description: "Note.", sensitive: true, deprecated: "Use title." }),
      secret: optional(string, { description: "Secret.", writeOnly: true }),
      open: defaulted(bool, { description: "Open.", default: true }),
      place: optionalComputed(string, { description: "Place." }),
      id: computed(string, { description: "Id." }),
    },
  };

  const document = givenDocument(schema);

  const attribute = (description: string, facts: object): object => ({
    type: "string",
    description,
    ...kind,
    ...facts,
  });
  expect(document).toEqual({
    format_version: "1.0",
    provider_schemas: {
      "registry.example.com/test/shelf": {
        provider: {
          version: 2,
          block: {
            description: "A shelf.",
            ...kind,
            attributes: {
              id: attribute("Id.", { computed: true }),
              note: attribute("Note.", { optional: true, sensitive: true, deprecated: true }),
              open: attribute("Open.", { type: "bool", optional: true, computed: true }),
              place: attribute("Place.", { optional: true, computed: true }),
              secret: attribute("Secret.", { optional: true, write_only: true }),
              title: attribute("Title.", { required: true }),
            },
          },
        },
        resource_schemas: {},
        data_source_schemas: {},
      },
    },
  });
  expect(JSON.stringify(document)).toMatch(/"id".*"note".*"open".*"place".*"secret".*"title"/);
});

test("objects are nested attributes, and collections of plain values are types", () => {
  const book = object({ isbn: required(string, { description: "ISBN." }) });
  const schema: Schema = {
    description: "",
    attributes: {
      first: computed(book, { description: "" }),
      books: computed(listOf(book), { description: "" }),
      tags: optional(mapOf(setOf(string)), { description: "" }),
    },
    blocks: { lender: { nesting: "list", description: "Lender.", attributes: {}, maxItems: 3 } },
  };

  const document = givenDocument(schema);

  const attributes = { isbn: { type: "string", description: "ISBN.", ...kind, required: true } };
  expect(document).toMatchObject({
    provider_schemas: {
      "registry.example.com/test/shelf": {
        provider: {
          block: {
            attributes: {
              first: { nested_type: { attributes, nesting_mode: "single" } },
              books: { nested_type: { attributes, nesting_mode: "list" } },
              tags: { type: ["map", ["set", "string"]] },
            },
            block_types: { lender: { nesting_mode: "list", max_items: 3, block: { description: "Lender." } } },
          },
        },
      },
    },
  });
});

test("ephemeral resources and functions are told where there are any", () => {
  const schema: Schema = { description: "", attributes: {} };
  const text = { kind: "string" } as const;
  const [name, description] = ["shelve", "Shelves."];
  const parameters = [{ name: "book", type: text, description: "Book.", allowNull: true }];
  const variadicParameter = { name: "others", type: text, description: "Others." };
  const shelve = { name, summary: "Shelves", description, parameters, variadicParameter, returns: { type: text } };

  const document = renderProviderSchemaJson(
    {
      name: "shelf",
      schema,
      resources: [],
      dataSources: [],
      ephemeralResources: [{ name: "loan", schema, open: async () => Promise.reject(new Error("unused")) }],
      functions: [{ ...shelve, call: async () => Promise.reject(new Error("unused")) }],
    },
    "registry.example.com/test/shelf",
  );

  expect(document).toMatchObject({
    provider_schemas: {
      "registry.example.com/test/shelf": {
        ephemeral_resource_schemas: { shelf_loan: { version: 0, block: { attributes: {} } } },
        functions: {
          shelve: {
            summary: "Shelves",
            description,
            return_type: "string",
            parameters: [{ name: "book", description: "Book.", type: "string", is_nullable: true }],
            variadic_parameter: { name: "others", description: "Others.", type: "string" },
          },
        },
      },
    },
  });
});

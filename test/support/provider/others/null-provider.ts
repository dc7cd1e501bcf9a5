import type { Provider } from "../../../../src/framework/provider.ts";
import type { DataSource, Resource } from "../../../../src/framework/resource.ts";
import { computed, mapOf, optional, string } from "../../../../src/framework/schema.ts";

/** A stand-in for the provider `null`: a resource that is nothing but its triggers. Written on our framework, and nothing of Qumulo is in it. */

const resourceSchema = {
  description: "Stands in for anything: it has a life and no effect.",
  attributes: {
    id: computed(string, { description: "Made when it is created.", keepsPriorValue: true }),
    triggers: optional(mapOf(string), { description: "Any change replaces it.", requiresReplace: true }),
  },
} as const;

const nullResource = {
  name: "resource",
  schema: resourceSchema,
  async create({ planned }) {
    const id = String(Math.floor(Math.random() * 2 ** 52));
    return Promise.resolve({ id, triggers: planned.triggers });
  },
  async read({ state }) {
    return Promise.resolve(state);
  },
  async delete() {
    await Promise.resolve();
  },
  async import({ id }) {
    return Promise.resolve({ id: id ?? null });
  },
} satisfies Resource<typeof resourceSchema, object>;

const dataSourceSchema = {
  description: "Gives back what it gets.",
  attributes: {
    id: computed(string, { description: "Always `static`." }),
    inputs: optional(mapOf(string), { description: "Any texts." }),
    outputs: computed(mapOf(string), { description: "The same texts." }),
  },
} as const;

const nullDataSource = {
  name: "data_source",
  schema: dataSourceSchema,
  async read({ config }) {
    const inputs = config.inputs.kind === "known" ? config.inputs.value : null;
    return Promise.resolve({ id: "static", inputs, outputs: inputs });
  },
} satisfies DataSource<typeof dataSourceSchema, object>;

const providerSchema = { description: "Needs no configuration.", attributes: {} } as const;

/** The provider `null`. */
export const nullProvider: Provider<typeof providerSchema, object> = {
  name: "null",
  schema: providerSchema,
  configure: async () => Promise.resolve({}),
  resources: [nullResource],
  dataSources: [nullDataSource],
  ephemeralResources: [],
  functions: [],
};

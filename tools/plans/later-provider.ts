import { createProviderServer } from "../../src/framework/create-provider-server.ts";
import type { AnyResource } from "../../src/framework/provider.ts";
import type { Resource } from "../../src/framework/resource.ts";
import { computed, required, string } from "../../src/framework/schema.ts";
import { serve } from "../../src/plugin/serve.ts";
import type { Connection } from "../../src/provider/connection.ts";
import { qumuloProvider } from "../../src/provider/provider.ts";

const futureGrantSchema = {
  description: "Stands in for what a later version of the provider may have.",
  attributes: {
    id: computed(string, { description: "Made when it is created.", keepsPriorValue: true }),
    user: required(string, { description: "Who gets access." }),
  },
} as const;

const futureGrant = {
  name: "future_grant",
  schema: futureGrantSchema,
  async create() {
    return Promise.reject(new Error("it is only planned"));
  },
  async read({ state }) {
    return Promise.resolve(state);
  },
  async delete() {
    await Promise.resolve();
  },
} satisfies Resource<typeof futureGrantSchema, Connection>;

const later: AnyResource<Connection> = futureGrant;

// The provider as a later version of it may be, with a type of resource that this version does not know.
void serve({
  source: "cdktf-qumulo/qumulo",
  loadServer: async () =>
    Promise.resolve(createProviderServer({ ...qumuloProvider, resources: [...qumuloProvider.resources, later] })),
});

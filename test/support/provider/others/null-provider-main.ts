import { createProviderServer } from "../../../../src/framework/create-provider-server.ts";
import { serve } from "../../../../src/plugin/serve.ts";
import { nullProvider } from "./null-provider.ts";

void serve({
  source: "hashicorp/null",
  loadServer: async () => Promise.resolve(createProviderServer(nullProvider)),
});

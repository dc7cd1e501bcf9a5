import { createProviderServer } from "../../../../src/framework/create-provider-server.ts";
import { serve } from "../../../../src/plugin/serve.ts";
import { vaultProvider } from "./vault-provider.ts";

void serve({
  source: "hashicorp/vault",
  loadServer: async () => Promise.resolve(createProviderServer(vaultProvider)),
});

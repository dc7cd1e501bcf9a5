/*
 * What the provider's program loads with the first call that needs the provider. In the build it is a file of its own, so that
 * the engine waits for small ones: tools/build.ts.
 */
export { createProviderServer } from "../framework/create-provider-server.ts";
export { providerService } from "../plugin/protocol6/provider-service.ts";
export { qumuloProvider } from "../provider/provider.ts";

/*
 * What the provider's program loads once the engine knows where to connect. In the build it is a file of its own, so that the
 * engine waits for a small one: tools/build.ts.
 */
export { createProviderServer } from "../framework/create-provider-server.ts";
export { createGrpcListener } from "../plugin/grpc-server.ts";
export { qumuloProvider } from "../provider/provider.ts";

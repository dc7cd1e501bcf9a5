/*
 * What the provider's program loads first once the engine knows where to connect: enough to answer the engine's first call. In
 * the build it is a file of its own, of which `provider.js` takes what both need: tools/build.ts.
 */
export { createGrpcListener } from "../plugin/grpc-server.ts";
export { serverStream, unary } from "../plugin/grpc/server.ts";
export { preparedAnswers } from "./prepared-answers.ts";

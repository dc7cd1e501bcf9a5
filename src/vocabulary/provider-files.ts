/**
 * The files that the provider's program loads from its own folder, once the engine knows where to connect: how it is spoken to,
 * what it does, and packages of other people that not all processes of an engine need.
 */
export const lateFiles = ["provider-grpc.js", "provider.js", "provider-http.js", "provider-age.js"] as const;

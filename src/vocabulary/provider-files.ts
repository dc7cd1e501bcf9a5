/**
 * The files that the provider's program loads from its own folder, once the engine knows where to connect: what it does, and
 * packages of other people that not all processes of an engine need.
 */
export const lateFiles = ["provider.js", "provider-http.js", "provider-age.js"] as const;

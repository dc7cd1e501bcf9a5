/**
 * The constructs for programs on CDK Terrain: all that `cdktf-qumulo` has, and what CDKTF has no classes for, which is described
 * here.
 *
 * `bindings` has more here as well: `bindings.ephemeralQumuloAccessToken`, `bindings.ephemeralQumuloSession` and
 * `bindings.providerFunctions`.
 *
 * @packageDocumentation
 */
export { EphemeralAccessToken, type EphemeralAccessTokenProps } from "./ephemeral-access-token.ts";
export { EphemeralSession, type EphemeralSessionProps } from "./ephemeral-session.ts";
export { qumuloFunctions } from "./functions.ts";

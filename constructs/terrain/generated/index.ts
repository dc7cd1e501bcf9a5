// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
export * as ephemeralQumuloAccessToken from "./ephemeral-qumulo-access-token.ts";
export * as ephemeralQumuloSession from "./ephemeral-qumulo-session.ts";
export * as providerFunctions from "./provider-functions.ts";


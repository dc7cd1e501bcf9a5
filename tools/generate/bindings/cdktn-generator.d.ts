// CDK Terrain's generator is CDKTF's, further developed.
export * from "./cdktf-generator.js";

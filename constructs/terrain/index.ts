/** What programs on CDK Terrain import as `cdktf-qumulo/cdktn`. */
export * from "../index.ts";
export * from "./beyond-cdktf.ts";
export * as bindings from "./bindings.ts";

export * from "../generated/index.ts";
export * from "./generated/index.ts";

export type { Fault, FaultDeclaration } from "./http/faults.ts";
export type { RequestLogEntry } from "./http/request-log.ts";
export type { Seed } from "./seeds/seed.ts";
export { renderSeedPath, SeedError, type SeedFault } from "./seeds/seed.ts";
export type { Variations } from "./rules/context.ts";
export {
  type Simulator,
  SimulatorError,
  type SimulatorOptions,
  startSimulator,
  type UnknownPath,
} from "./simulator.ts";

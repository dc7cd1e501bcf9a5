/**
 * A Qumulo Core cluster that runs in this process, for tests: its REST API over HTTPS, with faults on demand. A control API
 * lets programs in other languages steer it.
 *
 * @packageDocumentation
 */
export { AdjustableClock, type AdjustableClockStart } from "./adjustable-clock.ts";
export {
  type ClockChange,
  type ClockReading,
  type ControlAddress,
  ControlClient,
  ControlRequestError,
  type DeclaredFault,
  type RequestLog,
  type SimulatorDescription,
} from "./control/client.ts";
export { type ControlOptions, type OfferedControl, serveControl } from "./control/serve-control.ts";
export { findOwnerAddress } from "./data-folder.ts";
export type { UnknownPath } from "./exchange-records.ts";
export { exportStoredCluster } from "./export-stored-cluster.ts";
export type { CounterSnapshot } from "./http/counters.ts";
export { FaultTextError, parseFault } from "./http/fault-text.ts";
export type { Fault, FaultDeclaration, PendingFault } from "./http/faults.ts";
export type { RequestLogEntry } from "./http/request-log.ts";
export type { Variations } from "./rules/context.ts";
export type {
  SeededActiveDirectory,
  SeededDirectoryAccount,
  SeededDomainGroup,
  SeededDomainUser,
  SeededLdap,
  SeededLdapGroup,
  SeededLdapUser,
} from "./rules/identities/directory-description.ts";
export type {
  SeededAttributes,
  SeededCluster,
  SeededGroup,
  SeededNode,
  SeededRole,
  SeededSaml,
  SeededToken,
  SeededUser,
  SeededUserMapping,
} from "./seeds/seed.ts";
export { renderSeedPath, type Seed, SeedError, type SeedFault, type SeedPath } from "./seeds/seed.ts";
export { type Simulator, startSimulator } from "./simulator.ts";
export { SimulatorError, type SimulatorErrorKind } from "./simulator-error.ts";
export type { SimulatorOptions } from "./simulator-options.ts";
export { StoreError, type StoreProblem } from "./store/store-error.ts";
export type { Clock } from "../vocabulary/clock.ts";
export { Secret } from "../vocabulary/secret.ts";

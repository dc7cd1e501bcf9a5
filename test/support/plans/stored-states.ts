import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Seed } from "../../../src/simulator/index.ts";

/** A state that a version of the provider left, with its configuration and its cluster. */
export interface StoredState {
  /** The version, such as `0.1.0`. */
  readonly name: string;
  /** Holds `main.tf`, {@link storedStateFile} and, of that state, `show.json`. */
  readonly folder: string;
  readonly objects: readonly StoredObject[];
  /** The cluster as it was then. */
  readonly seed: Seed;
}

/** One object of a stored state. */
export interface StoredObject {
  readonly address: string;
  readonly typeName: string;
  readonly schemaVersion: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** With its version; `undefined` where the engine kept none. */
  readonly identity: { readonly version: number; readonly attributes: object } | undefined;
}

/** The name of a kept state in its folder. Git leaves out what an engine calls its state, wherever it is. */
export const storedStateFile = "state.json";

/** What time it was when each state was recorded. */
export const recordedAt = "2026-03-02T08:00:00Z";

const states = path.resolve(__dirname, "../../acceptance/states");

/** Reads all states that are kept, those of older versions first. */
export function findStoredStates(): readonly StoredState[] {
  return readdirSync(states).map((name) => {
    const folder = path.join(states, name);
    // Recorded by tools/record-states.ts: an engine wrote one, and the simulator the other.
    const state = JSON.parse(readFileSync(path.join(folder, storedStateFile), "utf8")) as EngineState;
    const seed = JSON.parse(readFileSync(path.join(folder, "cluster.json"), "utf8")) as Seed;
    return { name, folder, objects: state.resources.map(objectOf), seed };
  });
}

interface EngineState {
  readonly resources: readonly EngineResource[];
}

interface EngineResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly schema_version: number;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly identity?: object;
    readonly identity_schema_version?: number;
  }[];
}

function objectOf({ type, name, instances }: EngineResource): StoredObject {
  const [instance] = instances;
  if (instance === undefined) throw new Error(`${type}.${name} has no instance.`);
  const { identity, identity_schema_version: version = 0 } = instance;
  return {
    address: `${type}.${name}`,
    typeName: type,
    schemaVersion: instance.schema_version,
    attributes: instance.attributes,
    identity: identity === undefined ? undefined : { version, attributes: identity },
  };
}

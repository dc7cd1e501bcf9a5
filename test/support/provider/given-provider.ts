import { createProviderServer } from "../../../src/framework/create-provider-server.ts";
import type { EngineLife } from "../../../src/framework/engine-life.ts";
import type { Diagnostic } from "../../../src/framework/diagnostics.ts";
import type { ProviderServer } from "../../../src/framework/provider-server.ts";
import { isComputed, members, type Schema } from "../../../src/framework/schema.ts";
import { nullValue, type Value } from "../../../src/framework/value.ts";
import { type Connection, RunMemory } from "../../../src/provider/connection.ts";
import { createQumuloProvider } from "../../../src/provider/provider.ts";
import { providerSchema } from "../../../src/provider/provider-schema.ts";
import type { Simulator } from "../../../src/simulator/index.ts";
import { type Clock, systemClock } from "../../../src/vocabulary/clock.ts";
import { type Plain, plain, value } from "./values.ts";

/** Attributes of a configuration; what is left out is null. */
export type Given = Readonly<Record<string, Plain>>;

/** An object as an engine keeps it between operations. */
export interface Kept {
  readonly state: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** What one operation of an engine came to. */
export interface Outcome {
  readonly kept: Kept;
  /** State as plain data; `null` when there is none. */
  readonly state: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** What a plan came to. */
export interface Planned {
  readonly planned: Readonly<Record<string, unknown>> | null;
  /** The same as the provider gave it. */
  readonly value: Value;
  /** First steps of the paths whose change replaces the object. */
  readonly replaces: readonly unknown[];
  readonly isEmpty: boolean;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** What an action came to. */
export interface Invoked extends Pick<Outcome, "errors" | "warnings"> {
  readonly progress: readonly string[];
}

/** An engine with one provider. */
export interface Engine {
  readonly server: ProviderServer;
  configure: (config?: Given) => Promise<readonly Diagnostic[]>;
  validate: (typeName: string, config: Given) => Promise<readonly Diagnostic[]>;
  plan: (typeName: string, config: Given, kept?: Kept) => Promise<Planned>;
  /** Plans and applies, as an engine does when the practitioner says yes. */
  apply: (typeName: string, config: Given, kept?: Kept) => Promise<Outcome>;
  refresh: (typeName: string, kept: Kept) => Promise<Outcome>;
  destroy: (typeName: string, kept: Kept) => Promise<Outcome>;
  /** Imports by an id, then reads. */
  importById: (typeName: string, id: string) => Promise<Outcome>;
  /** Validates and plans an action. */
  planAction: (typeName: string, config: Given) => Promise<Pick<Outcome, "errors" | "warnings">>;
  /** Carries out an action, and tells what it said meanwhile. */
  invoke: (typeName: string, config: Given) => Promise<Invoked>;
  /** Validates and reads a data source. */
  read: (typeName: string, config?: Given) => Promise<Omit<Outcome, "kept">>;
}

const empty: Kept = { state: nullValue, private: new Uint8Array(), identity: undefined };

/** Settings with which the provider reaches a simulator as its administrator. */
export function reaching(simulator: Simulator): Given {
  return {
    host: simulator.host,
    port: simulator.port,
    ca_pem: simulator.certificatePem,
    username: simulator.username,
    password: simulator.adminPassword.reveal(),
  };
}

/** What a provider is started in. */
export interface EngineOptions {
  /** Whether the engine lives; one that always does unless given. */
  readonly life?: EngineLife;
  readonly clock?: Clock;
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * By what the provider's answers of the cluster grow old.
   *
   * @default an hour lies between two looks: each operation stands for a run of its own
   */
  readonly elapsedMs?: () => number;
}

/** An engine whose provider is configured for a simulator; planning follows what real engines propose. */
export async function givenEngine(simulator: Simulator, options: EngineOptions = {}): Promise<Engine> {
  return configured(givenUnconfiguredEngine(options), simulator);
}

/** Begins runs of one provider on one cluster, whose answers are asked for once: for what changes nothing there. */
export function givenRuns(simulator: Simulator, clock: Clock): () => Promise<Engine> {
  const provider = createQumuloProvider({ clock, elapsedMs: () => 0, environment: { HOME: "/nonexistent" } });
  let connected: Promise<Connection> | undefined;
  const configure: typeof provider.configure = async (context) => {
    connected ??= provider.configure(context);
    // What one run has planned means nothing to the next.
    return { ...(await connected), memory: new RunMemory() };
  };
  return async () => configured(engineOf({ ...provider, configure }, {}), simulator);
}

async function configured(engine: Engine, simulator: Simulator): Promise<Engine> {
  const diagnostics = await engine.configure(reaching(simulator));
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return engine;
}

/** An engine whose provider has no configuration yet. */
export function givenUnconfiguredEngine(options: EngineOptions = {}): Engine {
  const { clock = systemClock, environment = {}, elapsedMs = leaping() } = options;
  // A home of nobody: what somebody stored on this machine must not decide a test.
  const provider = createQumuloProvider({
    clock,
    elapsedMs,
    // How long a test waits before it asks a busy cluster again decides nothing.
    retryWaitMs: 1,
    environment: { HOME: "/nonexistent", ...environment },
  });
  return engineOf(provider, options);
}

function engineOf(provider: ReturnType<typeof createQumuloProvider>, { life }: EngineOptions): Engine {
  const whole = createProviderServer(provider);
  const server = life === undefined ? whole : whole.servedTo(life);
  const schemaOf = (typeName: string): Schema => found(server.schemas.resources.get(typeName)?.schema, typeName);
  const planValue = async (typeName: string, config: Value, kept: Kept) =>
    server.planResourceChange({
      typeName,
      config,
      prior: kept.state,
      proposed: proposed(schemaOf(typeName), config, kept.state),
      private: kept.private,
      identity: kept.identity,
    });
  const applyPlan = async (typeName: string, config: Value, kept: Kept): Promise<Outcome> => {
    const plan = await planValue(typeName, config, kept);
    if (plan.diagnostics.some(({ severity }) => severity === "error")) return outcome(kept, plan.diagnostics);
    const answer = await server.applyResourceChange({
      typeName,
      config,
      prior: kept.state,
      planned: plan.planned,
      private: plan.private,
      identity: plan.identity,
    });
    return outcome(answer, [...plan.diagnostics, ...answer.diagnostics]);
  };
  return {
    server,
    async configure(config = {}) {
      const given = complete(providerSchema, config);
      const { diagnostics } = await server.validateProvider(given);
      if (diagnostics.length > 0) return diagnostics;
      return (await server.configure(given)).diagnostics;
    },
    async validate(typeName, config) {
      const capabilities = { writeOnlyAttributesAllowed: true };
      const given = complete(schemaOf(typeName), config);
      return (await server.validateResource({ typeName, config: given, capabilities })).diagnostics;
    },
    async plan(typeName, config, kept = empty) {
      const answer = await planValue(typeName, complete(schemaOf(typeName), config), kept);
      return {
        planned: object(answer.planned),
        value: answer.planned,
        replaces: answer.requiresReplace.map(([first]) => first),
        isEmpty: JSON.stringify(plain(answer.planned)) === JSON.stringify(plain(kept.state)),
        ...split(answer.diagnostics),
      };
    },
    apply: async (typeName, config, kept = empty) => applyPlan(typeName, complete(schemaOf(typeName), config), kept),
    async refresh(typeName, kept) {
      const answer = await server.readResource({ typeName, ...kept });
      return outcome(answer, answer.diagnostics);
    },
    destroy: async (typeName, kept) => applyPlan(typeName, nullValue, kept),
    async importById(typeName, id) {
      const { imported, diagnostics } = await server.importResource({ typeName, id, identity: undefined });
      if (imported === undefined) return outcome(empty, diagnostics);
      const answer = await server.readResource({ typeName, ...imported });
      return outcome(answer, [...diagnostics, ...answer.diagnostics]);
    },
    async planAction(typeName, config) {
      const given = complete(found(server.schemas.actions.get(typeName), typeName), config);
      const capabilities = { writeOnlyAttributesAllowed: false };
      const { diagnostics } = await server.validateAction({ typeName, config: given, capabilities });
      if (diagnostics.length > 0) return split(diagnostics);
      return split((await server.planAction({ typeName, config: given })).diagnostics);
    },
    async invoke(typeName, config) {
      const given = complete(found(server.schemas.actions.get(typeName), typeName), config);
      const progress: string[] = [];
      const { diagnostics } = await server.invokeAction({ typeName, config: given }, (message) => {
        progress.push(message);
      });
      return { progress, ...split(diagnostics) };
    },
    async read(typeName, config = {}) {
      const given = complete(found(server.schemas.dataSources.get(typeName), typeName), config);
      const capabilities = { writeOnlyAttributesAllowed: true };
      const { diagnostics } = await server.validateDataSource({ typeName, config: given, capabilities });
      if (diagnostics.length > 0) return { state: null, ...split(diagnostics) };
      const answer = await server.readDataSource({ typeName, config: given });
      return { state: object(answer.state), ...split(answer.diagnostics) };
    },
  };
}

function leaping(): () => number {
  let elapsedMs = 0;
  return () => (elapsedMs += 3_600_000);
}

function outcome(answer: Kept, diagnostics: readonly Diagnostic[]): Outcome {
  const kept = { state: answer.state, private: answer.private, identity: answer.identity };
  return { kept, state: object(answer.state), ...split(diagnostics) };
}

function split(diagnostics: readonly Diagnostic[]): Pick<Outcome, "errors" | "warnings"> {
  return {
    errors: diagnostics.filter(({ severity }) => severity === "error"),
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
  };
}

function object(from: Value): Readonly<Record<string, unknown>> | null {
  // The engine's objects are objects.
  return plain(from) as Readonly<Record<string, unknown>> | null;
}

function found(schema: Schema | undefined, typeName: string): Schema {
  if (schema === undefined) throw new Error(`no schema ${typeName}`);
  return schema;
}

/** A whole configuration as an engine sends it. */
export function complete(schema: Schema, given: Given): Value {
  const left = Object.fromEntries(Object.keys(members(schema)).map((name) => [name, null]));
  for (const name of Object.keys(given)) if (!(name in left)) throw new Error(`no attribute ${name}`);
  return value({ ...left, ...given });
}

/** What engines propose: the configuration, with prior values where the provider may decide and nothing is configured. */
export function proposed(schema: Schema, config: Value, prior: Value): Value {
  if (!("entries" in config)) return config;
  const entries = [...config.entries].map(([name, configured]) => {
    const attribute = members(schema)[name];
    const isKept = configured.kind === "null" && attribute !== undefined && isComputed(attribute);
    const before = "entries" in prior ? (prior.entries.get(name) ?? nullValue) : nullValue;
    return [name, isKept ? before : configured] as const;
  });
  return { kind: "object", entries: new Map(entries) };
}

import { type ActionTarget, invokeAction, planAction } from "./action/invoke-action.ts";
import { applyChange } from "./apply-change.ts";
import { type Diagnostic, Diagnostics } from "./diagnostics.ts";
import { endlessLife, type EngineLife } from "./engine-life.ts";
import { closeEphemeral, type EphemeralTarget, openEphemeral, renewEphemeral } from "./ephemeral.ts";
import { reportFailure } from "./failure.ts";
import { callFunction } from "./function-call.ts";
import { generateConfig } from "./list/generate-config.ts";
import { listResource } from "./list/list-resource.ts";
import { importResource, moveResource } from "./import-resource.ts";
import { findByTypeName, type Inventory, inventoryOf } from "./inventory.ts";
import { decodeConfig } from "./model-codec.ts";
import { OpenEphemerals } from "./open-ephemerals.ts";
import { planChange } from "./plan-change.ts";
import type { Provider } from "./provider.ts";
import type { Answer, EphemeralRequest, ProviderServer, ValidateRequest } from "./provider-server.ts";
import { readDataSource } from "./read-data-source.ts";
import { readResource } from "./read-resource.ts";
import { beginCall, type ResourceCall } from "./resource-call.ts";
import type { ValidateContext } from "./resource.ts";
import type { Schema } from "./schema.ts";
import { ProviderSession } from "./session.ts";
import { upgradeIdentity, upgradeState } from "./upgrade.ts";
import { validateConfig } from "./validate.ts";
import { isWhollyKnown, type Value } from "./value.ts";

/** Creates the server that answers an engine's calls with a provider. */
export function createProviderServer<S extends Schema, C>(provider: Provider<S, C>): ProviderServer {
  const inventory = inventoryOf(provider);
  const shared = { provider, inventory, session: new ProviderSession<C>(), open: new OpenEphemerals() };
  return serverFor({ ...shared, engine: undefined });
}

/** What the calls of one engine are answered from. */
interface ServerParts<S extends Schema, C> {
  readonly provider: Provider<S, C>;
  readonly inventory: Inventory<C>;
  readonly session: ProviderSession<C>;
  readonly open: OpenEphemerals;
  /** `undefined` where nobody watches the engine. */
  readonly engine: EngineLife | undefined;
}

function serverFor<S extends Schema, C>(parts: ServerParts<S, C>): ProviderServer {
  const { provider, inventory, session, engine = endlessLife } = parts;
  const resourceCall = (typeName: string, privateBytes?: Uint8Array): ResourceCall<C> =>
    beginCall({ typeName, resource: findByTypeName(inventory.resources, typeName), session, engine }, privateBytes);
  return {
    schemas: inventory.schemas,
    servedTo: (other) => serverFor({ ...parts, engine: other }),
    validateProvider: async (config) => validate(provider, config, true),
    configure: async (config) => configure(provider, { session, engine }, config),
    stop: () => {
      session.stop();
    },
    ...validations(inventory),
    upgradeState: async (request) => {
      const resource = findByTypeName(inventory.resources, request.typeName);
      const { result, diagnostics } = attempt("The state could not be upgraded", () => upgradeState(resource, request));
      return Promise.resolve({ stateJson: result, diagnostics });
    },
    upgradeIdentity: async (request) => {
      const resource = findByTypeName(inventory.resources, request.typeName);
      const work = () => upgradeIdentity(resource, request);
      const { result, diagnostics } = attempt("The identity could not be upgraded", work);
      return Promise.resolve({ identity: result, diagnostics });
    },
    readResource: async (request) => readResource(resourceCall(request.typeName, request.private), request),
    planResourceChange: async (request) => planChange(resourceCall(request.typeName, request.private), request),
    applyResourceChange: async (request) => applyChange(resourceCall(request.typeName, request.private), request),
    importResource: async (request) => importResource(resourceCall(request.typeName), request),
    moveResource: async (request) => moveResource(resourceCall(request.targetTypeName), request),
    readDataSource: async (request) =>
      readDataSource({ dataSource: findByTypeName(inventory.dataSources, request.typeName), session, engine }, request),
    listResource: (request) =>
      listResource({ resource: findByTypeName(inventory.resources, request.typeName), session, engine }, request),
    generateConfig: async (request) =>
      Promise.resolve(generateConfig(findByTypeName(inventory.resources, request.typeName), request)),
    ...ephemerals(parts),
    ...actions(parts),
    callFunction: async (name, args) => callFunction(inventory.schemas.functions, name, args),
  };
}

function validations<C>(
  inventory: Inventory<C>,
): Pick<
  ProviderServer,
  "validateResource" | "validateDataSource" | "validateEphemeral" | "validateAction" | "validateList"
> {
  const validateIn =
    (entries: ReadonlyMap<string, Validatable<Schema>>) =>
    async ({ typeName, config, capabilities }: ValidateRequest): Promise<Answer> =>
      validate(findByTypeName(entries, typeName), config, capabilities.writeOnlyAttributesAllowed);
  return {
    validateResource: validateIn(inventory.resources),
    validateDataSource: validateIn(inventory.dataSources),
    validateEphemeral: validateIn(inventory.ephemeralResources),
    validateAction: validateIn(inventory.actions),
    validateList: validateIn(listsOf(inventory)),
  };
}

function listsOf<C>({ resources }: Inventory<C>): ReadonlyMap<string, Validatable<Schema>> {
  return new Map([...resources].flatMap(([name, { list }]) => (list === undefined ? [] : [[name, list] as const])));
}

function ephemerals<S extends Schema, C>(
  parts: ServerParts<S, C>,
): Pick<ProviderServer, "openEphemeral" | "renewEphemeral" | "closeEphemeral" | "closeLeftovers"> {
  const { inventory, session, open, engine = endlessLife } = parts;
  const target = (typeName: string, caller: EngineLife): EphemeralTarget<C> => ({
    resource: findByTypeName(inventory.ephemeralResources, typeName),
    session,
    engine: caller,
  });
  // Closing undoes something, so that it goes on when the engine is gone.
  const close = async (request: EphemeralRequest): Promise<Answer> => {
    open.delete(request);
    return closeEphemeral(target(request.typeName, { ...engine, gone: endlessLife.gone }), request);
  };
  return {
    async openEphemeral(request) {
      const { typeName } = request;
      const answer = await openEphemeral(target(typeName, engine), request);
      if (answer.result.kind === "null") return answer;
      open.add({ typeName, private: answer.private }, engine);
      // What was left open has been closed by then, and nobody would close this one.
      if (engine.gone.aborted) await close({ typeName, private: answer.private });
      return answer;
    },
    async renewEphemeral(request) {
      const { typeName } = request;
      const answer = await renewEphemeral(target(typeName, engine), request);
      open.delete(request);
      open.add({ typeName, private: answer.private }, engine);
      if (engine.gone.aborted) await close({ typeName, private: answer.private });
      return answer;
    },
    closeEphemeral: close,
    async closeLeftovers() {
      const answers = await Promise.all(open.take(parts.engine).map(close));
      return { diagnostics: answers.flatMap(({ diagnostics }) => diagnostics) };
    },
  };
}

function actions<S extends Schema, C>(parts: ServerParts<S, C>): Pick<ProviderServer, "planAction" | "invokeAction"> {
  const { inventory, session, engine = endlessLife } = parts;
  const target = (typeName: string): ActionTarget<C> => ({
    action: findByTypeName(inventory.actions, typeName),
    session,
    engine,
  });
  return {
    planAction: async (request) => planAction(target(request.typeName), request),
    invokeAction: async (request, progress) => invokeAction(target(request.typeName), request, progress),
  };
}

/** What is validated the same way: whatever has a configuration. */
interface Validatable<S extends Schema> {
  readonly schema: S;
  validate?(context: ValidateContext<S>): void | Promise<void>;
}

async function validate<S extends Schema>(
  target: Validatable<S>,
  config: Value,
  writeOnlyAllowed: boolean,
): Promise<Answer> {
  const diagnostics = new Diagnostics();
  await validateConfig(config, {
    schema: target.schema,
    validate: async () => target.validate?.({ config: decodeConfig(target.schema, config), diagnostics }),
    writeOnlyAllowed,
    diagnostics,
  });
  return { diagnostics: diagnostics.all };
}

async function configure<S extends Schema, C>(
  provider: Provider<S, C>,
  { session, engine }: { readonly session: ProviderSession<C>; readonly engine: EngineLife },
  config: Value,
): Promise<Answer> {
  const diagnostics = new Diagnostics();
  session.defer();
  if (!isWhollyKnown(config)) return { diagnostics: diagnostics.all };
  try {
    const context = {
      config: decodeConfig(provider.schema, config),
      diagnostics,
      signal: session.signalsFor(engine).signal,
    };
    session.connect(await provider.configure(context));
  } catch (error) {
    reportFailure(diagnostics, error, "The provider could not be configured");
  }
  return { diagnostics: diagnostics.all };
}

function attempt<T>(
  summary: string,
  work: () => T,
): { readonly result: T | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  try {
    return { result: work(), diagnostics: diagnostics.all };
  } catch (error) {
    reportFailure(diagnostics, error, summary);
    return { result: undefined, diagnostics: diagnostics.all };
  }
}

import type { Socket } from "node:net";
import type { EngineLife } from "../framework/engine-life.ts";
import type { ProviderServer } from "../framework/provider-server.ts";
import { type Methods, prepared, serveCall, serveLater } from "./grpc/server.ts";
import { Connection } from "./http2/connection.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Log } from "./log.ts";
import { pluginServices, type PluginServicesOptions } from "./plugin-services.ts";

/** Answers that are always the same, encoded as they go over the wire, by the paths of their calls. */
export type PreparedAnswers = ReadonlyMap<string, Buffer>;

/** What the services need from the process. */
export interface GrpcServerOptions extends PluginServicesOptions {
  /** Returns the provider. It is called for each request, so it must load the provider only once. */
  readonly server: () => Promise<ProviderServer>;
  /** What needs no provider to be answered. */
  readonly preparedAnswers: PreparedAnswers;
  readonly lifetime: Lifetime;
  readonly log: Log;
  /** The engine that calls over this connection. */
  readonly engineOf: (socket: Socket) => EngineLife;
}

/** Answers what is called over a connection. */
export type ConnectionListener = (socket: Socket) => void;

/**
 * Answers whatever an engine may call, on a server of our own.
 *
 * The provider's service, and the provider, are loaded with the first call that needs them: an engine starts one process only
 * to ask for the schema.
 */
export function createGrpcListener(options: GrpcServerOptions): ConnectionListener {
  const { preparedAnswers, lifetime } = options;
  const first: Methods = new Map([...pluginServices(options), ...[...preparedAnswers].map(prepared)]);
  let all: Methods | undefined;
  let loading: Promise<Methods> | undefined;
  const load = async (): Promise<Methods> => (all = new Map([...(await loadProviderService(options)), ...first]));
  return (socket) => {
    new Connection(socket, (call) => {
      const { path } = call.head;
      // Nobody can wait for the end of calls that stay open for as long as the engine lives.
      if (first.get(path)?.kind !== "held") call.onClosed = lifetime.beginAnswer();
      if (all !== undefined || first.has(path)) serveCall(call, all ?? first);
      else serveLater(call, (loading ??= load()));
    });
  };
}

async function loadProviderService({ server, lifetime, log, engineOf }: GrpcServerOptions): Promise<Methods> {
  const { providerService } = await import("./protocol6/provider-service.ts");
  const served = servedToEach(server);
  return new Map(
    providerService({
      server: async (socket) => served(engineOf(socket)),
      run: async (work) => lifetime.run(work),
      log,
    }),
  );
}

/** Returns, for each engine, the provider that serves this engine. */
function servedToEach(load: () => Promise<ProviderServer>): (engine: EngineLife) => Promise<ProviderServer> {
  const served = new WeakMap<EngineLife, ProviderServer>();
  return async (engine) => {
    const known = served.get(engine) ?? (await load()).servedTo(engine);
    served.set(engine, known);
    return known;
  };
}

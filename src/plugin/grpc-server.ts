import type { Socket } from "node:net";
import type { EngineLife } from "../framework/engine-life.ts";
import type { ProviderServer } from "../framework/provider-server.ts";
import { type Methods, serveCall } from "./grpc/server.ts";
import { Connection } from "./http2/connection.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Log } from "./log.ts";
import { pluginServices, type PluginServicesOptions } from "./plugin-services.ts";
import { providerService } from "./protocol6/provider-service.ts";

/** What the services need from the process. */
export interface GrpcServerOptions extends PluginServicesOptions {
  /** Returns the provider. It is called for each request, so it must load the provider only once. */
  readonly server: () => Promise<ProviderServer>;
  readonly lifetime: Lifetime;
  readonly log: Log;
  /** The engine that calls over this connection. */
  readonly engineOf: (socket: Socket) => EngineLife;
}

/** Answers what is called over a connection. */
export type ConnectionListener = (socket: Socket) => void;

/** Answers whatever an engine may call, on a server of our own. */
export function createGrpcListener(options: GrpcServerOptions): ConnectionListener {
  const { lifetime, log, engineOf } = options;
  const server = servedToEach(options.server);
  const methods: Methods = new Map([
    ...providerService({
      server: async (socket) => server(engineOf(socket)),
      run: async (work) => lifetime.run(work),
      log,
    }),
    ...pluginServices(options),
  ]);
  return (socket) => {
    new Connection(socket, (call) => {
      // Nobody can wait for the end of calls that stay open for as long as the engine lives.
      if (methods.get(call.head.path)?.kind !== "held") call.onClosed = lifetime.beginAnswer();
      serveCall(call, methods);
    });
  };
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

import type { Http2Session, IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { EngineLife } from "../framework/engine-life.ts";
import type { ProviderServer } from "../framework/provider-server.ts";
import { type Methods, serveCall } from "./grpc/server.ts";
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
  /** The engine that calls over this session; a session that is closed already has none. */
  readonly engineOf: (session: Http2Session | undefined) => EngineLife;
}

/** Handles one call. */
export type StreamListener = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

/** Answers whatever an engine may call, on a server of our own. */
export function createGrpcListener(options: GrpcServerOptions): StreamListener {
  const { lifetime, log, engineOf } = options;
  const server = servedToEach(options.server);
  const methods: Methods = new Map([
    ...providerService({
      server: async (session) => server(engineOf(session)),
      run: async (work) => lifetime.run(work),
      log,
    }),
    ...pluginServices(options),
  ]);
  return (stream, headers) => {
    // Given up while code was still loading: it would never be heard to close, and the process would wait for it for ever.
    if (stream.destroyed) return;
    // Nobody can wait for the end of calls that stay open for as long as the engine lives.
    if (methods.get(String(headers[":path"]))?.kind !== "held") stream.once("close", lifetime.beginAnswer());
    serveCall(stream, headers, methods);
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

import type { Http2ServerRequest, Http2ServerResponse, Http2Session } from "node:http2";
import { Code, createContextKey, createContextValues } from "@connectrpc/connect";
import { connectNodeAdapter, type ConnectNodeAdapterOptions } from "@connectrpc/connect-node";
import { endlessLife, type EngineLife } from "../framework/engine-life.ts";
import type { ProviderServer } from "../framework/provider-server.ts";
import { brokerService } from "./broker.ts";
import { controllerService } from "./controller.ts";
import { healthService } from "./health.ts";
import type { Lifetime } from "./lifetime.ts";
import { GRPCBroker, GRPCController, GRPCStdio } from "./protocol6/generated/go_plugin_pb.ts";
import { Health } from "./protocol6/generated/grpc_health_pb.ts";
import { Provider } from "./protocol6/generated/tfplugin6_pb.ts";
import { providerService } from "./protocol6/provider-service.ts";
import { stdioService } from "./stdio.ts";

/** What the services need from the process. */
export interface GrpcServerOptions {
  /** Gives the provider; called with each call, so it loads once and remembers. */
  readonly server: () => Promise<ProviderServer>;
  readonly lifetime: Lifetime;
  /** The engine that calls over this session; a session that is closed already has none. */
  readonly engineOf: (session: Http2Session | undefined) => EngineLife;
  /** Called when the engine asks the process to end; the answer is sent when it is done. */
  readonly onShutdown: () => Promise<void>;
  /** Called when the engine is gone, or is leaving. */
  readonly onEngineGone: () => void;
}

/** Handles one request. */
export type RequestListener = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** The most that engines take as well; libraries would stop at a few megabytes on their own. */
const largestMessageBytes = 0x7fff_ffff;

/** Calls that stay open for as long as the engine lives, so that nobody can wait for their end. */
const endlessPaths: ReadonlySet<string> = new Set([
  `/${GRPCStdio.typeName}/StreamStdio`,
  `/${GRPCBroker.typeName}/StartStream`,
]);

const engineKey = createContextKey<EngineLife>(endlessLife, { description: "the engine that calls" });

/** All services that an engine may call, for a server of our own. */
export function createGrpcListener(options: GrpcServerOptions): RequestListener {
  const { lifetime, engineOf, onShutdown, onEngineGone } = options;
  const server = servedToEach(options.server);
  const listener = connectNodeAdapter({
    grpc: true,
    grpcWeb: false,
    connect: false,
    acceptCompression: [],
    readMaxBytes: largestMessageBytes,
    writeMaxBytes: largestMessageBytes,
    fallback: answerUnimplemented,
    contextValues: (request) => {
      const session = "stream" in request ? request.stream.session : undefined;
      return createContextValues().set(engineKey, engineOf(session));
    },
    routes: (router) => {
      router.service(
        Provider,
        providerService({
          server: async ({ values }) => server(values.get(engineKey)),
          run: async (work) => lifetime.run(work),
        }),
      );
      router.service(GRPCController, controllerService(onShutdown));
      router.service(GRPCStdio, stdioService(onEngineGone));
      router.service(GRPCBroker, brokerService);
      router.service(Health, healthService);
    },
  });
  return (request, response) => {
    // Given up while code was still loading: it would never be heard to close, and the process would wait for it for ever.
    if (response.stream.destroyed) return;
    if (!endlessPaths.has(request.url)) response.once("close", lifetime.beginAnswer());
    listener(request, response);
  };
}

/** Gives the provider as each engine sees it. */
function servedToEach(load: () => Promise<ProviderServer>): (engine: EngineLife) => Promise<ProviderServer> {
  const served = new WeakMap<EngineLife, ProviderServer>();
  return async (engine) => {
    const known = served.get(engine) ?? (await load()).servedTo(engine);
    served.set(engine, known);
    return known;
  };
}

/** Newer engines try calls that they can do without; this answer, and no other, tells them so. */
const answerUnimplemented: NonNullable<ConnectNodeAdapterOptions["fallback"]> = (request, response) => {
  response.setHeader("content-type", "application/grpc");
  response.setHeader("grpc-status", String(Code.Unimplemented));
  response.setHeader("grpc-message", encodeURIComponent(`no call ${request.url ?? ""} here`));
  response.end();
};

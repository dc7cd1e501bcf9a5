import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Code } from "@connectrpc/connect";
import { connectNodeAdapter, type ConnectNodeAdapterOptions } from "@connectrpc/connect-node";
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

/** All services that an engine may call, for a server of our own. */
export function createGrpcListener(options: GrpcServerOptions): RequestListener {
  const { server, lifetime, onShutdown, onEngineGone } = options;
  const listener = connectNodeAdapter({
    grpc: true,
    grpcWeb: false,
    connect: false,
    acceptCompression: [],
    readMaxBytes: largestMessageBytes,
    writeMaxBytes: largestMessageBytes,
    fallback: answerUnimplemented,
    routes: (router) => {
      router.service(Provider, providerService({ server, run: async (work) => lifetime.run(work) }));
      router.service(GRPCController, controllerService(onShutdown));
      router.service(GRPCStdio, stdioService(onEngineGone));
      router.service(GRPCBroker, brokerService);
      router.service(Health, healthService);
    },
  });
  return (request, response) => {
    if (!endlessPaths.has(request.url)) response.once("close", lifetime.begin());
    listener(request, response);
  };
}

/** Newer engines try calls that they can do without; this answer, and no other, tells them so. */
const answerUnimplemented: NonNullable<ConnectNodeAdapterOptions["fallback"]> = (request, response) => {
  response.setHeader("content-type", "application/grpc");
  response.setHeader("grpc-status", String(Code.Unimplemented));
  response.setHeader("grpc-message", encodeURIComponent(`no call ${request.url ?? ""} here`));
  response.end();
};

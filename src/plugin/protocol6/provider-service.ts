import type { Socket } from "node:net";
import type { ProviderServer } from "../../framework/provider-server.ts";
import { type Method, serverStream, unary } from "../grpc/server.ts";
import type { Log } from "../log.ts";
import type { ServerStreamRpc, UnaryRpc } from "../protobuf/rpc.ts";
import { invokeAction, planAction, validateActionConfig } from "./action.ts";
import { applyResourceChange } from "./apply-resource-change.ts";
import { callFunction } from "./call-function.ts";
import { type Call, runCall, runStreamCall, type StreamCall } from "./call.ts";
import { closeEphemeralResource, openEphemeralResource, renewEphemeralResource } from "./ephemeral-resource.ts";
import { Provider } from "./generated/tfplugin6.ts";
import { getFunctions, getMetadata, getProviderSchema, getResourceIdentitySchemas } from "./get-provider-schema.ts";
import { importResourceState } from "./import-resource-state.ts";
import { generateResourceConfig } from "./generate-resource-config.ts";
import { listResource, validateListResourceConfig } from "./list-resource.ts";
import { moveResourceState } from "./move-resource-state.ts";
import { planResourceChange } from "./plan-resource-change.ts";
import { configureProvider, stopProvider, validateProviderConfig } from "./provider-configuration.ts";
import { readDataSource } from "./read-data-source.ts";
import { readResource } from "./read-resource.ts";
import { upgradeResourceIdentity, upgradeResourceState } from "./upgrade.ts";
import { validateDataResourceConfig, validateEphemeralResourceConfig, validateResourceConfig } from "./validate.ts";

/** What the service needs from the process around it. */
export interface ProviderServiceOptions {
  /** Gives the provider as the engine that calls sees it; called with each call, so it loads once and remembers. */
  readonly server: (socket: Socket) => Promise<ProviderServer>;
  /** Runs the work of one call, and knows that it is under way. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Where the engine's log is told what takes long. */
  readonly log: Log;
}

/** The service `tfplugin6.Provider`: every call answers, and none with an error of gRPC. */
export function providerService({ server, run, log }: ProviderServiceOptions): readonly (readonly [string, Method])[] {
  const serve = <Request, Response>(
    rpc: UnaryRpc<Request, Response>,
    call: Call<Request, Response>,
    summary: string,
  ): readonly [string, Method] =>
    unary(rpc, async (request, socket) =>
      run(async () => runCall(call, request, { server: async () => server(socket), summary })),
    );

  const serveStream = <Request, Event>(
    rpc: ServerStreamRpc<Request, Event>,
    call: StreamCall<Request, Event>,
    summary: string,
  ): readonly [string, Method] =>
    serverStream(rpc, async (request, socket, events) =>
      run(async () => runStreamCall(call, request, { server: async () => server(socket), summary, events })),
    );

  return [
    serve(Provider.getMetadata, getMetadata, "Could not load what the provider offers"),
    serve(Provider.getProviderSchema, getProviderSchema, "Could not load the provider's schema"),
    serve(
      Provider.getResourceIdentitySchemas,
      getResourceIdentitySchemas,
      "Could not load the provider's identity schemas",
    ),
    serve(Provider.getFunctions, getFunctions, "Could not load the provider's functions"),
    serve(Provider.stopProvider, stopProvider, "Could not stop what the provider is doing"),
    serve(Provider.validateProviderConfig, validateProviderConfig, "Could not check the provider's configuration"),
    serve(Provider.configureProvider, configureProvider, "Could not configure the provider"),
    serve(Provider.validateResourceConfig, validateResourceConfig, "Could not check the resource's configuration"),
    serve(Provider.upgradeResourceState, upgradeResourceState, "Could not upgrade the resource's state"),
    serve(Provider.upgradeResourceIdentity, upgradeResourceIdentity, "Could not upgrade the resource's identity"),
    serve(Provider.readResource, readResource, "Could not read the resource"),
    serve(Provider.planResourceChange, planResourceChange, "Could not plan the resource"),
    serve(Provider.applyResourceChange, applyResourceChange, "Could not apply the change of the resource"),
    serve(Provider.importResourceState, importResourceState, "Could not import the resource"),
    serve(Provider.moveResourceState, moveResourceState, "Could not move the resource"),
    serve(
      Provider.validateDataResourceConfig,
      validateDataResourceConfig,
      "Could not check the data source's configuration",
    ),
    serve(Provider.readDataSource, readDataSource, "Could not read the data source"),
    serve(
      Provider.validateEphemeralResourceConfig,
      validateEphemeralResourceConfig,
      "Could not check the ephemeral resource's configuration",
    ),
    serve(Provider.openEphemeralResource, openEphemeralResource, "Could not open the ephemeral resource"),
    serve(Provider.renewEphemeralResource, renewEphemeralResource, "Could not renew the ephemeral resource"),
    serve(Provider.closeEphemeralResource, closeEphemeralResource, "Could not close the ephemeral resource"),
    serve(Provider.validateListResourceConfig, validateListResourceConfig, "Could not check the list's configuration"),
    serveStream(Provider.listResource, listResource(log), "Could not list the resource"),
    serve(Provider.generateResourceConfig, generateResourceConfig, "Could not write a configuration for the resource"),
    serve(Provider.validateActionConfig, validateActionConfig, "Could not check the action's configuration"),
    serve(Provider.planAction, planAction, "Could not plan the action"),
    serveStream(Provider.invokeAction, invokeAction, "Could not carry out the action"),
    serve(Provider.callFunction, callFunction, "Could not call the function"),
  ];
}

import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { ProviderServer } from "../../framework/provider-server.ts";
import { applyResourceChange } from "./apply-resource-change.ts";
import { callFunction } from "./call-function.ts";
import { type Call, runCall } from "./call.ts";
import { closeEphemeralResource, openEphemeralResource, renewEphemeralResource } from "./ephemeral-resource.ts";
import type { Provider } from "./generated/tfplugin6_pb.ts";
import { getFunctions, getProviderSchema, getResourceIdentitySchemas } from "./get-provider-schema.ts";
import { importResourceState } from "./import-resource-state.ts";
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
  readonly server: (context: HandlerContext) => Promise<ProviderServer>;
  /** Runs the work of one call, and knows that it is under way. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The service `tfplugin6.Provider`: every call answers, and none with an error of gRPC. */
export function providerService({ server, run }: ProviderServiceOptions): ServiceImpl<typeof Provider> {
  const serve =
    <Request, Response>(call: Call<Request, Response>, summary: string) =>
    async (request: Request, context: HandlerContext): Promise<Response> =>
      run(async () => runCall(call, request, { server: async () => server(context), summary }));

  return {
    getProviderSchema: serve(getProviderSchema, "Could not load the provider's schema"),
    getResourceIdentitySchemas: serve(getResourceIdentitySchemas, "Could not load the provider's identity schemas"),
    getFunctions: serve(getFunctions, "Could not load the provider's functions"),
    stopProvider: serve(stopProvider, "Could not stop what the provider is doing"),
    validateProviderConfig: serve(validateProviderConfig, "Could not check the provider's configuration"),
    configureProvider: serve(configureProvider, "Could not configure the provider"),
    validateResourceConfig: serve(validateResourceConfig, "Could not check the resource's configuration"),
    upgradeResourceState: serve(upgradeResourceState, "Could not upgrade the resource's state"),
    upgradeResourceIdentity: serve(upgradeResourceIdentity, "Could not upgrade the resource's identity"),
    readResource: serve(readResource, "Could not read the resource"),
    planResourceChange: serve(planResourceChange, "Could not plan the resource"),
    applyResourceChange: serve(applyResourceChange, "Could not apply the change of the resource"),
    importResourceState: serve(importResourceState, "Could not import the resource"),
    moveResourceState: serve(moveResourceState, "Could not move the resource"),
    validateDataResourceConfig: serve(validateDataResourceConfig, "Could not check the data source's configuration"),
    readDataSource: serve(readDataSource, "Could not read the data source"),
    validateEphemeralResourceConfig: serve(
      validateEphemeralResourceConfig,
      "Could not check the ephemeral resource's configuration",
    ),
    openEphemeralResource: serve(openEphemeralResource, "Could not open the ephemeral resource"),
    renewEphemeralResource: serve(renewEphemeralResource, "Could not renew the ephemeral resource"),
    closeEphemeralResource: serve(closeEphemeralResource, "Could not close the ephemeral resource"),
    callFunction: serve(callFunction, "Could not call the function"),
  };
}

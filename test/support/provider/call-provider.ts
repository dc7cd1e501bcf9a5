import { type Client, createClient, createRouterTransport } from "@connectrpc/connect";
import { identityTerraformType, schemaTerraformType } from "../../../src/framework/schema.ts";
import type { ProviderServer } from "../../../src/framework/provider-server.ts";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import type { Value } from "../../../src/framework/value.ts";
import { decodeMessagePack } from "../../../src/plugin/protocol6/decode-message-pack.ts";
import { encodeMessagePack } from "../../../src/plugin/protocol6/encode-message-pack.ts";
import {
  type DynamicValue,
  Provider,
  type ResourceIdentityData,
} from "../../../src/plugin/protocol6/generated/tfplugin6_pb.ts";
import { providerService } from "../../../src/plugin/protocol6/provider-service.ts";
import { standInServer } from "../processes/stand-in-server.ts";

const { provider, resources, dataSources, ephemeralResources } = standInServer().schemas;

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("the stand-in has no such thing");
  return found;
}

const thing = required(resources.get("standin_thing"));

/** Types of what the stand-in takes and gives. */
export const standInTypes = {
  provider: schemaTerraformType(provider),
  thing: schemaTerraformType(thing.schema),
  identity: identityTerraformType(required(thing.identity)),
  dataSource: schemaTerraformType(required(dataSources.get("standin_thing"))),
  key: schemaTerraformType(required(ephemeralResources.get("standin_key"))),
  text: { kind: "string" },
} as const satisfies Record<string, TerraformType>;

type TypeName = keyof typeof standInTypes;

/** A client whose calls go through the protocol's messages to a provider in this process. */
export function callProvider(server: ProviderServer | Promise<ProviderServer>): Client<typeof Provider> {
  const service = providerService({ server: async () => server, run: async (work) => work() });
  return createClient(
    Provider,
    createRouterTransport((router) => {
      router.service(Provider, service);
    }),
  );
}

/** A value as the engine sends it. */
export function sent(value: Value, type: TypeName = "thing"): { msgpack: Uint8Array } {
  return { msgpack: encodeMessagePack(value, standInTypes[type]) };
}

/** A value that was sent back; `undefined` where there was no message at all. */
export function received(message: DynamicValue | undefined, type: TypeName = "thing"): Value | undefined {
  return message === undefined ? undefined : decodeMessagePack(message.msgpack, standInTypes[type]);
}

/** An identity as the engine sends it. */
export function sentIdentity(value: Value): { identityData: { msgpack: Uint8Array } } {
  return { identityData: sent(value, "identity") };
}

/** An identity that was sent back. */
export function receivedIdentity(message: ResourceIdentityData | undefined): Value | undefined {
  return received(message?.identityData, "identity");
}

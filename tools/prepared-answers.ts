import { createProviderServer } from "../src/framework/create-provider-server.ts";
import type { ProviderServer } from "../src/framework/provider-server.ts";
import { encodeFrame } from "../src/plugin/grpc/frame.ts";
import type { UnaryRpc } from "../src/plugin/protobuf/rpc.ts";
import type { Call } from "../src/plugin/protocol6/call.ts";
import { Provider } from "../src/plugin/protocol6/generated/tfplugin6.ts";
import {
  getFunctions,
  getMetadata,
  getProviderSchema,
  getResourceIdentitySchemas,
} from "../src/plugin/protocol6/get-provider-schema.ts";
import { qumuloProvider } from "../src/provider/provider.ts";

/** The answers that the provider's program has at hand: frames in base64, by the paths of their calls. */
export async function encodeAnswers(): Promise<Readonly<Record<string, string>>> {
  const server = createProviderServer(qumuloProvider);
  return Object.fromEntries(
    await Promise.all([
      encodeAnswer(server, Provider.getProviderSchema, getProviderSchema),
      encodeAnswer(server, Provider.getResourceIdentitySchemas, getResourceIdentitySchemas),
      encodeAnswer(server, Provider.getMetadata, getMetadata),
      encodeAnswer(server, Provider.getFunctions, getFunctions),
    ]),
  );
}

async function encodeAnswer<Response>(
  server: ProviderServer,
  { path, encode }: UnaryRpc<object, Response>,
  call: Call<object, Response>,
): Promise<readonly [string, string]> {
  return [path, encodeFrame(encode, await call.answer(server, {})).toString("base64")];
}

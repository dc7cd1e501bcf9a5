import { createProviderServer } from "../src/framework/create-provider-server.ts";
import { encodeFrame } from "../src/plugin/grpc/frame.ts";
import { Provider } from "../src/plugin/protocol6/generated/tfplugin6.ts";
import { getProviderSchema } from "../src/plugin/protocol6/get-provider-schema.ts";
import { qumuloProvider } from "../src/provider/provider.ts";

/** The answers that the provider's program has at hand: frames in base64, by the paths of their calls. */
export async function encodeAnswers(): Promise<Readonly<Record<string, string>>> {
  const { path, encode } = Provider.getProviderSchema;
  const answer = await getProviderSchema.answer(createProviderServer(qumuloProvider), {});
  return { [path]: encodeFrame(encode, answer).toString("base64") };
}

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type { ReadDataSource_Request, ReadDataSource_ResponseSchema } from "./generated/tfplugin6_pb.ts";
import { dataSourceType } from "./types-by-name.ts";

/** Reads something that the provider does not manage. */
export const readDataSource: Call<ReadDataSource_Request, MessageInitShape<typeof ReadDataSource_ResponseSchema>> = {
  async answer(server, { typeName, config }) {
    const type = dataSourceType(server.schemas, typeName);
    const answer = await server.readDataSource({ typeName, config: decodeValue(config, type) });
    return { state: encodeValue(answer.state, type), diagnostics: encodeDiagnostics(answer.diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

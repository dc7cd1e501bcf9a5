import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type { ReadDataSource_Request, ReadDataSource_ResponseInit } from "./generated/tfplugin6.ts";
import { dataSourceType } from "./types-by-name.ts";

/** Reads something that the provider does not manage. */
export const readDataSource: Call<ReadDataSource_Request, ReadDataSource_ResponseInit> = {
  async answer(server, { typeName, config }) {
    const type = dataSourceType(server.schemas, typeName);
    const answer = await server.readDataSource({ typeName, config: decodeValue(config, type) });
    return { state: encodeValue(answer.state, type), diagnostics: encodeDiagnostics(answer.diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

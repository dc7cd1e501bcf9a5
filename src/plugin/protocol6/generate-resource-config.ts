import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type { GenerateResourceConfig_Request, GenerateResourceConfig_ResponseInit } from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";

/** Writes the configuration that goes with a state, for an engine that writes code for what it imports. */
export const generateResourceConfig: Call<GenerateResourceConfig_Request, GenerateResourceConfig_ResponseInit> = {
  async answer(server, { typeName, state }) {
    const { object } = resourceTypes(server.schemas, typeName);
    const { config, diagnostics } = await server.generateConfig({ typeName, state: decodeValue(state, object) });
    return { config: encodeValue(config, object), diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

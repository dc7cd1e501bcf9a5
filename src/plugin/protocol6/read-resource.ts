import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeIdentity, decodeValue, encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type { ReadResource_Request, ReadResource_ResponseInit } from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";

/** Reads the current state of an object. A failure leaves the stored state as it was. */
export const readResource: Call<ReadResource_Request, ReadResource_ResponseInit> = {
  async answer(server, request) {
    const types = resourceTypes(server.schemas, request.typeName);
    const answer = await server.readResource({
      typeName: request.typeName,
      state: decodeValue(request.currentState, types.object),
      private: request.private,
      identity: decodeIdentity(request.currentIdentity, types.identity),
    });
    return {
      newState: encodeValue(answer.state, types.object),
      private: answer.private,
      newIdentity: encodeIdentity(answer.identity, types.identity),
      diagnostics: encodeDiagnostics(answer.diagnostics),
    };
  },
  failure: (diagnostics, request) => ({
    newState: request.currentState,
    private: request.private,
    newIdentity: request.currentIdentity,
    diagnostics: encodeDiagnostics(diagnostics),
  }),
};

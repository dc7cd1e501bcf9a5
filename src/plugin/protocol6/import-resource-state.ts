import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeIdentity, encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type { ImportResourceState_Request, ImportResourceState_ResponseInit } from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";

/** Takes over an existing object: exactly one, or none with diagnostics. */
export const importResourceState: Call<ImportResourceState_Request, ImportResourceState_ResponseInit> = {
  async answer(server, { typeName, id, identity }) {
    const types = resourceTypes(server.schemas, typeName);
    const { imported, diagnostics } = await server.importResource({
      typeName,
      id,
      identity: decodeIdentity(identity, types.identity),
    });
    const resource = imported && {
      typeName,
      state: encodeValue(imported.state, types.object),
      private: imported.private,
      identity: encodeIdentity(imported.identity, types.identity),
    };
    return {
      importedResources: resource === undefined ? [] : [resource],
      diagnostics: encodeDiagnostics(diagnostics),
    };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

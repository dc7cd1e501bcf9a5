import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type { MoveResourceState_Request, MoveResourceState_ResponseInit } from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";
import { stateJsonOf } from "./upgrade.ts";

/** Takes over an object from another resource type. */
export const moveResourceState: Call<MoveResourceState_Request, MoveResourceState_ResponseInit> = {
  async answer(server, request) {
    const types = resourceTypes(server.schemas, request.targetTypeName);
    const { target, diagnostics } = await server.moveResource({
      sourceProviderAddress: request.sourceProviderAddress,
      sourceTypeName: request.sourceTypeName,
      sourceSchemaVersion: Number(request.sourceSchemaVersion),
      sourceStateJson: stateJsonOf(request.sourceState),
      targetTypeName: request.targetTypeName,
    });
    const moved = target && {
      targetState: encodeValue(target.state, types.object),
      targetPrivate: target.private,
      targetIdentity: encodeIdentity(target.identity, types.identity),
    };
    return { ...moved, diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

import { DiagnosticError } from "./diagnostics.ts";
import { reportFailure } from "./failure.ts";
import { parseJsonObject } from "./json.ts";
import { decodeIdentity, encodeState } from "./model-codec.ts";
import type { ImportAnswer, ImportRequest, MoveAnswer, MoveRequest } from "./provider-server.ts";
import { operationContext, type ResourceCall } from "./resource-call.ts";

/** Finds an object that exists already, by its id or its identity; reading it is a separate operation. */
export async function importResource<C>(call: ResourceCall<C>, request: ImportRequest): Promise<ImportAnswer> {
  const { resource, session, diagnostics, typeName } = call;
  try {
    if (resource.import === undefined) {
      throw new DiagnosticError({ summary: "Import is not supported", detail: `${typeName} cannot be imported.` });
    }
    const isByIdentity = request.id === "" && request.identity !== undefined;
    const partial = await resource.import({
      ...operationContext(call),
      id: isByIdentity ? undefined : request.id,
      identity: isByIdentity ? decodeIdentity(request.identity) : undefined,
      client: session.getClient(),
    });
    const state = encodeState(resource.schema, partial);
    const imported = { state, private: call.privateState.encode(), identity: request.identity };
    return { imported: diagnostics.hasErrors ? undefined : imported, diagnostics: diagnostics.all };
  } catch (error) {
    reportFailure(diagnostics, error, `${typeName} could not be imported`);
    return { imported: undefined, diagnostics: diagnostics.all };
  }
}

/** Takes over an object that a `moved` block brings from another resource type. */
export async function moveResource<C>(call: ResourceCall<C>, request: MoveRequest): Promise<MoveAnswer> {
  const { resource, diagnostics, typeName } = call;
  try {
    const partial =
      request.sourceStateJson === undefined
        ? undefined
        : await resource.move?.({
            ...operationContext(call),
            sourceProviderAddress: request.sourceProviderAddress,
            sourceTypeName: request.sourceTypeName,
            sourceSchemaVersion: request.sourceSchemaVersion,
            sourceState: parseJsonObject(request.sourceStateJson),
          });
    if (partial === undefined) {
      throw new DiagnosticError({
        summary: "Move is not supported",
        detail: `${typeName} cannot take over state of ${request.sourceTypeName} from ${request.sourceProviderAddress}.`,
      });
    }
    const state = encodeState(resource.schema, partial);
    return {
      target: { state, private: call.privateState.encode(), identity: undefined },
      diagnostics: diagnostics.all,
    };
  } catch (error) {
    reportFailure(diagnostics, error, `${typeName} could not be moved`);
    return { target: undefined, diagnostics: diagnostics.all };
  }
}

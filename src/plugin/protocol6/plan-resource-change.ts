import type { Call } from "./call.ts";
import { encodeAttributePath } from "./attribute-path.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeIdentity, decodeValue, encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type { PlanResourceChange_Request, PlanResourceChange_ResponseInit } from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";

/** Plans a create, an update or a destroy. */
export const planResourceChange: Call<PlanResourceChange_Request, PlanResourceChange_ResponseInit> = {
  async answer(server, request) {
    const types = resourceTypes(server.schemas, request.typeName);
    const answer = await server.planResourceChange({
      typeName: request.typeName,
      prior: decodeValue(request.priorState, types.object),
      proposed: decodeValue(request.proposedNewState, types.object),
      config: decodeValue(request.config, types.object),
      private: request.priorPrivate,
      identity: decodeIdentity(request.priorIdentity, types.identity),
    });
    return {
      plannedState: encodeValue(answer.planned, types.object),
      requiresReplace: answer.requiresReplace.flatMap((path) => encodeAttributePath(path) ?? []),
      plannedPrivate: answer.private,
      plannedIdentity: encodeIdentity(answer.identity, types.identity),
      diagnostics: encodeDiagnostics(answer.diagnostics),
    };
  },
  failure: (diagnostics, request) => ({
    plannedState: request.priorState,
    plannedPrivate: request.priorPrivate,
    plannedIdentity: request.priorIdentity,
    diagnostics: encodeDiagnostics(diagnostics),
  }),
};

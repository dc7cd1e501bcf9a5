import type { Diagnostic } from "../../framework/diagnostics.ts";
import type { ApplyAnswer } from "../../framework/provider-server.ts";
import type { TerraformType } from "../../framework/terraform-type.ts";
import { nullValue, type Value } from "../../framework/value.ts";
import { type Call, toDiagnostics } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeIdentity, decodeValue, encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type { ApplyResourceChange_Request, ApplyResourceChange_ResponseInit } from "./generated/tfplugin6.ts";
import { type ResourceTypes, resourceTypes } from "./types-by-name.ts";
import { WireFormatError } from "./wire-format-error.ts";

type Response = ApplyResourceChange_ResponseInit;

/** Creates, updates or deletes. What exists by then gets into state, also when something fails. */
export const applyResourceChange: Call<ApplyResourceChange_Request, Response> = {
  async answer(server, request) {
    const types = resourceTypes(server.schemas, request.typeName);
    const answer = await server.applyResourceChange({
      typeName: request.typeName,
      prior: decodeValue(request.priorState, types.object),
      planned: decodeValue(request.plannedState, types.object),
      config: decodeValue(request.config, types.object),
      private: request.plannedPrivate,
      identity: decodeIdentity(request.plannedIdentity, types.identity),
    });
    return encodeAnswer(answer, types);
  },
  failure: (diagnostics, request) => ({
    newState: request.priorState ?? encodeValue(nullValue, { kind: "dynamic" }),
    private: request.plannedPrivate,
    newIdentity: request.plannedIdentity,
    diagnostics: encodeDiagnostics(diagnostics),
  }),
};

/** The object exists by now and its id must not get lost: a state that does not fit keeps all attributes that do. */
function encodeAnswer(answer: ApplyAnswer, types: ResourceTypes): Response {
  const state = encodeOr(
    () => encodeValue(answer.state, types.object),
    () => encodeValue(fittingPart(answer.state, types.object), types.object),
  );
  const identity = encodeOr(
    () => encodeIdentity(answer.identity, types.identity),
    () => undefined,
  );
  return {
    newState: state.encoded,
    private: answer.private,
    newIdentity: identity.encoded,
    diagnostics: encodeDiagnostics([...answer.diagnostics, ...state.diagnostics, ...identity.diagnostics]),
  };
}

function encodeOr<T>(
  encode: () => T,
  instead: () => T,
): { readonly encoded: T; readonly diagnostics: readonly Diagnostic[] } {
  try {
    return { encoded: encode(), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof WireFormatError)) throw error;
    return { encoded: instead(), diagnostics: toDiagnostics(error, "The provider's answer does not fit its schema") };
  }
}

function fittingPart(state: Value, type: TerraformType): Value {
  if (state.kind !== "object" || type.kind !== "object") return nullValue;
  const entries = Object.entries(type.attributes).map(([name, attribute]) => {
    const value = state.entries.get(name) ?? nullValue;
    return [name, fits(value, attribute) ? value : nullValue] as const;
  });
  return { kind: "object", entries: new Map(entries) };
}

function fits(value: Value, type: TerraformType): boolean {
  try {
    encodeValue(value, type);
    return true;
  } catch (error) {
    if (error instanceof WireFormatError) return false;
    throw error;
  }
}

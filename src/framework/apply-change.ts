import { reportFailure } from "./failure.ts";
import { decodeConfig, decodePlanned, decodeState, encodeState, entryOf } from "./model-codec.ts";
import type { ApplyAnswer, ApplyRequest } from "./provider-server.ts";
import type { CreateContext } from "./resource.ts";
import {
  encodeIdentified,
  type IdentifiedState,
  operationContext,
  type ResourceCall,
  withoutUnknown,
} from "./resource-call.ts";
import { members, type Schema } from "./schema.ts";
import { withSpellingOf } from "./normalize-plan.ts";
import { decodePrior } from "./stored-state.ts";
import { nullValue, type Value } from "./value.ts";

/**
 * Creates, updates or deletes one object.
 *
 * Even if the handler fails, the answer holds the best state that is known, so that an object that was created is never lost.
 */
export async function applyChange<C>(call: ResourceCall<C>, request: ApplyRequest): Promise<ApplyAnswer> {
  const { state, identity } =
    request.planned.kind === "null" ? await applyDelete(call, request) : await applyWrite(call, request);
  return { state, identity, private: call.privateState.encode(), diagnostics: call.diagnostics.all };
}

async function applyDelete<C>(call: ResourceCall<C>, request: ApplyRequest): Promise<IdentifiedState> {
  const { resource, session, diagnostics } = call;
  const kept = { state: request.prior, identity: request.identity };
  try {
    await resource.delete({
      ...operationContext(call),
      state: decodePrior(resource.schema, request.prior),
      client: session.getClient(),
    });
    return diagnostics.hasErrors ? kept : { state: nullValue, identity: undefined };
  } catch (error) {
    reportFailure(diagnostics, error, `${call.typeName} could not be deleted`);
    return kept;
  }
}

async function applyWrite<C>(call: ResourceCall<C>, request: ApplyRequest): Promise<IdentifiedState> {
  const isCreate = request.prior.kind === "null";
  // Until a handler says otherwise: nothing was created, nothing was changed.
  let saved: Value = request.prior;
  const saveState = (partial: Readonly<Record<string, unknown>>): void => {
    const base = isCreate ? withoutUnknown(request.planned) : saved;
    saved = overlay(call.resource.schema, base, partial);
  };
  try {
    const model = await runHandler(call, request, saveState);
    const { state, identity } = encodeIdentified(call, model);
    return { state: withSpellingOf(call.resource.schema, { current: request.planned, next: state }), identity };
  } catch (error) {
    reportFailure(call.diagnostics, error, `${call.typeName} could not be ${isCreate ? "created" : "updated"}`);
    return { state: saved, identity: identityOfFailed(call, request, saved) };
  }
}

async function runHandler<C>(
  call: ResourceCall<C>,
  request: ApplyRequest,
  saveState: (partial: Readonly<Record<string, unknown>>) => void,
): Promise<Readonly<Record<string, unknown>>> {
  const { resource, session } = call;
  const context: CreateContext<Schema, C> = {
    ...operationContext(call),
    planned: decodePlanned(resource.schema, request.planned),
    config: decodeConfig(resource.schema, request.config),
    client: session.getClient(),
    saveState,
  };
  if (request.prior.kind === "null") return resource.create(context);
  if (resource.update === undefined) throw new TypeError(`${call.typeName} has no update, yet one was planned`);
  return resource.update({ ...context, prior: decodePrior(resource.schema, request.prior) });
}

/** What a failed write leaves may be too little to name the object by; then the identity that was known stays. */
function identityOfFailed<C>(call: ResourceCall<C>, request: ApplyRequest, saved: Value): Value | undefined {
  if (saved.kind === "null" || saved === request.prior) return request.identity;
  try {
    return encodeIdentified(call, decodeState(call.resource.schema, saved)).identity;
  } catch {
    // The failure itself has been reported; an identity is worth no second message.
    return request.identity;
  }
}

function overlay(schema: Schema, base: Value, partial: Readonly<Record<string, unknown>>): Value {
  const encoded = encodeState(schema, partial);
  const entries = Object.keys(members(schema)).map(
    (name) => [name, partial[name] === undefined ? entryOf(base, name) : entryOf(encoded, name)] as const,
  );
  return { kind: "object", entries: new Map(entries) };
}

import { Diagnostics } from "./diagnostics.ts";
import type { EngineLife } from "./engine-life.ts";
import { encodeIdentity, encodeState } from "./model-codec.ts";
import { openPrivateState, type StoredPrivateState } from "./private-state.ts";
import type { OperationContext, Resource } from "./resource.ts";
import type { Schema } from "./schema.ts";
import type { ProviderSession } from "./session.ts";
import { isWhollyKnown, nullValue, type Value } from "./value.ts";

/** One operation on one object, while it runs. */
export interface ResourceCall<C> {
  /** With the provider's prefix, as the practitioner wrote it. */
  readonly typeName: string;
  readonly resource: Resource<Schema, C>;
  readonly session: ProviderSession<C>;
  /** Who has called, and waits for the answer. */
  readonly engine: EngineLife;
  readonly diagnostics: Diagnostics;
  readonly privateState: StoredPrivateState;
}

/** Begins an operation with what the engine kept of the object. */
export function beginCall<C>(
  target: Pick<ResourceCall<C>, "typeName" | "resource" | "session" | "engine">,
  privateBytes: Uint8Array = new Uint8Array(),
): ResourceCall<C> {
  return { ...target, diagnostics: new Diagnostics(), privateState: openPrivateState(privateBytes) };
}

/** What every handler gets. */
export function operationContext<C>(call: ResourceCall<C>): OperationContext {
  const { diagnostics, privateState, session, engine } = call;
  return { diagnostics, privateState, ...session.signalsFor(engine) };
}

/** A whole state and the identity that goes with it. */
export interface IdentifiedState {
  readonly state: Value;
  readonly identity: Value | undefined;
}

/** Writes a handler's state, and the identity that it gives. */
export function encodeIdentified<C>(
  { resource }: ResourceCall<C>,
  model: Readonly<Record<string, unknown>>,
): IdentifiedState {
  const state = encodeState(resource.schema, model);
  if (resource.identity === undefined || resource.identify === undefined) return { state, identity: undefined };
  return { state, identity: encodeIdentity(resource.identity, resource.identify(model)) };
}

/** An object with null for everything unknown: what may be stored of a plan. */
export function withoutUnknown(value: Value): Value {
  if (isWhollyKnown(value)) return value;
  if ("elements" in value) return { ...value, elements: value.elements.map(withoutUnknown) };
  if ("entries" in value) {
    return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, withoutUnknown(entry)])) };
  }
  return nullValue;
}

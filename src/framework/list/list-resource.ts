import { setMaxListeners } from "node:events";
import { DiagnosticError, type Diagnostic, Diagnostics } from "../diagnostics.ts";
import type { EngineLife } from "../engine-life.ts";
import { reportFailure } from "../failure.ts";
import { decodeConfig, encodeIdentity, encodeState } from "../model-codec.ts";
import type { ListAnswer, ListRequest } from "../provider-server.ts";
import type { Resource } from "../resource.ts";
import type { Schema } from "../schema.ts";
import type { ProviderSession } from "../session.ts";
import type { ListEntry } from "./resource-list.ts";

/** A resource whose objects are listed, and the engine that asks for them. */
export interface ListTarget<C> {
  readonly resource: Resource<Schema, C>;
  readonly session: ProviderSession<C>;
  readonly engine: EngineLife;
}

/**
 * Lists objects, one after another. A failure ends the list with an error, so that nobody mistakes the objects before it for
 * the complete list.
 */
export async function* listResource<C>(target: ListTarget<C>, request: ListRequest): AsyncGenerator<ListAnswer, void> {
  try {
    yield* listAtMost(request, encoded(target, request));
  } catch (error) {
    const diagnostics = new Diagnostics();
    reportFailure(diagnostics, error, `${request.typeName} could not be listed`);
    yield { object: undefined, diagnostics: diagnostics.all };
  }
}

/** Ends the list at the engine's limit, and warns when there are more objects, because the engine does not say so itself. */
async function* listAtMost(
  { typeName, limit }: ListRequest,
  answers: AsyncGenerator<ListAnswer, void>,
): AsyncGenerator<ListAnswer, void> {
  let last: ListAnswer | undefined;
  let left = limit;
  for await (const answer of answers) {
    if (answer.object === undefined) {
      yield answer;
    } else if (left > 0) {
      if (last !== undefined) yield last;
      last = answer;
      left -= 1;
    } else {
      if (last !== undefined) yield { ...last, diagnostics: [...last.diagnostics, thereIsMore(typeName, limit)] };
      return;
    }
  }
  if (last !== undefined) yield last;
}

function thereIsMore(typeName: string, limit: number): Diagnostic {
  return {
    severity: "warning",
    summary: "List is not complete",
    detail: `There are more than ${limit} objects of the type ${typeName}, and the list ends at its limit. Raise limit in the list block, or give filters in config.`,
  };
}

async function* encoded<C>(
  { resource, session, engine }: ListTarget<C>,
  request: ListRequest,
): AsyncGenerator<ListAnswer, void> {
  const { list, schema, identity } = resource;
  if (list === undefined || identity === undefined) throw notListed(request.typeName);
  const stopping = session.signalsFor(engine).signal;
  const signal = AbortSignal.any([stopping, request.signal]);
  // Requests that run side by side all wait for it.
  setMaxListeners(0, signal);
  const entries = list.list({
    config: decodeConfig(list.schema, request.config),
    client: session.getClient(),
    signal,
    progress: request.progress,
  });
  for await (const entry of entries) {
    if (stopping.aborted) throw stopped(request.typeName);
    yield encodeEntry(entry, { schema, identity, wantsObject: request.includesObject });
  }
}

function encodeEntry(
  entry: ListEntry<Schema>,
  {
    schema,
    identity,
    wantsObject,
  }: {
    readonly schema: Schema;
    readonly identity: NonNullable<Resource["identity"]>;
    readonly wantsObject: boolean;
  },
): ListAnswer {
  if (entry.kind === "left-out") return { object: undefined, diagnostics: [{ severity: "warning", ...entry.reason }] };
  return {
    object: {
      displayName: entry.displayName,
      identity: encodeIdentity(identity, entry.identity),
      state: wantsObject ? encodeState(schema, entry.state()) : undefined,
    },
    diagnostics: [],
  };
}

function notListed(typeName: string): DiagnosticError {
  return new DiagnosticError({
    summary: "List is not supported",
    detail: `Objects of the type ${typeName} cannot be listed.`,
  });
}

function stopped(typeName: string): DiagnosticError {
  return new DiagnosticError({
    summary: `${typeName} was not listed to its end`,
    detail: "The engine asked to stop before all objects were listed. List them again.",
  });
}

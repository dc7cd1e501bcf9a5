import { reportFailure } from "./failure.ts";
import type { ReadResourceAnswer, ReadResourceRequest } from "./provider-server.ts";
import { removed } from "./resource.ts";
import { encodeIdentified, type IdentifiedState, operationContext, type ResourceCall } from "./resource-call.ts";
import { withSpellingOf } from "./normalize-plan.ts";
import { decodeForRead } from "./stored-state.ts";
import { nullValue } from "./value.ts";

/**
 * Reads the current values of one object.
 *
 * While the provider's configuration is not known yet, the state is returned unchanged, so that planning can go on without a
 * refresh.
 */
export async function readResource<C>(
  call: ResourceCall<C>,
  request: ReadResourceRequest,
): Promise<ReadResourceAnswer> {
  const unchanged = { state: request.state, identity: request.identity };
  const { state, identity } = call.session.isDeferred ? unchanged : await readNow(call, request, unchanged);
  return { state, identity, private: call.privateState.encode(), diagnostics: call.diagnostics.all };
}

async function readNow<C>(
  call: ResourceCall<C>,
  request: ReadResourceRequest,
  unchanged: IdentifiedState,
): Promise<IdentifiedState> {
  const { resource, session } = call;
  try {
    const model = await resource.read({
      ...operationContext(call),
      state: decodeForRead(resource, request.state),
      client: session.getClient(),
    });
    if (model === removed) return { state: nullValue, identity: undefined };
    const { state, identity } = encodeIdentified(call, model);
    return { state: withSpellingOf(resource.schema, { current: request.state, next: state }), identity };
  } catch (error) {
    reportFailure(call.diagnostics, error, `${call.typeName} could not be read`);
    return unchanged;
  }
}

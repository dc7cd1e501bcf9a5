import { Diagnostics } from "./diagnostics.ts";
import type { EngineLife } from "./engine-life.ts";
import { reportFailure } from "./failure.ts";
import { decodeConfig, encodeState } from "./model-codec.ts";
import { openPrivateState, type StoredPrivateState } from "./private-state.ts";
import type {
  Answer,
  EphemeralRequest,
  OpenEphemeralAnswer,
  OpenEphemeralRequest,
  RenewEphemeralAnswer,
} from "./provider-server.ts";
import type { EphemeralContext, EphemeralResource } from "./resource.ts";
import type { Schema } from "./schema.ts";
import type { ProviderSession } from "./session.ts";
import { nullValue } from "./value.ts";

/** An ephemeral resource and what its operations share. */
export interface EphemeralTarget<C> {
  readonly resource: EphemeralResource<Schema, C>;
  readonly session: ProviderSession<C>;
  readonly engine: EngineLife;
}

/** Opens an ephemeral resource. */
export async function openEphemeral<C>(
  target: EphemeralTarget<C>,
  request: OpenEphemeralRequest,
): Promise<OpenEphemeralAnswer> {
  const { diagnostics, privateState } = beginEphemeral(undefined);
  try {
    const opened = await target.resource.open({
      ...ephemeralContext(target, diagnostics, privateState),
      config: decodeConfig(target.resource.schema, request.config),
    });
    return {
      result: encodeState(target.resource.schema, opened.result),
      private: privateState.encode(),
      renewAt: opened.renewAt,
      diagnostics: diagnostics.all,
    };
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be opened`);
    return { result: nullValue, private: privateState.encode(), renewAt: undefined, diagnostics: diagnostics.all };
  }
}

/** Renews an ephemeral resource. */
export async function renewEphemeral<C>(
  target: EphemeralTarget<C>,
  request: EphemeralRequest,
): Promise<RenewEphemeralAnswer> {
  const { diagnostics, privateState } = beginEphemeral(request.private);
  try {
    const renewed = await target.resource.renew?.(ephemeralContext(target, diagnostics, privateState));
    return { private: privateState.encode(), renewAt: renewed?.renewAt, diagnostics: diagnostics.all };
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be renewed`);
    return { private: privateState.encode(), renewAt: undefined, diagnostics: diagnostics.all };
  }
}

/** Closes an ephemeral resource. */
export async function closeEphemeral<C>(target: EphemeralTarget<C>, request: EphemeralRequest): Promise<Answer> {
  const { diagnostics, privateState } = beginEphemeral(request.private);
  try {
    await target.resource.close?.(ephemeralContext(target, diagnostics, privateState));
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be closed`);
  }
  return { diagnostics: diagnostics.all };
}

function beginEphemeral(bytes: Uint8Array | undefined): {
  readonly diagnostics: Diagnostics;
  readonly privateState: StoredPrivateState;
} {
  return { diagnostics: new Diagnostics(), privateState: openPrivateState(bytes ?? new Uint8Array()) };
}

function ephemeralContext<C>(
  { session, engine }: EphemeralTarget<C>,
  diagnostics: Diagnostics,
  privateState: StoredPrivateState,
): EphemeralContext<C> {
  return { client: session.getClient(), ...session.signalsFor(engine), diagnostics, privateState };
}

import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { encodeIdentity } from "./dynamic-value.ts";
import type {
  RawState,
  UpgradeResourceIdentity_Request,
  UpgradeResourceIdentity_ResponseInit,
  UpgradeResourceState_Request,
  UpgradeResourceState_ResponseInit,
} from "./generated/tfplugin6.ts";
import { resourceTypes } from "./types-by-name.ts";

/** Raises stored state to the current schema. Runs for every object in every run, and goes back as JSON. */
export const upgradeResourceState: Call<UpgradeResourceState_Request, UpgradeResourceState_ResponseInit> = {
  async answer(server, { typeName, version, rawState }) {
    const { diagnostics, stateJson } = await server.upgradeState({
      typeName,
      version: Number(version),
      rawStateJson: stateJsonOf(rawState),
    });
    return {
      ...(stateJson === undefined ? {} : { upgradedState: { json: stateJson } }),
      diagnostics: encodeDiagnostics(diagnostics),
    };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Raises a stored identity to the current identity schema. */
export const upgradeResourceIdentity: Call<UpgradeResourceIdentity_Request, UpgradeResourceIdentity_ResponseInit> = {
  async answer(server, { typeName, version, rawIdentity }) {
    const { diagnostics, identity } = await server.upgradeIdentity({
      typeName,
      version: Number(version),
      rawIdentityJson: rawIdentity?.json ?? new Uint8Array(),
    });
    return {
      upgradedIdentity: encodeIdentity(identity, resourceTypes(server.schemas, typeName).identity),
      diagnostics: encodeDiagnostics(diagnostics),
    };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** The JSON of stored state, or `undefined` for the flat map of Terraform 0.11. */
export function stateJsonOf(state: RawState | undefined): Uint8Array | undefined {
  return state === undefined || state.json.length === 0 ? undefined : state.json;
}

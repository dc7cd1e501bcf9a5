import { DiagnosticError } from "./diagnostics.ts";
import type { JsonObject } from "./json.ts";
import { encodeIdentity } from "./model-codec.ts";
import type { UpgradeIdentityRequest, UpgradeStateRequest } from "./provider-server.ts";
import type { Resource } from "./resource.ts";
import { members } from "./schema.ts";
import { checkStoredTypes, parseStored } from "./stored-state.ts";
import type { Value } from "./value.ts";

/**
 * Raises stored state to the current schema.
 *
 * State of the current version comes back as the very bytes that came: nothing is lost in between.
 *
 * @returns JSON in the current schema
 * @throws {DiagnosticError} for state of a newer or an unknown version, and for state that is damaged
 */
export function upgradeState(resource: Resource, request: UpgradeStateRequest): Uint8Array {
  const { version, rawStateJson, typeName } = request;
  const current = resource.schema.version ?? 0;
  if (rawStateJson === undefined) {
    throw new DiagnosticError({
      summary: "State is too old",
      detail: `The state of this ${typeName} is in the format of Terraform 0.11, which this provider cannot read. Apply once with Terraform 0.12 or later and the provider that wrote it, then try again.`,
    });
  }
  const stored = parseStored(rawStateJson);
  if (version === current) {
    checkStoredTypes(resource.schema, stored);
    return rawStateJson;
  }
  const upgraded = climb(resource, stored, request);
  const names = Object.keys(members(resource.schema));
  const kept = Object.fromEntries(names.map((name) => [name, upgraded[name] ?? null]));
  checkStoredTypes(resource.schema, kept);
  return new TextEncoder().encode(JSON.stringify(kept));
}

function climb(resource: Resource, state: JsonObject, { version, typeName }: UpgradeStateRequest): JsonObject {
  const current = resource.schema.version ?? 0;
  let upgraded = state;
  for (let from = version; from !== current; from += 1) {
    const step = resource.upgrade?.[from];
    if (step === undefined || from > current) {
      throw new DiagnosticError({
        summary: "State has an unknown version",
        detail: `The state of this ${typeName} has schema version ${version}; this provider knows versions up to ${current}. Use the version of the provider that wrote it, or a later one.`,
      });
    }
    upgraded = step(upgraded);
  }
  return upgraded;
}

/**
 * Raises a stored identity. Identities of the current version are kept; there is no older one yet.
 *
 * @throws {DiagnosticError} for an identity of another version
 */
export function upgradeIdentity(resource: Resource, request: UpgradeIdentityRequest): Value {
  const { identity } = resource;
  if (identity === undefined || request.version !== (identity.version ?? 0)) {
    throw new DiagnosticError({
      summary: "Identity has an unknown version",
      detail: `The identity of this ${request.typeName} has version ${request.version}; this provider knows version ${identity?.version ?? 0}. Use the version of the provider that wrote it, or a later one.`,
    });
  }
  return encodeIdentity(identity, parseStored(request.rawIdentityJson));
}

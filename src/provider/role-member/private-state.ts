import { isDeepStrictEqual } from "node:util";

import { isJsonObject, type Json, type JsonObject } from "../../framework/json.ts";
import type { PrivateState } from "../../framework/resource.ts";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { canChangeMeaning } from "../identity/meaning.ts";
import { type ChangedMeaning, decodeMeaning, encodeMeaning } from "../identity/meaning-now.ts";

/** What the provider remembers of a membership in addition to its state, which does not tell how the member was named. */
export interface MemberMemory {
  /** How the practitioner named the member, where that can come to mean another. */
  readonly named?: IdentityReference | undefined;
  /** Whom it meant when it was read last, where that is not the member. */
  readonly meaning?: ChangedMeaning | undefined;
}

/** What is remembered now: nothing of a membership that an older version of the provider made. */
export function recallMember(privateState: PrivateState): MemberMemory {
  const { named, meaning } = privateState.get();
  return { named: decodeReference(named), meaning: decodeMeaning(meaning) };
}

/** Remembers this from now on; writes only what differs, since engines compare the bytes. */
export function rememberMember(privateState: PrivateState, memory: MemberMemory): void {
  const json = encodeMemory(memory);
  // What the vendor's provider has kept stays as long as there is nothing to remember.
  if (!isDeepStrictEqual(json, encodeMemory(recallMember(privateState)))) privateState.set(json);
}

function encodeMemory({ named, meaning }: MemberMemory): JsonObject {
  return {
    ...(named !== undefined && canChangeMeaning(named) && { named: { ...named } }),
    ...(meaning !== undefined && { meaning: encodeMeaning(meaning) }),
  };
}

function decodeReference(json: Json | undefined): IdentityReference | undefined {
  if (!isJsonObject(json)) return undefined;
  const { domain, name, uid, gid } = json;
  const knownDomain = identityDomains.find((known) => known === domain);
  return {
    ...(knownDomain !== undefined && { domain: knownDomain }),
    ...(typeof name === "string" && { name }),
    ...(typeof uid === "number" && { uid }),
    ...(typeof gid === "number" && { gid }),
  };
}

import { isDeepStrictEqual } from "node:util";

import type { JsonObject } from "../../framework/json.ts";
import type { PrivateState } from "../../framework/resource.ts";

/**
 * What the provider remembers of a series of tokens beside its state.
 *
 * Planning never looks at the clock: what is due is decided while reading, and remembered here until it is done. Nothing
 * else of the time is remembered, so that reading again changes nothing while nothing becomes due.
 */
export interface SeriesMemory {
  /** When the token is to end, where `expires_in` decides; the cluster may hold another time by now. */
  readonly end?: string | undefined;
  /** When the previous token is to end; the cluster may hold another time by now. */
  readonly retireAt?: string | undefined;
  /** The token ends soon, or has ended, and `expires_in` says for how long the next one lives. */
  readonly isRotationDue?: boolean | undefined;
  /** The previous token has ended. */
  readonly isCleanUpDue?: boolean | undefined;
  /** The cluster accepts one of the two tokens and not the other. */
  readonly isUneven?: boolean | undefined;
  /** The token was deleted outside while the previous one still stands. */
  readonly isGone?: boolean | undefined;
}

/** What is remembered now. */
export function recall(privateState: PrivateState): SeriesMemory {
  const json = privateState.get();
  return {
    end: textOf(json["end"]),
    retireAt: textOf(json["retire_at"]),
    isRotationDue: json["rotation_due"] === true,
    isCleanUpDue: json["clean_up_due"] === true,
    isUneven: json["uneven"] === true,
    isGone: json["gone"] === true,
  };
}

/** Remembers this from now on; writes only what differs, since engines compare the bytes. */
export function remember(privateState: PrivateState, memory: SeriesMemory): void {
  const json: JsonObject = {
    ...(memory.end !== undefined && { end: memory.end }),
    ...(memory.retireAt !== undefined && { retire_at: memory.retireAt }),
    ...(memory.isRotationDue === true && { rotation_due: true }),
    ...(memory.isCleanUpDue === true && { clean_up_due: true }),
    ...(memory.isUneven === true && { uneven: true }),
    ...(memory.isGone === true && { gone: true }),
  };
  if (!isDeepStrictEqual(json, privateState.get())) privateState.set(json);
}

function textOf(json: unknown): string | undefined {
  return typeof json === "string" ? json : undefined;
}

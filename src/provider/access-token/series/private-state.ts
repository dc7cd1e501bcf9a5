import { isDeepStrictEqual } from "node:util";

import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../../framework/json.ts";
import type { PrivateState } from "../../../framework/resource.ts";
import type { AccountNow } from "../user/account.ts";
import type { LostRequest } from "../../run/lost-requests.ts";

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
  readonly hasUnequalTokens?: boolean | undefined;
  /** The token was deleted outside while the previous one still stands. */
  readonly isGone?: boolean | undefined;
  /** The user of the token was deleted: no secret of it works any more. */
  readonly isDead?: boolean | undefined;
  /** The previous token is what a request left whose answer was lost: nobody has its secret. */
  readonly isStray?: boolean | undefined;
  /** Whom `user` means, where that is not the account that the token is of: `nobody`, or somebody else. */
  readonly account?: AccountNow | undefined;
  /** Requests of this series whose outcome is unknown. */
  readonly lost?: readonly LostRequest[] | undefined;
}

const flags = {
  isRotationDue: "rotation_due",
  isCleanUpDue: "clean_up_due",
  hasUnequalTokens: "uneven",
  isGone: "gone",
  isDead: "dead",
  isStray: "stray",
} as const satisfies Partial<Record<keyof SeriesMemory, string>>;

/** What is remembered now. What an older version of the provider has written says less. */
export function recall(privateState: PrivateState): SeriesMemory {
  const json = privateState.get();
  return {
    end: textOf(json["end"]),
    retireAt: textOf(json["retire_at"]),
    isRotationDue: json[flags.isRotationDue] === true,
    isCleanUpDue: json[flags.isCleanUpDue] === true,
    hasUnequalTokens: json[flags.hasUnequalTokens] === true,
    isGone: json[flags.isGone] === true,
    isDead: json[flags.isDead] === true,
    isStray: json[flags.isStray] === true,
    account: accountOf(json["account"]),
    lost: lostOf(json["lost"]),
  };
}

/** Remembers this from now on; writes only what differs, since engines compare the bytes. */
export function remember(privateState: PrivateState, memory: SeriesMemory): void {
  const { end, retireAt, account, lost = [] } = memory;
  const raised = Object.entries(flags).filter(([name]) => Reflect.get(memory, name) === true);
  const json: JsonObject = {
    ...(end !== undefined && { end }),
    ...(retireAt !== undefined && { retire_at: retireAt }),
    ...Object.fromEntries(raised.map(([, key]) => [key, true])),
    ...(account !== undefined && { account: account === "nobody" ? account : { ...account } }),
    ...(lost.length > 0 && { lost: lost.map(encodeLost) }),
  };
  if (!isDeepStrictEqual(json, privateState.get())) privateState.set(json);
}

function textOf(json: Json | undefined): string | undefined {
  return typeof json === "string" ? json : undefined;
}

function accountOf(json: Json | undefined): AccountNow | undefined {
  if (json === "nobody") return json;
  if (!isJsonObject(json) || typeof json["auth_id"] !== "string") return undefined;
  const [domain, uid, gid, sid, name] = ["domain", "uid", "gid", "sid", "name"].map(
    (field) => textOf(json[field]) ?? null,
  );
  return {
    domain: domain ?? null,
    auth_id: json["auth_id"],
    uid: uid ?? null,
    gid: gid ?? null,
    sid: sid ?? null,
    name: name ?? null,
  };
}

function encodeLost({ authId, sentAt, end, isUnmistakable }: LostRequest): JsonObject {
  return { auth_id: authId, sent_at: sentAt, end: end ?? null, unmistakable: isUnmistakable };
}

function lostOf(json: Json | undefined): readonly LostRequest[] {
  if (!isJsonArray(json)) return [];
  return json.filter(isJsonObject).flatMap((entry) => {
    const [authId, sentAt] = [textOf(entry["auth_id"]), textOf(entry["sent_at"])];
    if (authId === undefined || sentAt === undefined) return [];
    return [{ authId, sentAt, end: textOf(entry["end"]), isUnmistakable: entry["unmistakable"] === true }];
  });
}

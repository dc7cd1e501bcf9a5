import { isDeepStrictEqual } from "node:util";

import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../../framework/json.ts";
import type { PrivateState } from "../../../framework/resource.ts";
import type { LostRequest } from "../../run/lost-requests.ts";
import type { AccountNow } from "../user/account.ts";
import type { CurrentPhase, PreviousPhase, SeriesPhase, TokenOwner } from "./phase.ts";

/**
 * What the provider remembers of a series of tokens in addition to its state: its phase, and the requests of it whose outcome is unknown.
 *
 * Planning never looks at the clock: reading decides what is due, and it is remembered here until it is done. No other times
 * are remembered, so that reading again changes nothing until something becomes due.
 */
export interface SeriesMemory extends SeriesPhase {
  readonly lost: readonly LostRequest[];
}

/** Reads what is remembered now. Private state of older provider versions holds less, and is completed. */
export function recall(privateState: PrivateState): SeriesMemory {
  return decodeMemory(privateState.get());
}

/**
 * Remembers this from now on. It writes only if the meaning differs from what is stored, because engines compare the bytes, and
 * would see a change where only the encoding differs.
 */
export function remember(privateState: PrivateState, memory: SeriesMemory): void {
  const json = encodeMemory(memory);
  if (!isDeepStrictEqual(json, encodeMemory(recall(privateState)))) privateState.set(json);
}

/*
 * The keys are a contract with states that are written already, and older versions of the provider read what this one writes:
 *
 *   end            current.end
 *   rotation_due   current is "rotation-due"
 *   gone           current is "gone"
 *   account        owner.now: "nobody", or an identity
 *   dead           owner is "deleted"
 *   retire_at      previous.retireAt
 *   uneven         previous is "uneven"
 *   clean_up_due   previous is "over" or "stray"
 *   stray          previous is "stray"
 *   lost           the requests whose outcome is unknown
 */

function decodeMemory(json: JsonObject): SeriesMemory {
  return { current: decodeCurrent(json), previous: decodePrevious(json), lost: decodeLost(json["lost"]) };
}

function encodeMemory({ current, previous, lost }: SeriesMemory): JsonObject {
  return {
    ...encodeCurrent(current),
    ...encodePrevious(previous),
    ...(lost.length > 0 && { lost: lost.map(encodeRequest) }),
  };
}

function decodeCurrent(json: JsonObject): CurrentPhase {
  if (json["gone"] === true) return { kind: "gone" };
  const kind = json["rotation_due"] === true ? "rotation-due" : "in-use";
  return { kind, end: textOf(json["end"]), owner: decodeOwner(json) };
}

function encodeCurrent(current: CurrentPhase): JsonObject {
  if (current.kind === "gone") return { gone: true };
  const { kind, end, owner } = current;
  return {
    ...(end !== undefined && { end }),
    ...(kind === "rotation-due" && { rotation_due: true }),
    ...encodeOwner(owner),
  };
}

function decodeOwner(json: JsonObject): TokenOwner {
  const now = decodeAccount(json["account"]);
  if (json["dead"] === true) return { kind: "deleted", now: now ?? "nobody" };
  return now === undefined ? { kind: "meant" } : { kind: "not-meant", now };
}

function encodeOwner(owner: TokenOwner): JsonObject {
  if (owner.kind === "meant") return {};
  const { kind, now } = owner;
  return { ...(kind === "deleted" && { dead: true }), account: now === "nobody" ? now : { ...now } };
}

/**
 * Older versions could store several of these at once. If one of them says that the token is to be deleted, the others do not
 * matter.
 */
function decodePrevious(json: JsonObject): PreviousPhase {
  const retireAt = textOf(json["retire_at"]);
  if (json["stray"] === true) return { kind: "stray", retireAt };
  if (json["clean_up_due"] === true) return { kind: "over", retireAt };
  return { kind: json["uneven"] === true ? "uneven" : "kept", retireAt };
}

function encodePrevious({ kind, retireAt }: PreviousPhase): JsonObject {
  return {
    ...(retireAt !== undefined && { retire_at: retireAt }),
    ...((kind === "over" || kind === "stray") && { clean_up_due: true }),
    ...(kind === "uneven" && { uneven: true }),
    ...(kind === "stray" && { stray: true }),
  };
}

function textOf(json: Json | undefined): string | undefined {
  return typeof json === "string" ? json : undefined;
}

function decodeAccount(json: Json | undefined): AccountNow | undefined {
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

function encodeRequest({ authId, sentAt, end, isUnmistakable }: LostRequest): JsonObject {
  return { auth_id: authId, sent_at: sentAt, end: end ?? null, unmistakable: isUnmistakable };
}

function decodeLost(json: Json | undefined): readonly LostRequest[] {
  if (!isJsonArray(json)) return [];
  return json.filter(isJsonObject).flatMap((entry) => {
    const [authId, sentAt] = [textOf(entry["auth_id"]), textOf(entry["sent_at"])];
    if (authId === undefined || sentAt === undefined) return [];
    return [{ authId, sentAt, end: textOf(entry["end"]), isUnmistakable: entry["unmistakable"] === true }];
  });
}

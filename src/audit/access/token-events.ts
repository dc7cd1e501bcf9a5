import { knownOf } from "../plan/attributes.ts";
import type { TokenView } from "./access.ts";

/** What happens to a series of access tokens. */
export type TokenEventKind =
  | "stays"
  | "created"
  | "rotated"
  /** Decided during apply. */
  | "maybe-rotated"
  | "replaced"
  | "deleted"
  | "forgotten"
  | "disabled"
  | "enabled"
  /** Whether it is enabled is decided during apply. */
  | "maybe-changed"
  | "end-changed"
  | "imported";

/** What happens to one series of access tokens. */
export interface TokenEvent {
  /** Where it is declared, or its id where the plan does not manage it. */
  readonly place: string;
  /** What happens to it. */
  readonly event: TokenEventKind;
  /** When it ends, as far as that is known, before; RFC 3339. */
  readonly endBefore: string | undefined;
  /** When it ends afterwards, as far as that is known; RFC 3339. */
  readonly endAfter: string | undefined;
  /** How long the old token works after a rotation, such as `24h`. */
  readonly overlap: string | undefined;
  /** The token itself before; `undefined` when there was none. */
  readonly before: TokenView | undefined;
  /** The token itself after; `undefined` when there is none. */
  readonly after: TokenView | undefined;
}

/** What happens to the access tokens of one identity. */
export function tokenEventsOf(before: readonly TokenView[], after: readonly TokenView[]): readonly TokenEvent[] {
  const old = new Map(before.map((token) => [keyOf(token), token]));
  const now = new Map(after.map((token) => [keyOf(token), token]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => eventOf(old.get(key), now.get(key)));
}

/** The key of a token. It includes the engine's mark of a deposed token, which has the same address as its successor. */
function keyOf({ place, object }: TokenView): string {
  return `${place}#${object?.deposed ?? ""}#${object?.action === "forget" ? "forget" : ""}`;
}

function eventOf(old: TokenView | undefined, now: TokenView | undefined): readonly TokenEvent[] {
  const token = now ?? old;
  if (token === undefined) return [];
  return [
    {
      place: token.place,
      event: kindOf(old, now),
      endBefore: old && knownOf(old.expirationTime),
      endAfter: now && knownOf(now.expirationTime),
      overlap: now && knownOf(now.overlap),
      before: old,
      after: now,
    },
  ];
}

function kindOf(old: TokenView | undefined, now: TokenView | undefined): TokenEventKind {
  if (old === undefined) return "created";
  if (now === undefined) return "deleted";
  return kindOfAction(now) ?? kindOfDifference(old, now);
}

function kindOfAction({ object }: TokenView): TokenEventKind | undefined {
  if (object?.isImported === true) return "imported";
  switch (object?.action) {
    case "forget":
      return "forgotten";
    case "delete-then-create":
    case "create-then-delete":
      return "replaced";
    default:
      return undefined;
  }
}

function kindOfDifference(old: TokenView, now: TokenView): TokenEventKind {
  if (old.id !== now.id) return now.object?.mayBeKept === true ? "maybe-rotated" : "rotated";
  const isEnabled = knownOf(now.enabled);
  if (isEnabled === undefined) return "maybe-changed";
  if (knownOf(old.enabled) !== isEnabled) return isEnabled ? "enabled" : "disabled";
  return knownOf(old.expirationTime) === knownOf(now.expirationTime) ? "stays" : "end-changed";
}

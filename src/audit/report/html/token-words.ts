import { parseDuration } from "../../../vocabulary/duration.ts";
import type { TokenView } from "../../access/access.ts";
import type { TokenEvent, TokenEventKind } from "../../access/token-events.ts";
import { knownOf } from "../../plan/attributes.ts";

const dayMs = 86_400_000;
/** Nearer than this, the hour matters as well. */
const nearMs = 3 * dayMs;

/** When an access token ends, as far as that is known; times in milliseconds since 1970. */
export type TokenEnd =
  { readonly kind: "known"; readonly time: number } | { readonly kind: "never" } | { readonly kind: "unknown" };

/** When a token that exists ends. */
export function endOf(token: TokenView): TokenEnd {
  const end = timeOf(knownOf(token.expirationTime));
  if (end !== undefined) return { kind: "known", time: end };
  const [created, lifetime] = [timeOf(knownOf(token.creationTime)), msOf(token.expiresIn)];
  if (created !== undefined && lifetime !== undefined) return { kind: "known", time: created + lifetime };
  return openEnd(token);
}

/** When a token ends that the plan makes: its life begins with the apply, which is now. */
export function comingEndOf(token: TokenView, now: number): TokenEnd {
  const time = timeOf(knownOf(token.expirationTime));
  if (time !== undefined) return { kind: "known", time };
  const lifetime = msOf(token.expiresIn);
  return lifetime === undefined ? openEnd(token) : { kind: "known", time: now + lifetime };
}

/** When the old token of a rotation stops: after the overlap, or when it ends anyway. */
export function lastOfOverlap(old: TokenEnd, overlapMs: number | undefined, now: number): TokenEnd {
  if (overlapMs === undefined) return { kind: "unknown" };
  const last = now + overlapMs;
  return { kind: "known", time: old.kind === "known" ? Math.min(old.time, last) : last };
}

/** What happens to a series of access tokens and when each of its tokens stops, as a sentence without its period. */
export function lifeWords(event: TokenEvent, now: number): string {
  const { before, after } = event;
  return eventWords[event.event]({
    now,
    token: after ?? before,
    isOff: isOff(after),
    old: before && endOf(before),
    kept: after && endOf(after),
    coming: after && comingEndOf(after, now),
    overlapMs: after && msOf(after.overlap),
  });
}

interface Life {
  readonly now: number;
  readonly token: TokenView | undefined;
  readonly isOff: boolean;
  /** When the token ends without the plan. */
  readonly old: TokenEnd | undefined;
  /** When it ends by the plan, if it stays. */
  readonly kept: TokenEnd | undefined;
  /** When the token ends that the plan makes. */
  readonly coming: TokenEnd | undefined;
  readonly overlapMs: number | undefined;
}

const eventWords: Readonly<Record<TokenEventKind, (life: Life) => string>> = {
  created: ({ isOff, coming, now }) => (isOff ? "new, and disabled" : `new: works ${untilWords(coming, now)}`),
  rotated: ({ old, overlapMs, coming, now }) => {
    const last = old && lastOfOverlap(old, overlapMs, now);
    return `rotated: the old token ${stopWords(last, now)}, the new one works ${untilWords(coming, now)}`;
  },
  "maybe-rotated": ({ old, now }) =>
    `may be rotated, which is decided during apply: the token works ${untilWords(old, now)} at the latest`,
  "maybe-changed": ({ kept, now }) =>
    `whether it is enabled is decided during apply: would work ${untilWords(kept, now)}`,
  replaced: ({ coming, now }) => `replaced: the old token stops at once, the new one works ${untilWords(coming, now)}`,
  deleted: () => "deleted: it stops at once",
  disabled: () => "disabled: it stops at once",
  forgotten: ({ old, now }) => `forgotten: it works on ${untilWords(old, now)}, and nothing manages it`,
  "end-changed": ({ kept, old, now }) => `works ${untilWords(kept, now)} instead of ${untilWords(old, now)}`,
  enabled: ({ kept, now }) => `enabled again: works ${untilWords(kept, now)}`,
  imported: ({ token, now }) => `taken over from the cluster: ${stayWords(token, now)}`,
  stays: ({ token, now }) => stayWords(token, now),
};

/** A duration in milliseconds, where it is known. */
export function msOf(duration: TokenView["expiresIn"]): number | undefined {
  const text = knownOf(duration);
  return text === undefined ? undefined : parseDuration(text);
}

/** A time in milliseconds, where a text is one. */
export function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** A time as people write it, in UTC: a day, and the hour where it is near. */
export function timeWords(time: number, now: number): string {
  const text = new Date(time).toISOString();
  return Math.abs(time - now) < nearMs ? text.slice(0, 16).replace("T", " ") : text.slice(0, 10);
}

function openEnd(token: TokenView): TokenEnd {
  const isEndless = token.expirationTime.kind !== "unknown" && token.expiresIn.kind === "null";
  return { kind: isEndless ? "never" : "unknown" };
}

function isOff(token: TokenView | undefined): boolean {
  return token !== undefined && knownOf(token.enabled) === false;
}

function stayWords(token: TokenView | undefined, now: number): string {
  const end = token && endOf(token);
  if (isOff(token)) return `disabled: would work ${untilWords(end, now)}`;
  if (end?.kind === "known" && end.time <= now) return `ended ${timeWords(end.time, now)}`;
  return `works ${untilWords(end, now)}`;
}

function stopWords(last: TokenEnd | undefined, now: number): string {
  if (last?.kind !== "known") return "works on for a time that is not known";
  return last.time <= now ? "stops at once" : `works until ${timeWords(last.time, now)}`;
}

function untilWords(end: TokenEnd | undefined, now: number): string {
  if (end?.kind === "known") return `until ${timeWords(end.time, now)}`;
  return end?.kind === "never" ? "without end" : "until a time that is not known";
}

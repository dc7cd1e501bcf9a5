import { parseDuration } from "../../../vocabulary/duration.ts";
import { type AccessChange } from "../../access/access-changes.ts";
import type { TokenView } from "../../access/access.ts";
import type { TokenEvent } from "../../access/token-events.ts";
import { knownOf } from "../../plan/attributes.ts";
import type { Mark, PageSpan, PageTokenLife } from "./page-data.ts";

/** The time line of an identity's access tokens. */
export function tokenLivesOf(change: AccessChange, now: Date, gravest: number): readonly PageTokenLife[] {
  return change.tokens.map((event) => ({
    place: event.place,
    identity: change.identity,
    cluster: change.cluster,
    mark: tokenMark(event),
    gravest,
    event: eventText(event),
    spans: spansOf(event, now.getTime()),
  }));
}

/** What the plan does with a series of access tokens. */
export function tokenMark({ event }: TokenEvent): Mark {
  switch (event) {
    case "stays":
      return "kept";
    case "created":
    case "imported":
      return "added";
    case "deleted":
      return "removed";
    // What is forgotten works on: it must not look like what is gone.
    default:
      return "changed";
  }
}

/** What happens to a series of access tokens, in words. */
export function eventText({ event, overlap }: TokenEvent): string {
  switch (event) {
    case "rotated":
      return overlap === undefined ? "rotated" : `rotated; the old bearer token works for ${overlap}`;
    case "maybe-rotated":
      return "may be rotated: that is decided during apply";
    case "maybe-changed":
      return "whether it is enabled is decided during apply";
    case "end-changed":
      return "its end changes";
    case "forgotten":
      return "forgotten; it works on, and nothing manages it";
    default:
      return event;
  }
}

/** When an access token is to end, in words. */
export function endText(token: TokenView): string {
  const end = knownOf(token.expirationTime);
  if (end !== undefined) return `until ${end}`;
  const lifetime = knownOf(token.expiresIn);
  if (lifetime !== undefined) return `for ${lifetime}`;
  return token.expirationTime.kind === "null" ? "never ends" : "its end is not known";
}

function spansOf({ event, before, after }: TokenEvent, now: number): readonly PageSpan[] {
  const old = before === undefined ? [] : [spanOf(before, "old")];
  const coming = after === undefined ? [] : [comingSpan(after, now)];
  switch (event) {
    case "created":
      return coming;
    case "rotated":
      return [...old.flatMap((span) => endedSpans(span, now, after && msOf(after.overlap))), ...coming];
    case "replaced":
      return [...old.flatMap((span) => endedSpans(span, now, 0)), ...coming];
    case "deleted":
    case "disabled":
      return old.flatMap((span) => endedSpans(span, now, 0));
    default:
      return after === undefined ? old : [spanOf(after, "old")];
  }
}

function spanOf(token: TokenView, kind: PageSpan["kind"]): PageSpan {
  const end = timeOf(knownOf(token.expirationTime));
  const lifetime = msOf(token.expiresIn);
  const created = timeOf(knownOf(token.creationTime));
  const from = created ?? (end === undefined || lifetime === undefined ? undefined : end - lifetime);
  const to = end ?? (created === undefined || lifetime === undefined ? undefined : created + lifetime);
  return { kind: isDisabled(token) ? "disabled" : kind, from, to, end: endOf(token, to) };
}

/** One of which that is not known is drawn as it was: the findings tell that it is to be reviewed. */
function isDisabled({ enabled }: TokenView): boolean {
  return knownOf(enabled) === false;
}

/** A token that does not exist yet begins when the plan is applied, which is soon. */
function comingSpan(token: TokenView, now: number): PageSpan {
  const lifetime = msOf(token.expiresIn);
  const to = timeOf(knownOf(token.expirationTime)) ?? (lifetime === undefined ? undefined : now + lifetime);
  return { kind: isDisabled(token) ? "disabled" : "new", from: now, to, end: endOf(token, to) };
}

/** A token that ends by the plan: its life so far, the rest in which it still works, and what is cut off. */
function endedSpans(span: PageSpan, now: number, overlap: number | undefined): readonly PageSpan[] {
  if (span.to !== undefined && span.to <= now) return [span];
  const natural = span.to ?? Number.POSITIVE_INFINITY;
  const last = overlap === undefined ? now : Math.min(now + overlap, natural);
  return [
    { ...span, to: now, end: "known" },
    ...(last > now ? [{ kind: "overlap", from: now, to: last, end: "known" } as const] : []),
    ...(natural > last ? [{ ...span, kind: "cut", from: last } as const] : []),
  ];
}

function endOf(token: TokenView, to: number | undefined): PageSpan["end"] {
  if (to !== undefined) return "known";
  const isEndless = token.expirationTime.kind !== "unknown" && token.expiresIn.kind === "null";
  return isEndless ? "never" : "unknown";
}

function msOf(duration: TokenView["expiresIn"]): number | undefined {
  const text = knownOf(duration);
  return text === undefined ? undefined : parseDuration(text);
}

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

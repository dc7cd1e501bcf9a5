import { type AccessChange } from "../../access/access-changes.ts";
import type { TokenView } from "../../access/access.ts";
import type { TokenEvent } from "../../access/token-events.ts";
import { knownOf } from "../../plan/attributes.ts";
import type { Mark, PageSpan, PageTokenLife } from "./page-data.ts";
import { comingEndOf, endOf, lifeWords, msOf, timeOf } from "./token-words.ts";

/** The time line of an identity's access tokens. */
export function tokenLivesOf(change: AccessChange, now: Date): readonly PageTokenLife[] {
  return change.tokens.map((event) => ({
    place: event.place,
    identity: change.identity,
    cluster: change.cluster,
    mark: tokenMark(event),
    words: lifeWords(event, now.getTime()),
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
  const end = endOf(token);
  const [to, lifetime] = [end.kind === "known" ? end.time : undefined, msOf(token.expiresIn)];
  const created = timeOf(knownOf(token.creationTime));
  const from = created ?? (to === undefined || lifetime === undefined ? undefined : to - lifetime);
  return { kind: isDisabled(token) ? "disabled" : kind, from, to, end: end.kind };
}

/** Whether a token is disabled. If that is not known, it is drawn as before, and a finding says that it is to be reviewed. */
function isDisabled({ enabled }: TokenView): boolean {
  return knownOf(enabled) === false;
}

/** A token that does not exist yet begins when the plan is applied, which is soon. */
function comingSpan(token: TokenView, now: number): PageSpan {
  const end = comingEndOf(token, now);
  const to = end.kind === "known" ? end.time : undefined;
  return { kind: isDisabled(token) ? "disabled" : "new", from: now, to, end: end.kind };
}

/** A token that ends by the plan: its life so far, the rest in which it still works, and what is cut off. */
function endedSpans(span: PageSpan, now: number, overlap: number | undefined): readonly PageSpan[] {
  if (span.to !== undefined && span.to <= now) return [span];
  if (overlap === undefined) return [{ ...span, to: now, end: "known" }, openOverlap(now)];
  const natural = span.to ?? Number.POSITIVE_INFINITY;
  const last = Math.min(now + overlap, natural);
  return [
    { ...span, to: now, end: "known" },
    ...(last > now ? [{ kind: "overlap", from: now, to: last, end: "known" } as const] : []),
    ...(natural > last ? [{ ...span, kind: "cut", from: last } as const] : []),
  ];
}

function openOverlap(now: number): PageSpan {
  return { kind: "overlap", from: now, end: "unknown" };
}

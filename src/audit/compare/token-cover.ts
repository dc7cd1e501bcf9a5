import { parseInstant } from "../../vocabulary/instant.ts";
import type { TokenView } from "../access/access.ts";
import { knownOf } from "../plan/attributes.ts";

/** Whether the tokens of a reference allow a token. */
export type TokenCover =
  | { readonly kind: "covered" }
  /** `got` and `allowed` say why, for people. */
  | { readonly kind: "beyond"; readonly got: string; readonly allowed: string }
  | { readonly kind: "unknown"; readonly got: string };

/** How a token ends: at a time, after a length of time, never, or in an unknown way. */
interface End {
  readonly isEndless: boolean;
  /** Nanoseconds since 1970. */
  readonly at: bigint | undefined;
  /** Of each token of a series that rotates. */
  readonly lifeMs: number | undefined;
}

/**
 * Compares the end of a token with those of a reference.
 *
 * A token may end as late as one of the reference. One that rotates may live as long as one of the reference does: it ends
 * later with each rotation, and nobody can use it for longer at a time.
 */
export function coverOf(token: TokenView, allowed: readonly TokenView[]): TokenCover {
  const ends = allowed.map(endOf);
  const end = endOf(token);
  if (ends.length === 0) return { kind: "beyond", got: renderEnd(end), allowed: "no access token" };
  if (ends.some(({ isEndless }) => isEndless)) return { kind: "covered" };
  if (end.isEndless) return { kind: "beyond", got: renderEnd(end), allowed: latestOf(ends) };
  const isRotating = token.expiresIn.kind === "known" && end.lifeMs !== undefined;
  if (isRotating && ends.some(({ lifeMs }) => (lifeMs ?? -1) >= (end.lifeMs ?? 0))) return { kind: "covered" };
  if (end.at === undefined) {
    return isRotating
      ? { kind: "beyond", got: renderEnd(end), allowed: latestOf(ends) }
      : { kind: "unknown", got: renderEnd(end) };
  }
  const { at } = end;
  if (ends.some((one) => one.at !== undefined && one.at >= at)) return { kind: "covered" };
  return { kind: "beyond", got: renderEnd(end), allowed: latestOf(ends) };
}

function endOf({ expirationTime, expiresIn, lifetimeMs }: TokenView): End {
  return {
    isEndless: expirationTime.kind === "null" && expiresIn.kind === "null",
    at: parseInstant(knownOf(expirationTime) ?? ""),
    lifeMs: knownOf(lifetimeMs),
  };
}

const dayMs = 86_400_000;

function renderEnd({ isEndless, at, lifeMs }: End): string {
  if (isEndless) return "it never ends";
  if (at !== undefined) return `it ends on ${new Date(Number(at / 1_000_000n)).toISOString()}`;
  return lifeMs === undefined
    ? "nobody knows when it ends"
    : `it lives for ${Math.round(lifeMs / dayMs)}d, and then rotates`;
}

/** What the reference allows at most. */
function latestOf(ends: readonly End[]): string {
  const last = ends.reduce((latest, end) => ((end.at ?? 0n) > (latest.at ?? 0n) ? end : latest));
  return `a token as in the reference: ${renderEnd(last)}`;
}

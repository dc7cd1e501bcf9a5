import type { AccessToken } from "../../client/access-tokens.ts";
import type { Identity } from "../../client/identities.ts";
import { renderIdentityText } from "../../vocabulary/identity-text.ts";
import { instantOf, parseInstant } from "../../vocabulary/instant.ts";
import type { ManagedTokens, TokenPlace } from "./managed.ts";

/** The state of a token at the cluster's time; `unknown` when its end cannot be read. */
export type TokenStanding = "works" | "ended" | "disabled" | "unknown";

/** One access token, with everything that this command shows. */
export interface ListedToken extends AccessToken {
  readonly standing: TokenStanding;
  /** Seconds until it ends, below zero when it has ended; `undefined` when it never ends, or nobody can tell. */
  readonly secondsLeft: number | undefined;
  /** Where code manages it; `undefined` when none of the given states does. */
  readonly place: TokenPlace | undefined;
}

/** The access tokens of one cluster, or why they are not known. */
export interface ClusterTokens {
  /** The name of the cluster in the file of clusters, or its host. */
  readonly name: string;
  readonly host: string;
  /** The time on the cluster; `undefined` when it was not read. */
  readonly now: Date | undefined;
  /** Those that were asked for, in the order in which they end. */
  readonly tokens: readonly ListedToken[];
  /** How many the cluster has in all. */
  readonly total: number;
  /** Why its tokens are not known; `undefined` when they are. */
  readonly failure: string | undefined;
}

/** Which tokens are wanted. A part that is left out does not limit them. */
export interface Wanted {
  /** Those that end within this time, or have ended. */
  readonly expiringWithinMs?: number | undefined;
  /** Those that never end. */
  readonly neverExpires?: boolean | undefined;
  /** Those that take up one of their user's two slots but do not work, because they have expired or are disabled. */
  readonly unusedSlots?: boolean | undefined;
}

/** Lists tokens, each with its state. */
export function listedTokens(
  tokens: readonly AccessToken[],
  { now, managed }: { readonly now: Date; readonly managed: ManagedTokens },
): readonly ListedToken[] {
  return tokens
    .map((token): ListedToken => {
      const secondsLeft = secondsUntil(token.expirationTime, now);
      return { ...token, secondsLeft, standing: standingOf(token, secondsLeft), place: managed.get(token.id) };
    })
    .toSorted((left, right) => (left.secondsLeft ?? Infinity) - (right.secondsLeft ?? Infinity));
}

function secondsUntil(end: string | undefined, now: Date): number | undefined {
  const instant = end === undefined ? undefined : parseInstant(end);
  return instant === undefined ? undefined : Number((instant - instantOf(now)) / 1_000_000_000n);
}

function standingOf({ enabled, expirationTime }: AccessToken, secondsLeft: number | undefined): TokenStanding {
  if (!enabled) return "disabled";
  if (expirationTime === undefined) return "works";
  if (secondsLeft === undefined) return "unknown";
  return secondsLeft > 0 ? "works" : "ended";
}

/** Whether any token is looked for, rather than all of them. */
export function isSelective({ expiringWithinMs, neverExpires, unusedSlots }: Wanted): boolean {
  return expiringWithinMs !== undefined || neverExpires === true || unusedSlots === true;
}

/** Whether a token is wanted: one of the reasons is enough, and an unknown end counts as one. */
export function isWanted(token: ListedToken, wanted: Wanted): boolean {
  const { expiringWithinMs, neverExpires, unusedSlots } = wanted;
  if (!isSelective(wanted)) return true;
  if (token.standing === "unknown") return true;
  if (neverExpires === true && token.expirationTime === undefined) return true;
  if (unusedSlots === true && token.standing !== "works") return true;
  return expiringWithinMs !== undefined && (token.secondsLeft ?? Infinity) * 1_000 <= expiringWithinMs;
}

/** An account as people write it: `local:svc-backup`, or its id where it has no name. */
export function accountText({ domain, name, authId }: Identity): string {
  const reference = { ...(domain !== undefined && { domain }), ...(name === undefined ? { authId } : { name }) };
  return renderIdentityText(reference) ?? `auth_id:${authId}`;
}

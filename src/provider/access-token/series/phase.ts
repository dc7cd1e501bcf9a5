import type { AccountNow } from "../user/account.ts";

/**
 * Where a series of access tokens stands: one phase for the token in use, and one for the token before it.
 *
 * A series uses both slots of its user, and each slot has its own phase. A read changes a phase when time has passed or
 * somebody has changed something on the cluster, and an apply changes it when it makes the change. A plan never changes a
 * phase: it only shows what the phase requires, so that planning again during the apply gives the same result.
 *
 * ```text
 * The token in use:
 *
 *             its end is near, or over                  rotated
 *   in-use ─────────────────────────────► rotation-due ─────────► in-use (a new token)
 *     │                                        │
 *     └─────── deleted on the cluster ─────────┴──► gone ─ rotated ─► in-use (a new token)
 *
 * The token before it; "kept" also stands for there being none, which `previous_token` in state tells apart:
 *
 *            its end is over            deleted
 *   kept ─────────────────────► over ────────────► kept (none)
 *   │  ▲
 *   │  └──────── enabled or disabled ────────── uneven
 *   │        like the token in use                ▲
 *   ├──── one is enabled, and the other is not ───┘
 *   │
 *   │  a lost request has left a token     deleted
 *   └─────────────────────────────► stray ─────────► kept (none)
 * ```
 *
 * A create whose outcome is unknown has no phase: state itself holds it, as an object without an id (`read-unmade.ts`).
 */
export interface SeriesPhase {
  readonly current: CurrentPhase;
  readonly previous: PreviousPhase;
}

/** The phase of the token in use. */
export type CurrentPhase =
  /** Nothing is due. */
  | (TokenFacts & { readonly kind: "in-use" })
  /** The token ends soon, or has ended, and `expires_in` says for how long the next one lives: the next plan rotates. */
  | (TokenFacts & { readonly kind: "rotation-due" })
  /** The token was deleted on the cluster while the one before it still stands: the next plan makes another one. */
  | { readonly kind: "gone" };

/** What is known of a token that is there. */
export interface TokenFacts {
  /** When the token is to end, where `expires_in` decides. The cluster may hold another time by now. */
  readonly end: string | undefined;
  readonly owner: TokenOwner;
}

/** The account that a token belongs to, and whom `user` means. */
export type TokenOwner =
  /** `user` means it. */
  | { readonly kind: "meant" }
  /** The account is there; `user` means `now`. */
  | { readonly kind: "not-meant"; readonly now: AccountNow }
  /** The account was deleted, so that no secret of the token works any more; `user` means `now`. */
  | { readonly kind: "deleted"; readonly now: AccountNow };

/**
 * The phase of the token before the one in use. In each of them, `retireAt` is when the token is to end, where the provider
 * has set that. The cluster may hold another time by now.
 */
export type PreviousPhase =
  /** There is none, or it works until its end, and nothing is to be done about it. */
  | { readonly kind: "kept"; readonly retireAt: string | undefined }
  /** The cluster accepts one of the two tokens and not the other: the next plan enables or disables it. */
  | { readonly kind: "uneven"; readonly retireAt: string | undefined }
  /** It has ended: the next plan deletes it. */
  | { readonly kind: "over"; readonly retireAt: string | undefined }
  /** A request whose answer was lost has left it, and nobody has its secret: the next plan deletes it. */
  | { readonly kind: "stray"; readonly retireAt: string | undefined };

/** The phase of a token whose `user` still means its account, and about which nothing is due. */
export function inUse(end: string | undefined): CurrentPhase {
  return { kind: "in-use", end, owner: { kind: "meant" } };
}

/** The phase of a previous token that works until this time. Without a time, there may be no previous token. */
export function kept(retireAt?: string): PreviousPhase {
  return { kind: "kept", retireAt };
}

/** When the token in use is to end, where `expires_in` decides. */
export function endIn({ current }: SeriesPhase): string | undefined {
  return current.kind === "gone" ? undefined : current.end;
}

/** The account that `user` means now, where that is not the account of the token. */
export function accountNow({ current }: SeriesPhase): AccountNow | undefined {
  return current.kind === "gone" || current.owner.kind === "meant" ? undefined : current.owner.now;
}

/** Whether the user of the token was deleted: no secret of it works any more. */
export function isOwnerDeleted({ current }: SeriesPhase): boolean {
  return current.kind !== "gone" && current.owner.kind === "deleted";
}

/** Whether the previous token is to be deleted. */
export function isCleanUpDue({ previous }: SeriesPhase): boolean {
  return previous.kind === "over" || previous.kind === "stray";
}

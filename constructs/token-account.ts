import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { renderIdentityText } from "../src/vocabulary/identity-text.ts";
import { ConstructError } from "./construct-error.ts";
import type { IServiceAccount } from "./interfaces.ts";

/** A construct that makes an access token for an account. */
export interface TokenOfAccount extends IConstruct {
  /** Whom the token authenticates. */
  readonly account: IServiceAccount;
}

interface TakenSlot {
  readonly token: TokenOfAccount;
  readonly rotates: boolean;
}

const mostTokens = 2;
const slotsOf = new WeakMap<IServiceAccount, readonly TakenSlot[]>();

/**
 * Counts a token among those of its account.
 *
 * @throws {ConstructError} when the account has as many as a user can have
 */
export function takeSlot(token: TokenOfAccount, rotates: boolean): void {
  const taken = slotsOf.get(token.account) ?? [];
  const names = taken.map((slot) => slot.token.node.path).join(", ");
  const account = token.account.node.path;
  if (taken.length >= mostTokens) {
    throw new ConstructError(token, {
      prop: "account",
      problem: `${account} has ${taken.length} access tokens already (${names}), and a user holds ${mostTokens} at most.`,
      advice: "Remove one of them, or make another service account.",
    });
  }
  const slots = [...taken, { token, rotates }];
  slotsOf.set(token.account, slots);
  if (slots.length === mostTokens && slots.some((slot) => slot.rotates)) {
    Annotations.of(token).addWarning(
      `${account} has another access token, ${names}. A user holds ${mostTokens} at most, so there is no free slot to rotate either of them, and a rotation fails. Make another service account for one of them.`,
    );
  }
}

/**
 * The user of a token, as the provider takes it.
 *
 * @throws {ConstructError} when the account's identity says nothing
 */
export function userOf(token: TokenOfAccount): string {
  const user = renderIdentityText(token.account.identity);
  if (user !== undefined) return user;
  throw new ConstructError(token, {
    prop: "account",
    problem: `The identity of ${token.account.node.path} is empty.`,
    advice: "Give an account whose identity has an authId, or a name and a domain.",
  });
}

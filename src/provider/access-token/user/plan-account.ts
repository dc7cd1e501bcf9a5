import { known, knownOrUndefined, undecided } from "../../../framework/attribute-value.ts";
import type { PlanContext, PlannedAttributes } from "../../../framework/resource.ts";
import type { IdentityReference } from "../../../vocabulary/identity-text.ts";
import { type Connection, type Reach, reading } from "../../connection.ts";
import { findPlannedMeaning, localNameIn } from "../../identity/meaning.ts";
import { type IdentityModel, toIdentityModel } from "../../identity/model.ts";
import type { AccessTokenModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { AccountNow } from "./account.ts";
import { referenceOf } from "./user-text.ts";

/** Whom `user` means, and the account that the token in state belongs to. */
export type PlannedAccount =
  /** The same account; `isRespelled` when state has to take over how it is written now. */
  | { readonly kind: "same"; readonly isRespelled: boolean }
  | { readonly kind: "other"; readonly identity: IdentityModel }
  /** An account that this run makes. */
  | { readonly kind: "made" }
  | { readonly kind: "nobody" }
  /** Known only during apply. */
  | { readonly kind: "undecided" };

type ExistingTokenPlan = PlanContext<AccessTokenSchema, Connection> & { readonly prior: AccessTokenModel };

const same: PlannedAccount = { kind: "same", isRespelled: false };

/**
 * Decides which account `user` means. While it is written as in the state, the cluster is not asked: what the name means now
 * was found while reading, and what this run does to the name is known.
 *
 * @param found - what reading has found: the account that the text in state means, where that is not the account of the token
 */
export async function planAccount(plan: ExistingTokenPlan, found: AccountNow | undefined): Promise<PlannedAccount> {
  const { planned, prior } = plan;
  const asked = knownOrUndefined(planned.user);
  const reference = asked === undefined ? undefined : referenceOf(asked);
  if (reference === undefined) return { kind: "undecided" };
  return asked === prior.user ? planSameText(plan, found, reference) : planOtherText(plan, found, reference);
}

function planSameText(
  plan: ExistingTokenPlan,
  found: AccountNow | undefined,
  reference: IdentityReference,
): PlannedAccount {
  const change = plannedChangeOf(plan.client, reference);
  if (change?.kind === "made") return planMade(plan, reference);
  if (change?.kind === "given") {
    const isOwn = change.authId === plan.prior.identity?.auth_id;
    return isOwn ? same : { kind: "other", identity: unnamed(change.authId) };
  }
  if (found === undefined) return same;
  return found === "nobody" ? { kind: "nobody" } : { kind: "other", identity: found };
}

/**
 * Plans for an account that this run creates. In a process that continues after an apply, the token may already belong to that
 * account.
 */
function planMade({ prior, client }: ExistingTokenPlan, reference: IdentityReference): PlannedAccount {
  const made = client?.memory.localUsers.findCreated(reference);
  return made !== undefined && made === prior.identity?.auth_id ? same : { kind: "made" };
}

/** What this run does to the name of a local user. */
function plannedChangeOf(client: Connection | undefined, reference: IdentityReference) {
  const name = localNameIn(reference);
  return name === undefined ? undefined : client?.memory.plannedNames.find(name);
}

async function planOtherText(
  plan: ExistingTokenPlan,
  before: AccountNow | undefined,
  reference: IdentityReference,
): Promise<PlannedAccount> {
  const { prior, client, signal } = plan;
  if (client === undefined) return { kind: "undecided" };
  const found = await findIdentity(reading(client, signal), reference);
  if (typeof found === "string") return { kind: found };
  if (found.auth_id !== prior.identity?.auth_id) return { kind: "other", identity: found };
  return { kind: "same", isRespelled: !isStillMeant(plan, before) };
}

async function findIdentity(
  reach: Reach,
  reference: IdentityReference,
): Promise<IdentityModel | "made" | "nobody" | "undecided"> {
  if (reference.authId !== undefined) return unnamed(reference.authId);
  const meaning = await findPlannedMeaning(reach, reference);
  if (meaning.kind === "somebody") return toIdentityModel(meaning.identity);
  return meaning.kind === "hidden" ? "undecided" : meaning.kind;
}

/** Whether the text in state means the account of the token, also when what this run has planned is done. */
function isStillMeant({ prior, client }: ExistingTokenPlan, found: AccountNow | undefined): boolean {
  const reference = referenceOf(prior.user);
  return found === undefined && reference !== undefined && plannedChangeOf(client, reference) === undefined;
}

function unnamed(authId: string): IdentityModel {
  return { domain: null, auth_id: authId, uid: null, gid: null, sid: null, name: null };
}

/** The planned values of the attributes that describe the account. */
export function plannedAccountAttributes(
  { prior, planned }: ExistingTokenPlan,
  account: PlannedAccount,
): PlannedAttributes<AccessTokenSchema> {
  switch (account.kind) {
    case "same":
      if (account.isRespelled) return { user: planned.user, identity: undecided };
      // Of an object that never came to be, nothing but the auth_id is known.
      return prior.id === null ? { user: known(prior.user), identity: undecided } : { user: known(prior.user) };
    case "other":
      return { identity: account.identity.domain === null ? undecided : known(account.identity) };
    case "made":
    case "nobody":
    case "undecided":
      return { identity: undecided };
  }
}

/** The account of a new token, in the form that the check for administrators needs. */
export function ownerAfter(
  { prior, planned }: ExistingTokenPlan,
  account: PlannedAccount,
): string | IdentityReference | undefined {
  switch (account.kind) {
    case "same":
      return typeof prior.identity?.auth_id === "string" ? { authId: prior.identity.auth_id } : prior.user;
    case "other":
      return { authId: account.identity.auth_id };
    case "made":
    case "nobody":
    case "undecided":
      return knownOrUndefined(planned.user);
  }
}

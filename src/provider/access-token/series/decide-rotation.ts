import { isDeepStrictEqual } from "node:util";

import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { PlanContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import { isSameDuration } from "../token/duration.ts";
import type { AccessTokenModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { PlannedAccount } from "../user/plan-account.ts";
import { isOwnerDeleted, type SeriesPhase } from "./phase.ts";

/** Whether a plan rotates; `maybe` while values that decide it are not known yet. */
export type Rotation =
  | { readonly kind: "none" }
  | { readonly kind: "maybe"; readonly because: string }
  | { readonly kind: "certain"; readonly because: string };

/** An update of a series, while it is planned. */
export type SeriesPlan = PlanContext<AccessTokenSchema, Connection> & {
  readonly prior: AccessTokenModel;
  /** Whom `user` means. */
  readonly account: PlannedAccount;
  /** Whether the engine passes the previous end as if it were configured, as it does with `ignore_changes`. */
  readonly isEndIgnored: boolean;
};

/** Whether the token does not exist: it was deleted outside of this configuration, or was never created. */
export function isGone(prior: AccessTokenModel, { current }: SeriesPhase): boolean {
  return current.kind === "gone" || prior.id === null;
}

/** Whether the old token no longer works, so that an overlap would be pointless: it has expired, or its user was deleted. */
export function isUseless({ prior, account, client }: SeriesPlan, phase: SeriesPhase): boolean {
  // While applying, this run may have deleted the user, and what was left of its tokens with it.
  const isDeleted = client?.memory.localUsers.isDeleted(prior.identity?.auth_id ?? "") === true;
  return prior.expired === true || isOwnerDeleted(phase) || isDeleted || account.kind === "made";
}

const none: Rotation = { kind: "none" };

/**
 * Decides whether an update is a rotation. Each rule looks at one cause; the first one that is certain decides, and otherwise
 * the first that depends on values not known yet. None reads the clock: whether a rotation is due was decided while reading,
 * and is in `phase`, so that plan and apply come to the same result.
 */
export function decideRotation(plan: SeriesPlan, phase: SeriesPhase): Rotation {
  const decisions = [
    decideForGone(plan, phase),
    decideByAccount(plan, phase),
    decideByRecipients(plan),
    decideByKeepers(plan),
    decideByEnd(plan),
    decideByLife(plan, phase),
  ];
  return decisions.find(({ kind }) => kind === "certain") ?? decisions.find(({ kind }) => kind === "maybe") ?? none;
}

function decideForGone({ prior }: SeriesPlan, phase: SeriesPhase): Rotation {
  if (!isGone(prior, phase)) return none;
  if (prior.id === null) return certain("the previous one was never created, as far as is known");
  return certain(`the access token ${prior.id} was deleted outside this configuration`);
}

function decideByAccount({ prior, account, planned }: SeriesPlan, phase: SeriesPhase): Rotation {
  const user = knownOrUndefined(planned.user) ?? prior.user;
  const owner = String(prior.identity?.auth_id);
  switch (account.kind) {
    case "same":
      return none;
    case "other":
      return certain(
        `${user} means the account ${account.identity.auth_id}, and the previous one belongs to the account ${owner}`,
      );
    case "made":
      return certain(
        `this run creates the account ${user} again, and the previous one belongs to the account ${owner}`,
      );
    case "nobody":
      return certain(
        isOwnerDeleted(phase)
          ? `the account ${owner} was deleted, so the previous one no longer works. Nobody is called ${user} now: create the user again or name another one; otherwise applying this fails`
          : `nobody is called ${user} now, and the previous one belongs to the account ${owner}. Use the name that the user has now; otherwise applying this fails`,
      );
    case "undecided":
      return maybe(
        `user is known only during apply. If it still means the account ${owner}, nothing happens; to know that while planning, give user a value that depends on nothing that this run changes`,
      );
  }
}

/**
 * A change of `encrypt_to` is a rotation where state holds a bearer token. One in clear may have been read, and an encrypted
 * one cannot be encrypted to other recipients, since the provider does not have it. If the state has no bearer token, nothing
 * needs to be rotated.
 */
function decideByRecipients({ prior, planned }: SeriesPlan): Rotation {
  const { bearer_token: plain, encrypted_bearer_token: encrypted } = prior;
  const { encrypt_to: asked } = planned;
  if (plain === null && encrypted === null) return none;
  if (asked.kind === "unknown") return maybe("encrypt_to is not known yet");
  if (asked.kind === "null") {
    return encrypted === null
      ? none
      : certain("encrypt_to is removed, and only its recipients can decrypt the old one");
  }
  if (plain !== null) {
    return certain(
      "encrypt_to is new, and the bearer token of the old one was in state in clear, where others may have read it",
    );
  }
  if (asked.value === prior.encrypt_to) return none;
  return certain("encrypt_to changes, and only the previous recipients can decrypt the old one");
}

function decideByKeepers({ prior, config }: SeriesPlan): Rotation {
  const { rotate_when_changed: asked } = config;
  if (prior.rotate_when_changed === null) return none;
  if (asked.kind === "unknown") return maybe("rotate_when_changed is not known yet");
  const values = knownOrUndefined(asked);
  if (values === undefined || isDeepStrictEqual({ ...values }, { ...prior.rotate_when_changed })) return none;
  return certain("rotate_when_changed changes");
}

function decideByEnd({ prior, config }: SeriesPlan): Rotation {
  const { expiration_time: end, expires_in: life } = config;
  if (prior.expiration_time === null || end.kind === "known" || life.kind === "known") return none;
  if (end.kind === "unknown" || life.kind === "unknown") return maybe("its end is not known yet");
  return certain(`the configuration no longer sets an end, and the cluster cannot clear ${prior.expiration_time}`);
}

function decideByLife(plan: SeriesPlan, { current }: SeriesPhase): Rotation {
  const { prior, config } = plan;
  const { expires_in: life, rotate_before_expiry: lead } = config;
  const isExpired = prior.expired === true;
  if (life.kind === "null" || (!isExpired && current.kind !== "rotation-due")) return none;
  if (life.kind === "unknown") return maybe("expires_in is not known yet");
  if (isExpired) return certain(`it has ended on ${String(prior.expiration_time)}`);
  // A new life, or a new time to rotate, is judged when it is in state.
  if (!isSameDuration(life.value, prior.expires_in)) return none;
  if (lead.kind === "unknown") return maybe("rotate_before_expiry is not known yet");
  return decideByLead(prior, knownOrUndefined(lead));
}

function decideByLead(prior: AccessTokenModel, lead: string | undefined): Rotation {
  const end = String(prior.expiration_time);
  if (lead === undefined && prior.rotate_before_expiry === null) return certain(`it was due to end before ${end}`);
  if (!isSameDuration(lead, prior.rotate_before_expiry)) return none;
  return certain(`it ends on ${end} and rotate_before_expiry is "${String(lead)}"`);
}

function certain(because: string): Rotation {
  return { kind: "certain", because };
}

function maybe(because: string): Rotation {
  return { kind: "maybe", because };
}

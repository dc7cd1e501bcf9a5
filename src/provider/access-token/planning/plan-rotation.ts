import {
  absent,
  type AttributeValue,
  known,
  knownOrAbsent,
  knownOrUndefined,
  type PartlyKnown,
  undecided,
} from "../../../framework/attribute-value.ts";
import type { PlannedAttributes } from "../../../framework/resource.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { isGone, isUseless, type Rotation, type SeriesPlan } from "../series/decide-rotation.ts";
import { isCleanUpDue, type SeriesPhase } from "../series/phase.ts";
import { msOf } from "../token/duration.ts";
import { checkSlotsOfRotation } from "../token/slots.ts";
import { refuseOwnEnd } from "./own-token.ts";
import { endOfNew } from "./plan-end.ts";

type Planned = PlannedAttributes<AccessTokenSchema>;

/** Plans a new token in place of the one in state, and warns with the reason and with what happens to the old one. */
export async function planRotation(
  plan: SeriesPlan,
  phase: SeriesPhase,
  rotation: Exclude<Rotation, { readonly kind: "none" }>,
): Promise<Planned> {
  const { keepsPrevious, ...fate } = fateOf(plan, phase);
  const isCertain = rotation.kind === "certain";
  warnOfRotation(plan, { rotation, ...fate });
  await checkSlotsOfRotation(plan, { authId: slotsOwner(plan), deletedFirst: fate.deletedFirst });
  await guardOwnToken(plan, fate);
  const end = endOfNew(plan);
  return {
    id: undecided,
    ...secretOfNew(plan.planned.encrypt_to),
    creator: undecided,
    creation_time: undecided,
    expiration_time: isCertain || end.kind === "known" ? end : undecided,
    expired: isCertain ? known(false) : undecided,
    previous_token: isCertain ? previousAfter(plan, keepsPrevious, phase) : undecided,
  };
}

/** What a rotation does to the existing tokens. */
interface Fate {
  /** The token of the previous rotation, which is deleted first to make room. */
  readonly deletedFirst: string | undefined;
  /** What becomes of the token in state. */
  readonly old: "kept" | "cut" | "gone";
}

function fateOf(plan: SeriesPlan, phase: SeriesPhase): Fate & { readonly keepsPrevious: boolean } {
  const isOldGone = isGone(plan.prior, phase);
  const keepsPrevious = isOldGone && !isCleanUpDue(phase);
  const deletedFirst = keepsPrevious ? undefined : (plan.prior.previous_token?.id ?? undefined);
  if (isOldGone) return { keepsPrevious, deletedFirst, old: "gone" };
  return { keepsPrevious, deletedFirst, old: isCut(plan, phase) ? "cut" : "kept" };
}

/** Refuses to delete what the provider is signed in with. */
async function guardOwnToken(plan: SeriesPlan, { deletedFirst, old }: Fate): Promise<void> {
  await refuseOwnEnd(plan, {
    ids: [deletedFirst],
    by: "by the rotation, which deletes it",
    attribute: ["previous_token"],
  });
  if (old !== "cut") return;
  await refuseOwnEnd(plan, {
    ids: [plan.prior.id],
    by: "by the rotation, since overlap is zero",
    attribute: ["overlap"],
  });
}

/**
 * The secret of a token that will be created. Which attribute will hold it, in clear or encrypted, is planned as soon as that
 * is known.
 */
export function secretOfNew(recipients: AttributeValue<string>): Planned {
  return {
    bearer_token: recipients.kind === "known" ? absent : undecided,
    encrypted_bearer_token: recipients.kind === "null" ? absent : undecided,
  };
}

function previousAfter(
  plan: SeriesPlan,
  keepsPrevious: boolean,
  phase: SeriesPhase,
): AttributeValue<NonNullable<SeriesPlan["prior"]["previous_token"]>> | PartlyKnown {
  const { prior, planned } = plan;
  if (keepsPrevious) return knownOrAbsent(prior.previous_token);
  if (isGone(prior, phase) || isCut(plan, phase)) return absent;
  if (planned.overlap.kind !== "known") return undecided;
  return { kind: "partly-known", attributes: { id: known(prior.id), expiration_time: undecided } };
}

/** Whether the old token is deleted at once: there is no overlap, or the old token does not work any more. */
function isCut(plan: SeriesPlan, phase: SeriesPhase): boolean {
  const overlap = knownOrUndefined(plan.planned.overlap);
  return (overlap !== undefined && msOf(overlap) === 0) || isUseless(plan, phase);
}

/** Whose slots the new token takes; `undefined` while that is not known. */
function slotsOwner({ prior, account }: SeriesPlan): string | undefined {
  if (account.kind === "other") return account.identity.auth_id;
  return account.kind === "same" ? (prior.identity?.auth_id ?? undefined) : undefined;
}

interface RotationNews extends Fate {
  readonly rotation: Exclude<Rotation, { readonly kind: "none" }>;
}

function warnOfRotation(plan: SeriesPlan, { rotation, deletedFirst, old }: RotationNews): void {
  const { prior, planned, diagnostics } = plan;
  const verb = rotation.kind === "certain" ? "makes" : "may make";
  const user = knownOrUndefined(planned.user) ?? prior.user;
  const sentences = [
    `Applying this plan ${verb} a new access token for ${user}, with a new bearer token, because ${rotation.because}.`,
    deletedFirst === undefined ? "" : `The access token ${deletedFirst} of the previous rotation is deleted first.`,
    old === "gone" ? "" : oldTokenNews(plan, old === "cut"),
    plan.isEndIgnored
      ? "ignore_changes contains expiration_time, so state shows the new end only after the next refresh."
      : "",
  ];
  diagnostics.warning({
    summary: rotation.kind === "certain" ? "Access token will be rotated" : "Access token may be rotated",
    detail: sentences.filter((sentence) => sentence !== "").join(" "),
  });
}

function oldTokenNews({ prior, planned }: SeriesPlan, isCutOff: boolean): string {
  const { id, expiration_time } = prior;
  const overlap = knownOrUndefined(planned.overlap) ?? "overlap";
  if (isCutOff && msOf(overlap) === 0) return `The old one, ${String(id)}, is deleted at once, since overlap is zero.`;
  if (isCutOff) return `The old one, ${String(id)}, no longer works and is deleted.`;
  const limit = expiration_time === null ? "" : `, but no longer than until ${expiration_time}`;
  return `The old one, ${String(id)}, works for ${overlap} after that${limit}: hand out the new bearer token by then. A later plan deletes the old one.`;
}

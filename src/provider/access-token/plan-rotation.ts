import {
  absent,
  type AttributeValue,
  known,
  knownOrAbsent,
  knownOrUndefined,
  type PartlyKnown,
  undecided,
} from "../../framework/attribute-value.ts";
import type { PlannedAttributes } from "../../framework/resource.ts";
import { msOf } from "./duration.ts";
import { endOfNew } from "./plan-end.ts";
import type { Rotation, SeriesPlan } from "./decide-rotation.ts";
import type { AccessTokenSchema } from "./schema.ts";
import type { SeriesMemory } from "./series-memory.ts";
import { refuseOwnEnd } from "./own-token.ts";
import { checkSlotsOfRotation } from "./slots.ts";

type Planned = PlannedAttributes<AccessTokenSchema>;

/** Plans a new token in place of the one in state, and says why, and what becomes of the old one. */
export async function planRotation(
  plan: SeriesPlan,
  memory: SeriesMemory,
  rotation: Exclude<Rotation, { readonly kind: "none" }>,
): Promise<Planned> {
  const keepsPrevious = memory.isGone === true && memory.isCleanUpDue !== true;
  const deletedFirst = keepsPrevious ? undefined : (plan.prior.previous_token?.id ?? undefined);
  const isCertain = rotation.kind === "certain";
  const previous_token = isCertain ? previousAfter(plan, keepsPrevious, memory) : undecided;
  warnOfRotation(plan, { rotation, deletedFirst, isGone: memory.isGone === true });
  await checkSlotsOfRotation(plan, deletedFirst);
  await refuseOwnEnd(plan, {
    ids: [deletedFirst],
    by: "by the rotation, which deletes it",
    attribute: ["previous_token"],
  });
  if (isCut(plan)) {
    await refuseOwnEnd(plan, {
      ids: [plan.prior.id],
      by: "by the rotation, since overlap is none",
      attribute: ["overlap"],
    });
  }
  const end = endOfNew(plan);
  return {
    id: undecided,
    ...secretOfNew(plan.planned.encrypt_to),
    creator: undecided,
    creation_time: undecided,
    expiration_time: isCertain || end.kind === "known" ? end : undecided,
    expired: isCertain ? known(false) : undecided,
    previous_token,
  };
}

/** The secret of a token that is yet to be made: in clear or encrypted, as soon as it is known which. */
export function secretOfNew(recipients: AttributeValue<string>): Planned {
  return {
    bearer_token: recipients.kind === "known" ? absent : undecided,
    encrypted_bearer_token: recipients.kind === "null" ? absent : undecided,
  };
}

function previousAfter(
  { prior, planned }: SeriesPlan,
  keepsPrevious: boolean,
  { isGone }: SeriesMemory,
): AttributeValue<NonNullable<SeriesPlan["prior"]["previous_token"]>> | PartlyKnown {
  if (keepsPrevious) return knownOrAbsent(prior.previous_token);
  if (isGone === true) return absent;
  if (planned.overlap.kind !== "known") return undecided;
  if (isCut({ planned })) return absent;
  return { kind: "partly-known", attributes: { id: known(prior.id), expiration_time: undecided } };
}

/** Whether the old token goes at once. */
function isCut({ planned }: Pick<SeriesPlan, "planned">): boolean {
  const overlap = knownOrUndefined(planned.overlap);
  return overlap !== undefined && msOf(overlap) === 0;
}

interface RotationNews {
  readonly rotation: Exclude<Rotation, { readonly kind: "none" }>;
  readonly deletedFirst: string | undefined;
  readonly isGone: boolean;
}

function warnOfRotation({ prior, planned, diagnostics }: SeriesPlan, news: RotationNews): void {
  const { rotation, deletedFirst, isGone } = news;
  const verb = rotation.kind === "certain" ? "makes" : "may make";
  const overlap = knownOrUndefined(planned.overlap);
  const sentences = [
    `Applying this plan ${verb} a new access token for ${prior.user}, with a new bearer token, because ${rotation.because}.`,
    deletedFirst === undefined ? "" : `The access token ${deletedFirst} of the rotation before is deleted first.`,
    isGone ? "" : oldTokenNews(prior, isCut({ planned }) ? undefined : (overlap ?? "overlap")),
  ];
  diagnostics.warning({
    summary: rotation.kind === "certain" ? "Access token will be rotated" : "Access token may be rotated",
    detail: sentences.filter((sentence) => sentence !== "").join(" "),
  });
}

function oldTokenNews({ id, expiration_time }: SeriesPlan["prior"], overlap: string | undefined): string {
  if (overlap === undefined) return `The old one, ${String(id)}, is deleted at once: overlap is none.`;
  const limit = expiration_time === null ? "" : `, but no longer than until ${expiration_time}`;
  return `The old one, ${String(id)}, works for ${overlap} after that${limit}: hand out the new bearer token by then. A later plan deletes the old one.`;
}

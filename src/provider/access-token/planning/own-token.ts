import type { AttributePath } from "../../../framework/attribute-path.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { PlanDestroyContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import { type GuardedPlan, refuseLockOut } from "../../rights/lock-out.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { SeriesPlan } from "../series/decide-rotation.ts";

/** Tokens that a plan ends at once, so that whatever still uses them stops working. */
interface EndedTokens {
  readonly ids: readonly (string | null | undefined)[];
  /** Completes "would lose the access token". */
  readonly by: string;
  readonly attribute: AttributePath;
}

/** Refuses a change that ends the access token that the provider is signed in with, unless the practitioner allows it. */
export async function refuseOwnEnd(plan: SeriesPlan, ended: EndedTokens): Promise<void> {
  const isAllowed = knownOrUndefined(plan.planned.allow_lock_out) === true;
  await refuseEndOf({ ...plan, isAllowed, attribute: ended.attribute }, ended);
}

/** Refuses to delete the access token that the provider is signed in with, unless the practitioner allows it. */
export async function refuseOwnDeletion(context: PlanDestroyContext<AccessTokenSchema, Connection>): Promise<void> {
  const { id, previous_token: previous, allow_lock_out: isAllowed } = context.prior;
  await refuseEndOf({ ...context, isAllowed }, { ids: [id, previous?.id], by: "by its deletion" });
}

/** Refuses to end the access token that the provider is signed in with, whoever asks, unless that is allowed. */
export async function refuseEndOf(plan: GuardedPlan, { ids, by }: Omit<EndedTokens, "attribute">): Promise<void> {
  // With name and password, no access token is in use.
  if (plan.client?.login !== undefined) return;
  const tokenIds = ids.filter((id) => typeof id === "string");
  await refuseLockOut(plan, { kind: "tokens-end", tokenIds, by });
}

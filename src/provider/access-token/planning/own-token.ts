import type { AttributePath } from "../../../framework/attribute-path.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { PlanDestroyContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import { refuseLockOut } from "../../rights/lock-out.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { SeriesPlan } from "../series/decide-rotation.ts";

/** What a plan ends at once: with it, everything that still uses it. */
interface EndedTokens {
  readonly ids: readonly (string | null | undefined)[];
  /** Completes "would lose the access token". */
  readonly by: string;
  readonly attribute: AttributePath;
}

/** Refuses a change that ends the access token that the provider is signed in with, unless it is asked for. */
export async function refuseOwnEnd(plan: SeriesPlan, ended: EndedTokens): Promise<void> {
  if (isSignedInByName(plan)) return;
  const isAllowed = knownOrUndefined(plan.planned.allow_lock_out) === true;
  await refuseLockOut({ ...plan, isAllowed, attribute: ended.attribute }, changeOf(ended));
}

/** Refuses to delete the access token that the provider is signed in with, unless it is asked for. */
export async function refuseOwnDeletion(context: PlanDestroyContext<AccessTokenSchema, Connection>): Promise<void> {
  if (isSignedInByName(context)) return;
  const { id, previous_token: previous, allow_lock_out: isAllowed } = context.prior;
  const change = changeOf({ ids: [id, previous?.id], by: "by its deletion" });
  await refuseLockOut({ ...context, isAllowed }, change);
}

/** With name and password, no access token is in use. */
function isSignedInByName({ client }: { readonly client: Connection | undefined }): boolean {
  return client?.login !== undefined;
}

function changeOf({ ids, by }: Pick<EndedTokens, "ids" | "by">) {
  return { kind: "tokens-end", tokenIds: ids.filter((id) => typeof id === "string"), by } as const;
}

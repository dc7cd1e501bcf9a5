import type { AttributePath } from "../../framework/attribute-path.ts";
import type { OperationContext } from "../../framework/resource.ts";
import { bool, defaulted } from "../../framework/schema.ts";
import { type Connection, reading } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import type { Loss, RightsChange } from "./own-rights.ts";

/** The attribute by which practitioners ask for a change that takes their own rights away. */
export const allowLockOutAttribute = defaulted(bool, {
  default: false,
  description:
    "Whether a change may lock out the very account that the provider is signed in as: take its right to manage roles or access tokens, or delete or disable the user or access token that it signs in with. The default is false: such a plan is refused, since that account could not undo it. To delete the resource in question, set this to true and apply first.",
});

/** A plan that may take rights from the account that makes it. */
export interface GuardedPlan extends Pick<OperationContext, "diagnostics" | "signal"> {
  readonly client: Connection | undefined;
  /** What the practitioner said with `allow_lock_out`. */
  readonly isAllowed: boolean;
  readonly attribute?: AttributePath;
}

/**
 * Reports an error when a change takes the rights to manage roles or tokens, or the way to sign in, from the identity that
 * plans it.
 */
export async function refuseLockOut(plan: GuardedPlan, change: RightsChange): Promise<void> {
  const { client, signal, isAllowed, diagnostics, attribute } = plan;
  if (client === undefined || isAllowed) return;
  const attempt = {
    summary: "The rights of the provider's own account could not be read",
    privilege: "PRIVILEGE_ROLE_READ",
  };
  const loss = await withDiagnostics(attempt, async () =>
    client.memory.ownRights.findLoss(reading(client, signal), change),
  );
  if (loss === undefined) return;
  diagnostics.error({
    summary: "This would lock out the account that runs it",
    detail: `${renderLoss(loss)} ${renderChange(change)}, and could not undo that. Run this as another account, or set allow_lock_out = true if this is what you want; for a resource that is to be deleted, apply that first.`,
    ...(attribute === undefined ? {} : { attribute }),
  });
}

function renderLoss({ identity, lost }: Loss): string {
  return `${identity.name} (auth_id ${identity.authId}), whom the provider is signed in as, would lose ${lost}`;
}

function renderChange(change: RightsChange): string {
  switch (change.kind) {
    case "members-leave":
      return `by leaving role ${change.roleName}`;
    case "role-changes":
      return `by the change of role ${change.roleName}`;
    case "group-left":
      return `by leaving local group ${change.groupId}`;
    case "group-deleted":
      return `by the deletion of local group ${change.name}`;
    case "sign-in-ends":
    case "tokens-end":
      return change.by;
  }
}

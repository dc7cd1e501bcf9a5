import { isAnswer } from "../../client/cluster-error.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import { latestKnownCore } from "../../vocabulary/core-features.ts";
import { isOlderVersion } from "../../vocabulary/core-version.ts";
import { isPrivilegeName } from "../../vocabulary/privileges.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { guardedPrivileges } from "../rights/own-rights.ts";
import { unknownPrivileges } from "./privileges.ts";
import type { RoleSchema } from "./schema.ts";
import { builtInRoleDeletion } from "./validate.ts";

type RolePlan = PlanContext<RoleSchema, Connection>;

/**
 * Refuses privileges that the cluster does not know, and changes that take away the provider's own rights. Other changes are
 * recorded for later plans.
 */
export async function planRole(context: RolePlan): Promise<PlanChanges<RoleSchema>> {
  await checkPrivileges(context);
  await guardOwnRights(context);
  recordRights(context);
  return {};
}

/** Refuses to delete a built-in role, and one that gives the provider its own rights. */
export async function planRoleDestroy(context: PlanDestroyContext<RoleSchema, Connection>): Promise<void> {
  const { name, privileges, allow_lock_out: isAllowed } = context.prior;
  if (isBuiltInRole(name)) throw new DiagnosticError(builtInRoleDeletion(name));
  if (!privileges.some(isGuarded)) return;
  await refuseLockOut({ ...context, isAllowed }, { kind: "role-changes", roleName: name, privileges: [] });
}

function isGuarded(privilege: string): boolean {
  return guardedPrivileges.some((guarded) => guarded === privilege);
}

/** Refuses to take from the provider's own account what it holds through this role, by a change or a replacement. */
async function guardOwnRights(context: RolePlan): Promise<void> {
  const { planned, prior, diagnostics } = context;
  if (prior === undefined || diagnostics.hasErrors) return;
  const isReplaced = planned.name.kind !== "known" || planned.name.value !== prior.name;
  const left = isReplaced ? [] : (knownOrUndefined(planned.privileges) ?? prior.privileges);
  if (!prior.privileges.some((privilege) => isGuarded(privilege) && !left.includes(privilege))) return;
  const isAllowed = isReplaced ? prior.allow_lock_out : knownOrUndefined(planned.allow_lock_out) === true;
  await refuseLockOut(
    { ...context, isAllowed, attribute: [isReplaced ? "name" : "privileges"] },
    { kind: "role-changes", roleName: prior.name, privileges: left },
  );
}

/** Records for later plans which privileges members of this role will have. */
function recordRights({ planned, client }: RolePlan): void {
  const [name, privileges] = [knownOrUndefined(planned.name), knownOrUndefined(planned.privileges)];
  if (name === undefined || privileges === undefined) return;
  client?.memory.plannedRights.setPrivileges(name, privileges);
}

/** Asks the cluster for privileges that it may not know, so that its refusal comes with the plan. */
async function checkPrivileges(context: RolePlan): Promise<void> {
  const { planned, prior, client, signal, diagnostics } = context;
  const names = knownOrUndefined(planned.privileges);
  if (client === undefined || names === undefined) return;
  const added = names.filter((name) => prior?.privileges.includes(name) !== true);
  const isOldCore = client.coreVersion !== undefined && isOlderVersion(client.coreVersion, latestKnownCore);
  const doubtful = isOldCore ? added : added.filter((name) => !isPrivilegeName(name));
  if (doubtful.length === 0) return;
  const { roles } = client.reads.until(signal);
  const known = await roles.listPrivileges().catch((error: unknown) => {
    // Without the right to list them the cluster's own refusal has to do.
    if (isAnswer(error, 403)) return doubtful;
    throw error;
  });
  const wrong = doubtful.filter((name) => !known.includes(name));
  if (wrong.length > 0) diagnostics.error({ ...unknownPrivileges(wrong, known), attribute: ["privileges"] });
}

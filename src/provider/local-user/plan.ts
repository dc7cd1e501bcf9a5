import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { planText, setText } from "../attribute/absent-text.ts";
import type { Connection } from "../connection.ts";
import { builtInDeletion, builtInNameFault, isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { isSamePrimaryGroup } from "./primary-group.ts";
import type { LocalUserSchema } from "./schema.ts";

type LocalUserPlan = PlanContext<LocalUserSchema, Connection>;

/** Refuses changes of built-in users that the cluster would refuse, and changes that lock the provider's own account out. */
export async function planLocalUser(plan: LocalUserPlan): Promise<PlanChanges<LocalUserSchema>> {
  const { prior, diagnostics } = plan;
  const texts = { uid: planText("uid", plan), home_directory: planText("home_directory", plan) };
  const planned = { ...plan.planned, ...texts };
  const context: LocalUserPlan = { ...plan, planned };
  const name = knownOrUndefined(planned.name);
  recordPlanned(context);
  if (isBuiltInAccount("user", prior?.id ?? null)) {
    checkBuiltIn(context);
  } else if (name !== undefined && name !== prior?.name) {
    const fault = builtInNameFault(name);
    if (fault !== undefined) diagnostics.error(fault);
  }
  await guardOwnLogin(context);
  return { planned: texts };
}

/** Records for later plans which user the name will mean, and which group the user will be in. */
function recordPlanned(context: LocalUserPlan): void {
  const { planned, prior, client } = context;
  const [name, group] = [knownOrUndefined(planned.name), knownOrUndefined(planned.primary_group)];
  if (client === undefined) return;
  const { plannedNames, plannedRights } = client.memory;
  if (group !== undefined) plannedRights.addGroupMember(group, memberOf(context));
  if (name !== undefined) plannedNames.plan(prior, name);
}

/** Refuses to delete a built-in user, and the user whom the provider is signed in as. */
export async function planLocalUserDestroy(context: PlanDestroyContext<LocalUserSchema, Connection>): Promise<void> {
  const { id, name, allow_lock_out: isAllowed } = context.prior;
  if (isBuiltInAccount("user", id)) throw new DiagnosticError(builtInDeletion("user", name));
  context.client?.memory.plannedNames.delete(name);
  const by = `by the deletion of local user ${name}`;
  await refuseLockOut({ ...context, isAllowed }, { kind: "sign-in-ends", authId: id ?? "", by });
}

/** The user as far as the plan names it. */
function memberOf({ planned, prior }: LocalUserPlan): IdentityReference | undefined {
  if (typeof prior?.id === "string") return { authId: prior.id };
  return planned.name.kind === "known" ? { domain: "LOCAL", name: planned.name.value } : undefined;
}

const fixedAttributes = ["name", "primary_group", "uid", "home_directory"] as const;

function checkBuiltIn({ planned, prior, diagnostics }: LocalUserPlan): void {
  if (prior === undefined) return;
  for (const attribute of fixedAttributes) {
    const isSame = attribute === "primary_group" ? isSamePrimaryGroup : Object.is;
    const [wanted, before] = [knownOrUndefined(planned[attribute]) ?? "", prior[attribute] ?? ""];
    if (planned[attribute].kind === "unknown" || isSame(wanted, before)) continue;
    diagnostics.error({
      summary: "Built-in user cannot be changed",
      detail: `${prior.name} comes with the cluster, and its ${attribute} stays ${setText(prior[attribute]) ?? "not set"}. Write the configuration that way, or use a user of your own. Its password can be changed.`,
      attribute: [attribute],
    });
  }
}

/**
 * Refuses a change that would lock out the provider's own login: another name than the one in the provider's configuration, or
 * a password that nobody knows.
 */
async function guardOwnLogin(context: LocalUserPlan): Promise<void> {
  const { planned, prior, client } = context;
  if (client?.login === undefined || typeof prior?.id !== "string") return;
  const isAllowed = knownOrUndefined(planned.allow_lock_out) === true;
  const refuse = async (attribute: string, by: string): Promise<void> =>
    refuseLockOut(
      { ...context, isAllowed, attribute: [attribute] },
      { kind: "sign-in-ends", authId: prior.id ?? "", by },
    );
  const name = knownOrUndefined(planned.name);
  if (name !== undefined && name.toLowerCase() !== prior.name.toLowerCase()) {
    await refuse("name", `by its new name, ${name}, as long as username of the provider is the old one`);
  }
  if (getsRandomPassword(context)) {
    await refuse("password", "by a random password, which a user gets without password and password_wo");
  }
}

function getsRandomPassword({ config, prior }: LocalUserPlan): boolean {
  const isChosen = config.password.kind !== "null" || config.password_wo.kind !== "null";
  return !isChosen && (prior?.password ?? prior?.password_wo_version ?? null) !== null;
}

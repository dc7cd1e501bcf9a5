import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import { type Connection, reading } from "../connection.ts";
import { findPlannedMeaning, findPlannedName, meaningPrivileges } from "../identity/meaning.ts";
import { isSameMemberName, isSameSid } from "../identity/same-identity.ts";
import { strayWarning } from "../identity/stray.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type GuardedPlan, refuseLockOut } from "../rights/lock-out.ts";
import { decideMember, type MemberDecision, type MemberPlan, plannedMembership } from "./decide.ts";
import { recallMember } from "./private-state.ts";
import { identityFields, referenceOf } from "./model.ts";
import type { RoleMemberSchema } from "./schema.ts";
import { identifyingAttributes } from "./validate.ts";

type RoleMemberPlan = PlanContext<RoleMemberSchema, Connection>;

/**
 * Plans one membership. A different member or role is an update, not a replacement: a value that is not known while planning
 * may turn out to be unchanged, and an engine that has planned a replacement would replace the membership even then.
 *
 * It refuses to share a role with `qumulo_role_members`, and to take a role away from the account that runs the plan.
 */
export async function planRoleMember(context: RoleMemberPlan): Promise<PlanChanges<RoleMemberSchema>> {
  const { planned, prior, client, diagnostics } = context;
  const plan = prior === undefined ? undefined : { ...context, prior };
  const decision = plan && decideMember(plan);
  if (client !== undefined && planned.role_name.kind === "known") {
    const rivalry = client.memory.roleClaims.claimSingle(planned.role_name.value);
    if (rivalry !== undefined) diagnostics.error(rivalry);
    client.memory.plannedRights.addRoleMember(planned.role_name.value, findMember(context, decision));
  }
  if (plan === undefined || decision === undefined) return {};
  refuseContradiction(plan);
  warnOfStray(plan, decision);
  if (await isLeaving(plan, decision)) await guardLeaving({ ...plan, isAllowed: isAllowedBy(plan) });
  return { planned: plannedMembership(plan, decision) };
}

/** Refuses to destroy a membership that the provider's own rights come from. */
export async function planRoleMemberDestroy(context: PlanDestroyContext<RoleMemberSchema, Connection>): Promise<void> {
  await guardLeaving({ ...context, isAllowed: context.prior.allow_lock_out });
}

async function guardLeaving(context: Omit<GuardedPlan, "attribute"> & Pick<MemberPlan, "prior">): Promise<void> {
  const { role_name: roleName, auth_id: authId } = context.prior;
  if (authId !== null) await refuseLockOut(context, { kind: "members-leave", roleName, authIds: [authId] });
}

function isAllowedBy({ planned }: MemberPlan): boolean {
  return knownOrUndefined(planned.allow_lock_out) === true;
}

/** Whether the plan takes the role from its member. What is not known yet is checked during the apply. */
async function isLeaving(plan: MemberPlan, decision: MemberDecision): Promise<boolean> {
  const { role_name: role } = plan.planned;
  if (role.kind === "known" && !isSameRoleName(role.value, plan.prior.role_name)) return true;
  return decision.kind === "other" || (decision.kind === "undecided" && (await isAnother(plan, decision)));
}

async function isAnother(
  plan: MemberPlan,
  { authId, stray }: Extract<MemberDecision, { readonly kind: "undecided" }>,
): Promise<boolean> {
  const { config, prior, client, signal } = plan;
  if (authId !== undefined) return authId !== prior.auth_id;
  if (stray !== undefined) return stray.kind === "hidden";
  if (client === undefined || identityFields.some((name) => config[name].kind === "unknown")) return false;
  const reach = reading(client, signal);
  const summary = `Whom the new name of the member of role ${prior.role_name} means could not be looked up`;
  const meaning = await withDiagnostics({ summary, privilege: meaningPrivileges }, async () =>
    findPlannedMeaning(reach, referenceOf(config)),
  );
  if (meaning.kind === "somebody") return meaning.identity.authId !== prior.auth_id;
  // Nobody takes no role from anybody: the new member is added first.
  return meaning.kind !== "nobody";
}

/** The identity that gets the role, as far as it is known; `undefined` while all that names it is decided during apply. */
function findMember(
  { config, prior, client }: RoleMemberPlan,
  decision?: MemberDecision,
): IdentityReference | undefined {
  const authId = decidedId(decision, prior?.auth_id ?? undefined);
  if (authId !== undefined) return { authId };
  if (!identifyingAttributes.some((name) => config[name].kind === "known")) return undefined;
  const asked = referenceOf(config);
  const byRun = client && findPlannedName(client, asked);
  return byRun?.kind === "given" ? { authId: byRun.authId } : asked;
}

function decidedId(decision: MemberDecision | undefined, priorId: string | undefined): string | undefined {
  if (decision === undefined) return undefined;
  return decision.kind === "same" ? priorId : decision.authId;
}

/**
 * Refuses to name the present member by one attribute and another identity by a second one, which the cluster would refuse
 * while applying. Engines produce such a combination by themselves when `ignore_changes` keeps an attribute.
 */
function refuseContradiction(plan: MemberPlan): void {
  const { config, prior, diagnostics } = plan;
  const given = identifyingAttributes.flatMap((name) => {
    const [configured, before] = [config[name], prior[name]];
    if (configured.kind !== "known" || before === null) return [];
    // What becomes of a name is not a contradiction: it moves on, or the member gets it.
    if (name === "name" && isNameMoving(plan)) return [];
    return [{ name, isSame: isSameValue(name, configured.value, before), value: configured.value, before }];
  });
  const [kept, other] = [given.find(({ isSame }) => isSame), given.find(({ isSame }) => !isSame)];
  if (kept === undefined || other === undefined) return;
  diagnostics.error({
    summary: "Role member is given as two identities",
    detail: `${kept.name} "${kept.value}" has the ${other.name} "${other.before}", but ${other.name} is "${other.value}". Name one identity: take ${kept.name} out of the configuration, and out of ignore_changes, which keeps it as it was.`,
    attribute: [other.name],
  });
}

function isNameMoving({ config, client, privateState }: MemberPlan): boolean {
  const { domain, name } = referenceOf(config);
  const named = { ...(domain !== undefined && { domain }), ...(name !== undefined && { name }) };
  const isPlanned = client !== undefined && findPlannedName(client, named) !== undefined;
  return isPlanned || recallMember(privateState).meaning !== undefined;
}

function isSameValue(attribute: (typeof identifyingAttributes)[number], configured: string, before: string): boolean {
  if (attribute === "name") return isSameMemberName(configured, before);
  return attribute === "sid" ? isSameSid(configured, before) : configured === before;
}

/** Warns that an unchanged name means another account by now. */
function warnOfStray({ config, prior, client, diagnostics }: MemberPlan, { stray: meaning }: MemberDecision): void {
  if (meaning === undefined) return;
  const attribute = identifyingAttributes.find((name) => config[name].kind === "known") ?? "name";
  const written = `${attribute} is "${knownOrUndefined(config[attribute]) ?? ""}"`;
  const stray = { roleName: prior.role_name, written, heldId: prior.auth_id ?? undefined, meaning };
  const warning = strayWarning(stray, client?.memory);
  if (warning !== undefined) diagnostics.warning({ ...warning, attribute: [attribute] });
}

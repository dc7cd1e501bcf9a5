import { known, undecided } from "../../framework/attribute-value.ts";
import type { StateModel } from "../../framework/model.ts";
import type { PlanContext, PlannedAttributes } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { findPlannedName } from "../identity/meaning.ts";
import { isSameMemberName, isSameSid } from "../identity/same-identity.ts";
import type { Stray } from "../identity/stray.ts";
import { recallMember } from "./private-state.ts";
import { fieldsOf, identityFields, referenceOf } from "./model.ts";
import type { RoleMemberSchema } from "./schema.ts";

/** The plan of a membership that exists already. */
export type MemberPlan = PlanContext<RoleMemberSchema, Connection> & { readonly prior: StateModel<RoleMemberSchema> };

/** The member that a membership is to have, and what to warn about if a name no longer means its member. */
export type MemberDecision = { readonly stray?: Stray["meaning"] } & (
  | { readonly kind: "same" }
  | { readonly kind: "other"; readonly authId: string }
  /**
   * The member is decided during apply. `authId` is the account that this run makes it, if that is known already. The plan does
   * not show it, because a plan that is made before the account's own plan could not know it.
   */
  | { readonly kind: "undecided"; readonly authId?: string }
);

/**
 * Decides who the member will be, from the configuration, from what was found while reading, and from what this run does to
 * names. The cluster is not asked, so that planning again during the apply gives the same result.
 */
export function decideMember(plan: MemberPlan): MemberDecision {
  const { config, prior, client, privateState } = plan;
  if (identityFields.some((name) => config[name].kind === "unknown")) return { kind: "undecided" };
  const asked = referenceOf(config);
  if (prior.auth_id === null) return { kind: "undecided" };
  if (asked.authId !== undefined) {
    return asked.authId === prior.auth_id ? { kind: "same" } : { kind: "other", authId: asked.authId };
  }
  return decideByRun(asked, prior.auth_id, client) ?? decideByMemory(asked, prior, recallMember(privateState));
}

function decideByRun(
  asked: IdentityReference,
  priorId: string,
  client: Connection | undefined,
): MemberDecision | undefined {
  const planned = client && findPlannedName(client, asked);
  switch (planned?.kind) {
    case undefined:
      return undefined;
    case "made":
      return { kind: "undecided" };
    case "given":
      return planned.authId === priorId ? { kind: "same" } : { kind: "undecided", authId: planned.authId };
    case "taken":
      return { kind: "undecided", stray: { kind: "taken" } };
  }
}

function decideByMemory(
  asked: IdentityReference,
  prior: StateModel<RoleMemberSchema>,
  { named, meaning }: ReturnType<typeof recallMember>,
): MemberDecision {
  const isInState = agrees(asked, referenceOf(fieldsOf(prior)));
  const isRemembered = named === undefined ? isInState : agrees(asked, named);
  if (meaning === undefined || !isRemembered) {
    return isInState || (isRemembered && named !== undefined) ? { kind: "same" } : { kind: "undecided" };
  }
  if (meaning.kind === "other") return { kind: "other", authId: meaning.authId, stray: meaning };
  return { kind: meaning.kind === "unchecked" ? "same" : "undecided", stray: meaning };
}

/** Whether an identity has all fields that were asked for. */
export function agrees(asked: IdentityReference, there: IdentityReference): boolean {
  const { name, sid, ...others } = asked;
  return (
    (name === undefined || isSameMemberName(name, there.name ?? "")) &&
    (sid === undefined || isSameSid(sid, there.sid ?? "")) &&
    Object.entries(others).every(([field, value]) => Reflect.get(there, field) === value)
  );
}

/** What the plan shows for a different member or role: what is known by now, and the rest as unknown. */
export function plannedMembership(plan: MemberPlan, decision: MemberDecision): PlannedAttributes<RoleMemberSchema> {
  const { planned, prior, config } = plan;
  const { role_name: role } = planned;
  const isSame = decision.kind === "same";
  if (isSame && role.kind === "known" && isSameRoleName(role.value, prior.role_name)) return {};
  const authId = shownId(plan, decision);
  const id = role.kind === "known" && authId !== null ? known(`${role.value}:${authId}`) : undecided;
  if (isSame) return { id };
  const open = identityFields.filter((name) => config[name].kind === "null").map((name) => [name, undecided] as const);
  const decided = authId !== null && config.auth_id.kind === "null" ? { auth_id: known(authId) } : {};
  return { id, ...Object.fromEntries(open), ...decided };
}

function shownId({ prior }: MemberPlan, decision: MemberDecision): string | null {
  if (decision.kind === "same") return prior.auth_id;
  return decision.kind === "other" ? decision.authId : null;
}

import type { PlanContext } from "../../framework/resource.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../lock-out.ts";
import { identifyingAttributes, referenceOf } from "./model.ts";
import { isSameMemberName, isSameSid } from "./rules.ts";
import type { RoleMemberSchema } from "./schema.ts";

type Plan = PlanContext<RoleMemberSchema, Connection>;

/** Refuses to share a role with `qumulo_role_members`, and to replace the member that the own rights come from. */
export async function planRoleMember(context: Plan): Promise<void> {
  const { planned, prior, client, diagnostics } = context;
  if (client !== undefined && planned.role_name.kind === "known") {
    const rivalry = client.memory.roleClaims.claimSingle(planned.role_name.value);
    if (rivalry !== undefined) diagnostics.error(rivalry);
    client.memory.plannedRights.addRoleMember(planned.role_name.value, findMember(planned));
  }
  refuseContradiction(context);
  if (prior === undefined || !isReplaced(context) || prior.auth_id === null) return;
  const isAllowed = prior.allow_lock_out;
  const { role_name: roleName, auth_id } = prior;
  await refuseLockOut({ ...context, isAllowed }, { kind: "members-leave", roleName, authIds: [auth_id] });
}

/** The identity as far as the plan names it; `undefined` while all that names it is decided during apply. */
function findMember(planned: Plan["planned"]): IdentityReference | undefined {
  if (!identifyingAttributes.some((name) => planned[name].kind === "known")) return undefined;
  return referenceOf(planned);
}

/** Whether the plan ends this membership for another one. What is not known yet may be anything. */
function isReplaced({ config, prior }: Plan): boolean {
  if (prior === undefined) return false;
  const { role_name: roleName } = config;
  if (roleName.kind !== "known" || !isSameRoleName(roleName.value, prior.role_name)) return true;
  return identifyingAttributes.some((name) => {
    const configured = config[name];
    if (configured.kind !== "known") return configured.kind === "unknown";
    return !isSameValue(name, configured.value, prior[name] ?? "");
  });
}

function isSameValue(attribute: (typeof identifyingAttributes)[number], configured: string, before: string): boolean {
  if (attribute === "name") return isSameMemberName(configured, before);
  return attribute === "sid" ? isSameSid(configured, before) : configured === before;
}

/**
 * Refuses to name the present member by one attribute and another identity by a second one. The cluster would refuse it
 * after the present membership is gone. Engines write so by themselves where `ignore_changes` keeps an attribute.
 */
function refuseContradiction({ config, prior, diagnostics }: Plan): void {
  if (prior === undefined) return;
  const given = identifyingAttributes.flatMap((name) => {
    const [configured, before] = [config[name], prior[name]];
    if (configured.kind !== "known" || before === null) return [];
    return [{ name, isSame: isSameValue(name, configured.value, before), value: configured.value, before }];
  });
  const [kept, other] = [given.find(({ isSame }) => isSame), given.find(({ isSame }) => !isSame)];
  if (kept === undefined || other === undefined) return;
  diagnostics.error({
    summary: "Role member is named twice, differently",
    detail: `${kept.name} is "${kept.value}", which is "${other.before}" by ${other.name}, and ${other.name} is "${other.value}". Name one identity: take ${kept.name} out of the configuration, and out of ignore_changes, which keeps it as it was.`,
    attribute: [other.name],
  });
}

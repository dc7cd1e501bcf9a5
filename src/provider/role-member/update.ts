import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { UpdateContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { canChangeMeaning, findMeaning, meaningPrivileges } from "../identity/meaning.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { addMember, byRun } from "./create.ts";
import { agrees } from "./decide.ts";
import { leaveRole } from "./delete.ts";
import { asPlanned, fieldsOf, noFields, referenceOf, type RoleMemberModel, toModel } from "./model.ts";
import { rememberMember } from "./private-state.ts";
import type { RoleMemberSchema } from "./schema.ts";
import { meantOtherwise } from "./unresolved.ts";

type Update = UpdateContext<RoleMemberSchema, Connection>;

/**
 * Moves a membership to another member, or to another role. The new membership is added before the old one is removed, so that
 * after a failure in between, the next run can start from there. If the member turns out to be the same, nothing changes.
 */
export async function updateRoleMember(context: Update): Promise<RoleMemberModel> {
  const { planned, prior, config, privateState } = context;
  const asked = referenceOf(config);
  const identity = isUnmoved(context, asked) ? undefined : await addMember(context, await wantedMember(context, asked));
  if (identity !== undefined && !isMembership(prior, planned.role_name, identity.authId))
    await leaveRole(context, prior);
  rememberMember(privateState, { named: asked });
  const { role_name, allow_lock_out } = planned;
  if (identity === undefined) return asPlanned(planned, { ...prior, role_name, allow_lock_out });
  // What another member does not have must not stay of the one before.
  const known = identity.authId === prior.auth_id ? prior : noFields;
  return asPlanned(planned, toModel(role_name, identity, { ...known, allow_lock_out }));
}

/** Whether only spellings, or attributes that only concern the provider, differ from before. */
function isUnmoved({ planned, prior }: Update, asked: IdentityReference): boolean {
  const authId = knownOrUndefined(planned.auth_id);
  if (authId === undefined || !isMembership(prior, planned.role_name, authId)) return false;
  // What is said in addition to an exact id may contradict it, which the cluster tells.
  return canChangeMeaning(asked) || agrees(asked, referenceOf(fieldsOf(prior)));
}

function isMembership(prior: RoleMemberModel, roleName: string, authId: string): boolean {
  return isSameRoleName(roleName, prior.role_name) && prior.auth_id === authId;
}

/**
 * The member that was planned.
 *
 * @throws {DiagnosticError} when the name means another by now than the plan shows: nothing has been changed then
 */
async function wantedMember(context: Update, asked: IdentityReference): Promise<IdentityReference> {
  const { planned, prior, client, signal } = context;
  const authId = knownOrUndefined(planned.auth_id);
  if (asked.authId !== undefined || authId === undefined) return byRun(context, asked);
  const isSure = authId === prior.auth_id || client.memory.localUsers.findCreated({ authId }) !== undefined;
  if (isSure || !canChangeMeaning(asked)) return { authId };
  const summary = `Whom the name of the new member of role ${planned.role_name} means could not be looked up`;
  const meaning = await withDiagnostics({ summary, privilege: meaningPrivileges }, async () =>
    findMeaning(client.writes.until(signal), asked),
  );
  if (meaning.kind === "somebody" && meaning.identity.authId === authId) return { authId };
  throw meantOtherwise(asked, { authId, meaning });
}

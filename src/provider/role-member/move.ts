import type { ClusterError } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DiagnosticError } from "../../framework/diagnostics.ts";
import type { StateModel } from "../../framework/model.ts";
import type { CreateContext, UpdateContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { canChangeMeaning, findMeaning, findPlannedName, meaningPrivileges } from "../identity/meaning.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { roleMembersQueue } from "../run/role-claims.ts";
import { addRoleMember } from "./add.ts";
import { agrees } from "./decide.ts";
import { rememberMember } from "./memory.ts";
import { asPlanned, fieldsOf, noFields, referenceOf, toModel, toState } from "./model.ts";
import type { RoleMemberSchema } from "./schema.ts";
import { meantOtherwise, unresolvedMember } from "./unresolved.ts";

type RoleMemberModel = StateModel<RoleMemberSchema>;
type Create = CreateContext<RoleMemberSchema, Connection>;
type Update = UpdateContext<RoleMemberSchema, Connection>;

/** Makes a membership. */
export async function createMember(context: Create): Promise<RoleMemberModel> {
  const { planned, config, privateState } = context;
  const asked = referenceOf(config);
  const identity = await addMember(context, byRun(context, asked));
  rememberMember(privateState, { named: asked });
  const { role_name: roleName, allow_lock_out } = planned;
  return asPlanned(planned, toModel(roleName, identity, { ...toState(planned), allow_lock_out }));
}

/**
 * Makes a membership one of another member, or of another role: adds first and removes then, so that a failure in between
 * leaves what the next run begins with. Where the member turns out to be the one of before, nothing changes.
 */
export async function moveMember(context: Update): Promise<RoleMemberModel> {
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

/**
 * Takes the role from a member, unless another object of this run has come to manage just that: a `qumulo_role_members` that
 * takes the role over, or a `qumulo_role_member` that moved there, as all do behind one that is taken out of a list.
 */
export async function leaveRole(
  { client, signal }: Pick<Update, "client" | "signal">,
  { role_name: roleName, auth_id: authId }: Pick<RoleMemberModel, "role_name" | "auth_id">,
): Promise<void> {
  if (authId === null) return;
  const { roleMembers } = client.writes.until(signal);
  const summary = `Member ${authId} of role ${roleName} could not be removed`;
  const remove = async (): Promise<void> => {
    const { roleClaims } = client.memory;
    if (roleClaims.isWhole(roleName) || roleClaims.isCreated(roleName, authId)) return;
    await deleteAndVerify(
      async () => roleMembers.remove(roleName, authId),
      async () => (await roleMembers.find(roleName, authId)) !== undefined,
    );
  };
  await withDiagnostics({ summary, privilege: rolePrivileges.write }, async () =>
    client.memory.queues.run(roleMembersQueue(roleName), remove),
  );
}

/** Whether nothing but spellings, and what is for the provider alone, differs from before. */
function isUnmoved({ planned, prior }: Update, asked: IdentityReference): boolean {
  const authId = knownOrUndefined(planned.auth_id);
  if (authId === undefined || !isMembership(prior, planned.role_name, authId)) return false;
  // What is said beside an exact id may contradict it, which the cluster tells.
  return canChangeMeaning(asked) || agrees(asked, referenceOf(fieldsOf(prior)));
}

function isMembership(prior: RoleMemberModel, roleName: string, authId: string): boolean {
  return isSameRoleName(roleName, prior.role_name) && prior.auth_id === authId;
}

async function addMember({ planned, client, signal }: Create, member: IdentityReference): Promise<Identity> {
  const { role_name: roleName } = planned;
  const { memory } = client;
  return memory.queues.run(roleMembersQueue(roleName), async () => {
    const unresolved = (cause: ClusterError): DiagnosticError => unresolvedMember(member, cause);
    const identity = await addRoleMember(client.writes.until(signal), { roleName, member, unresolved });
    memory.roleClaims.addCreated(roleName, identity.authId);
    return identity;
  });
}

/** An account that this run made or renamed is known by its id. */
function byRun({ client }: Pick<Create, "client">, asked: IdentityReference): IdentityReference {
  const planned = findPlannedName(client, asked);
  return planned?.kind === "given" ? { authId: planned.authId } : asked;
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

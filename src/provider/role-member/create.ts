import type { ClusterError } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import type { DiagnosticError } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Connection } from "../connection.ts";
import { findPlannedName } from "../identity/meaning.ts";
import { roleMembersQueue } from "../run/role-claims.ts";
import { addRoleMember } from "./add.ts";
import { asPlanned, referenceOf, type RoleMemberModel, toModel, toState } from "./model.ts";
import { rememberMember } from "./private-state.ts";
import type { RoleMemberSchema } from "./schema.ts";
import { unresolvedMember } from "./unresolved.ts";

type Create = CreateContext<RoleMemberSchema, Connection>;

/** Creates a membership. */
export async function createRoleMember(context: Create): Promise<RoleMemberModel> {
  const { planned, config, privateState } = context;
  const asked = referenceOf(config);
  const identity = await addMember(context, byRun(context, asked));
  rememberMember(privateState, { named: asked });
  const { role_name: roleName, allow_lock_out } = planned;
  return asPlanned(planned, toModel(roleName, identity, { ...toState(planned), allow_lock_out }));
}

/** Gives the role to a member, and records that for the rest of the run. */
export async function addMember({ planned, client, signal }: Create, member: IdentityReference): Promise<Identity> {
  const { role_name: roleName } = planned;
  const { memory } = client;
  return memory.queues.run(roleMembersQueue(roleName), async () => {
    const unresolved = (cause: ClusterError): DiagnosticError => unresolvedMember(member, cause);
    const identity = await addRoleMember(client.writes.until(signal), { roleName, member, unresolved });
    memory.roleClaims.addCreated(roleName, identity.authId);
    return identity;
  });
}

/** Replaces the name of an account that this run created or renamed by the account's id. */
export function byRun({ client }: Pick<Create, "client">, asked: IdentityReference): IdentityReference {
  const planned = findPlannedName(client, asked);
  return planned?.kind === "given" ? { authId: planned.authId } : asked;
}

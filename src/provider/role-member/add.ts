import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isNamedBy } from "../identity/meaning-now.ts";
import { canChangeMeaning, findLocal, findMeaning, localNameIn, meaningPrivileges } from "../identity/meaning.ts";
import { isSameSid } from "../identity/same-identity.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";

/** Who is to be added to which role. */
export interface NewMember {
  readonly roleName: string;
  readonly member: IdentityReference;
  /** The message for an identity that the cluster cannot find. */
  readonly unresolved: (cause: ClusterError) => DiagnosticError;
}

/**
 * Makes sure that the identity is a member. It is a success if it was one already.
 *
 * @returns the member as the cluster knows it
 * @throws {DiagnosticError} when there is no such role or identity, or the cluster refuses otherwise
 */
export async function addRoleMember(cluster: Cluster, { roleName, member, unresolved }: NewMember): Promise<Identity> {
  const summary = `Member could not be added to role ${roleName}`;
  return withDiagnostics({ summary, privilege: rolePrivileges.write }, async () => {
    try {
      return await cluster.roleMembers.add(roleName, member);
    } catch (error) {
      if (isAnswer(error, 400)) return addByList(cluster, { roleName, member, unresolved }, error);
      if (isAnswer(error, 404)) throw noSuchRole(roleName, error);
      if (!isAnswer(error, 409) && !isOutcomeUnknown(error)) throw error;
      // A membership is the same whoever made it, and adding it twice does no more than once.
      return (await findMember(cluster, roleName, member)) ?? cluster.roleMembers.add(roleName, member);
    }
  });
}

const hiddenDetail = `The provider's own account needs ${meaningPrivileges} for this. Grant it a role with those privileges, use another account, or name the member by its auth_id.`;

/**
 * Adds a member by the id that the cluster's lists give its name. The cluster's own look-up of a name may still find the
 * account that had the name before.
 */
async function addByList(
  cluster: Cluster,
  { roleName, member, unresolved }: NewMember,
  cause: ClusterError,
): Promise<Identity> {
  const name = localNameIn(member);
  const local = name === undefined ? undefined : await findLocal(cluster, name);
  if (local === undefined || local === "hidden") throw unresolved(cause);
  return addRoleMember(cluster, { roleName, member: { authId: local.authId }, unresolved });
}

async function findMember(
  cluster: Cluster,
  roleName: string,
  member: IdentityReference,
): Promise<Identity | undefined> {
  if (member.authId !== undefined) return cluster.roleMembers.find(roleName, member.authId);
  const listed = await cluster.roleMembers.list(roleName);
  if (!canChangeMeaning(member)) return listed.find(({ sid = "" }) => isSameSid(sid, member.sid ?? ""));
  const named = listed.find((identity) => isNamedBy(member, identity));
  if (named !== undefined) return named;
  const summary = `Whether role ${roleName} has the member already could not be read`;
  const meaning = await withDiagnostics({ summary, privilege: meaningPrivileges }, async () =>
    findMeaning(cluster, member),
  );
  if (meaning.kind === "hidden") throw new DiagnosticError({ summary, detail: hiddenDetail });
  return meaning.kind === "somebody" ? listed.find(({ authId }) => authId === meaning.identity.authId) : undefined;
}

/** Says that members can only be given to a role that is there. */
export function noSuchRole(roleName: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "No such role",
      detail: `The cluster has no role named "${roleName}". Check the spelling; for a role of this configuration, write role_name = qumulo_role.….name, so that the role is created first.`,
      attribute: ["role_name"],
    },
    { cause },
  );
}

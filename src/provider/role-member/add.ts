import type { Cluster } from "../../client/cluster.ts";
import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { explained } from "../cluster-diagnostics.ts";

/** Who is to be added to which role. */
export interface NewMember {
  readonly roleName: string;
  readonly member: IdentityReference;
  /** The message for an identity that the cluster cannot find. */
  readonly unresolved: (cause: ClusterError) => DiagnosticError;
}

/**
 * Makes sure that the identity is a member; whoever made it one.
 *
 * @returns the member as the cluster knows it
 * @throws {DiagnosticError} when there is no such role or identity, or the cluster refuses otherwise
 */
export async function addRoleMember(cluster: Cluster, { roleName, member, unresolved }: NewMember): Promise<Identity> {
  const summary = `Member could not be added to role ${roleName}`;
  return explained({ summary, privilege: "PRIVILEGE_ROLE_WRITE" }, async () => {
    try {
      return await cluster.roleMembers.add(roleName, member);
    } catch (error) {
      if (isAnswer(error, 400)) throw unresolved(error);
      if (isAnswer(error, 404)) throw noSuchRole(roleName, error);
      if (!isAnswer(error, 409) && !isOutcomeUnknown(error)) throw error;
      // A membership is the same whoever made it, and adding it twice does no more than once.
      return (await findMember(cluster, roleName, member)) ?? cluster.roleMembers.add(roleName, member);
    }
  });
}

async function findMember(
  cluster: Cluster,
  roleName: string,
  member: IdentityReference,
): Promise<Identity | undefined> {
  const authId = member.authId ?? (await findAuthId(cluster, roleName, member));
  return cluster.roleMembers.find(roleName, authId);
}

async function findAuthId(cluster: Cluster, roleName: string, member: IdentityReference): Promise<string> {
  const summary = `Whether role ${roleName} has the member already could not be read`;
  return explained({ summary, privilege: "PRIVILEGE_IDENTITY_READ" }, async () => {
    return (await cluster.identities.get(member)).authId;
  });
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

import type { Cluster } from "../../client/cluster.ts";
import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Role } from "../../client/roles.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";

type NamedRole = Role & { readonly name: string };

/**
 * Creates a role. When the cluster's answer is lost, it looks: a role that is there then may be somebody else's, and is
 * left alone.
 *
 * @throws {DiagnosticError} when the cluster refuses, or a role is there that may be somebody else's
 */
export async function createRole(cluster: Cluster, role: NamedRole): Promise<NamedRole> {
  const summary = `Role ${role.name} could not be created`;
  return explained({ summary, privilege: "PRIVILEGE_ROLE_WRITE" }, async () => {
    try {
      return await cluster.roles.create(role);
    } catch (error) {
      if (isAnswer(error, 409)) throw taken(role.name, error);
      if (!isOutcomeUnknown(error)) throw error;
      // Names are unique: even if the first request is carried out late, there will be one role of that name.
      if ((await cluster.roles.find(role.name)) === undefined) return cluster.roles.create(role);
      throw unproven(role.name, error);
    }
  });
}

function taken(name: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "Role exists already",
      detail: `The cluster has a role named "${name}", in this or another case. Choose another name, or manage that role from here by importing it with the id "${name}".`,
      attribute: ["name"],
    },
    { cause },
  );
}

function unproven(name: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "Whether the role was created is unknown",
      detail: `${whatHappened(cause)} Now the cluster has a role "${name}", and nothing proves that this request made it. If it is yours, import it with the id "${name}"; otherwise choose another name.`,
      attribute: ["name"],
    },
    { cause },
  );
}

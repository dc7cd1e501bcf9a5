import { type ClusterError, isAnswer, unlessAnswered } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { NamedRole, Role } from "../../client/roles.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError, type Diagnostics } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createSurely, takenOver } from "../operation/creation.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type RoleModel, toModel } from "./model.ts";
import { rolePrivileges } from "./needed-privileges.ts";
import type { RoleSchema } from "./schema.ts";

/** Creates a role. */
export async function createRole({
  planned,
  client,
  signal,
  diagnostics,
}: CreateContext<RoleSchema, Connection>): Promise<RoleModel> {
  const { name, description, privileges } = planned;
  const role = await makeRole(client.writes.until(signal), { name, description, privileges }, diagnostics);
  return toModel({ ...planned, name: role.name }, role);
}

/**
 * Makes a role on the cluster. When the cluster's answer is lost, it looks: a role that was not there before, is exactly as asked for
 * and has no members is taken over with a warning; any other may be somebody else's, and is left alone.
 *
 * @throws {DiagnosticError} when the cluster refuses, or a role is there that may be somebody else's
 */
async function makeRole(cluster: Cluster, role: NamedRole, diagnostics: Diagnostics): Promise<NamedRole> {
  const { name } = role;
  const { roles } = cluster;
  const find = async (): Promise<NamedRole | undefined> => {
    const found = await roles.find(name);
    return found && { ...found, name };
  };
  const attempt = { summary: `Role ${name} could not be created`, privilege: rolePrivileges.write };
  return withDiagnostics(attempt, async () => {
    const before = await unlessAnswered([403], async () => ({ role: await find() }));
    if (before?.role !== undefined) throw taken(name);
    return createSurely({
      async create() {
        try {
          return await roles.create(role);
        } catch (error) {
          throw isAnswer(error, 409) ? taken(name, error) : error;
        }
      },
      find,
      async takeOver(found, lost) {
        if (before === undefined || !(await isAsAskedFor(cluster, found, role))) throw unproven(name, lost);
        diagnostics.warning(takenOver(`role "${name}"`, lost));
        return found;
      },
    });
  });
}

/** Whether a role is exactly what the request would have created, and nobody has used it yet. */
async function isAsAskedFor(cluster: Cluster, found: NamedRole, role: NamedRole): Promise<boolean> {
  return contentOf(found) === contentOf(role) && (await cluster.roleMembers.list(role.name)).length === 0;
}

function contentOf({ description, privileges }: Role): string {
  return JSON.stringify([description, privileges.toSorted()]);
}

function taken(name: string, cause?: ClusterError): DiagnosticError {
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
      detail: `${describeFailure(cause)} Now the cluster has a role "${name}", and nothing shows that this request made it. If it is yours, import it with the id "${name}"; otherwise choose another name.`,
      attribute: ["name"],
    },
    { cause },
  );
}

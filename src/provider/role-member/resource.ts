import type { Cluster } from "../../client/cluster.ts";
import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { removed, type Resource } from "../../framework/resource.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { deleteSurely } from "../deletion.ts";
import { importedText } from "../import-id.ts";
import { identifyingAttributes, referenceOf, toModel, toState } from "./model.ts";
import { roleMemberIdentity, roleMemberSchema, type RoleMemberSchema } from "./schema.ts";

const readPrivilege = "PRIVILEGE_ROLE_READ";
const writePrivilege = "PRIVILEGE_ROLE_WRITE";

/** Manages single members of roles. Every change replaces. */
export const roleMemberResource = {
  name: "role_member",
  schema: roleMemberSchema,
  identity: roleMemberIdentity,

  validate({ config, diagnostics }) {
    if (identifyingAttributes.some((name) => config[name].kind !== "null")) return;
    diagnostics.error({
      summary: "Role member is not named",
      detail: `Name the identity by at least one of ${identifyingAttributes.join(", ")}; for a local user, auth_id = qumulo_local_user.….id is exact.`,
    });
  },

  async create({ planned, client, signal }) {
    const member = referenceOf(planned);
    const identity = await addMember(client.cluster.until(signal), planned.role_name, member);
    return toModel(planned.role_name, identity, toState(planned));
  },

  async read({ state, client, signal }) {
    const { roleMembers } = client.cluster.until(signal);
    const { role_name: roleName, auth_id: authId } = state;
    if (authId === null) return removed;
    const summary = `Member ${authId} of role ${roleName} could not be read`;
    const identity = await explained({ summary, privilege: readPrivilege }, async () =>
      roleMembers.find(roleName, authId),
    );
    return identity === undefined ? removed : toModel(roleName, identity, state);
  },

  async delete({ state, client, signal }) {
    const { roleMembers } = client.cluster.until(signal);
    const { role_name: roleName, auth_id: authId } = state;
    if (authId === null) return;
    const summary = `Member ${authId} of role ${roleName} could not be removed`;
    await explained({ summary, privilege: writePrivilege }, async () =>
      deleteSurely(
        async () => roleMembers.remove(roleName, authId),
        async () => (await roleMembers.find(roleName, authId)) !== undefined,
      ),
    );
  },

  async import(context) {
    const text = context.id ?? `${importedText(context, "role_name")}:${importedText(context, "auth_id")}`;
    const separator = text.lastIndexOf(":");
    const roleName = text.slice(0, Math.max(separator, 0));
    const authId = text.slice(separator + 1);
    if (isRoleName(roleName) && /^\d+$/.test(authId)) {
      return Promise.resolve({ id: text, role_name: roleName, auth_id: authId });
    }
    throw new DiagnosticError({
      summary: "Import id is not readable",
      detail: `The id is "${text}". Give the name of the role and the auth_id of the member, joined by a colon, such as "backup-operator:1004".`,
    });
  },

  identify: (state) => ({ role_name: state.role_name, auth_id: state.auth_id }),
} satisfies Resource<RoleMemberSchema, Connection>;

/** Makes sure that the identity is a member; whoever made it one. */
async function addMember(cluster: Cluster, roleName: string, member: IdentityReference): Promise<Identity> {
  const summary = `Member could not be added to role ${roleName}`;
  return explained({ summary, privilege: writePrivilege }, async () => {
    try {
      return await cluster.roleMembers.add(roleName, member);
    } catch (error) {
      if (isAnswer(error, 400)) throw unresolved(member, error);
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
  const authId = member.authId ?? (await cluster.identities.get(member)).authId;
  return cluster.roleMembers.find(roleName, authId);
}

function unresolved(member: IdentityReference, cause: ClusterError): DiagnosticError {
  const attribute = attributeAtFault(member);
  return new DiagnosticError(
    {
      summary: "Role member cannot be found",
      detail: `${whatHappened(cause)} Check that ${attribute} names an existing user or group, and that the other attributes mean the same one.`,
      attribute: [attribute],
    },
    { cause },
  );
}

function attributeAtFault(member: IdentityReference): string {
  if (member.authId !== undefined) return "auth_id";
  if (member.name !== undefined) return "name";
  if (member.sid !== undefined) return "sid";
  return member.uid === undefined ? "gid" : "uid";
}

function noSuchRole(roleName: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "No such role",
      detail: `The cluster has no role named "${roleName}". Check the spelling; for a role of this configuration, write role_name = qumulo_role.….name, so that the role is created first.`,
      attribute: ["role_name"],
    },
    { cause },
  );
}

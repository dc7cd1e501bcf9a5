import type { ClusterError } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { JsonObject } from "../../framework/json.ts";
import { removed, type Resource } from "../../framework/resource.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { deleteSurely } from "../deletion.ts";
import { idPartsIn, textIn } from "../earlier-state.ts";
import { importedText } from "../import-id.ts";
import { refuseLockOut } from "../lock-out.ts";
import { posixIdValidator } from "../posix-id.ts";
import { roleMembersQueue } from "../role-claims.ts";
import { addRoleMember } from "./add.ts";
import { identifyingAttributes, referenceOf, toModel, toState } from "./model.ts";
import { planRoleMember } from "./plan.ts";
import { roleMemberIdentity, roleMemberSchema, type RoleMemberSchema } from "./schema.ts";

const readPrivilege = "PRIVILEGE_ROLE_READ";
const writePrivilege = "PRIVILEGE_ROLE_WRITE";

/** Manages single members of roles. Whoever else is to be a member of whatever else replaces. */
export const roleMemberResource = {
  name: "role_member",
  schema: roleMemberSchema,
  identity: roleMemberIdentity,
  upgrade: { 0: upgradeState },

  validate({ config, diagnostics }) {
    if (identifyingAttributes.some((name) => config[name].kind !== "null")) return;
    diagnostics.error({
      summary: "Role member is not named",
      detail: `Name the identity by at least one of ${identifyingAttributes.join(", ")}; for a local user, auth_id = qumulo_local_user.….id is exact.`,
    });
  },

  async plan(context) {
    await planRoleMember(context);
    return {};
  },

  async planDestroy(context) {
    const { role_name: roleName, auth_id, allow_lock_out: isAllowed } = context.prior;
    if (auth_id === null) return;
    await refuseLockOut({ ...context, isAllowed }, { kind: "members-leave", roleName, authIds: [auth_id] });
  },

  async create({ planned, client, signal }) {
    const { role_name: roleName, allow_lock_out } = planned;
    const member = referenceOf(planned);
    const { memory } = client;
    return memory.oneAtATime(roleMembersQueue(roleName), async () => {
      const identity = await addRoleMember(client.cluster.until(signal), {
        roleName,
        member,
        unresolved: (cause) => unresolved(member, cause),
      });
      memory.roleClaims.addCreated(roleName, identity.authId);
      return toModel(roleName, identity, { ...toState(planned), allow_lock_out });
    });
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

  // Whatever says who is a member of what replaces; what is left is for the provider alone.
  async update({ planned, prior }) {
    return Promise.resolve({ ...prior, allow_lock_out: planned.allow_lock_out });
  },

  async delete({ state, client, signal }) {
    const { roleMembers } = client.cluster.until(signal);
    const { role_name: roleName, auth_id: authId } = state;
    if (authId === null) return;
    const summary = `Member ${authId} of role ${roleName} could not be removed`;
    const remove = async (): Promise<void> => {
      // A qumulo_role_members that takes the role over in this run decides from now on who stays.
      if (client.memory.roleClaims.isWhole(roleName)) return;
      await deleteSurely(
        async () => roleMembers.remove(roleName, authId),
        async () => (await roleMembers.find(roleName, authId)) !== undefined,
      );
    };
    await explained({ summary, privilege: writePrivilege }, async () =>
      client.memory.oneAtATime(roleMembersQueue(roleName), remove),
    );
  },

  async import(context) {
    const text = context.id ?? `${importedText(context, "role_name")}:${importedText(context, "auth_id")}`;
    const separator = text.lastIndexOf(":");
    const roleName = text.slice(0, Math.max(separator, 0));
    const authId = text.slice(separator + 1);
    if (isRoleName(roleName) && /^\d+$/.test(authId)) {
      return Promise.resolve({ id: text, role_name: roleName, auth_id: authId, allow_lock_out: false });
    }
    throw new DiagnosticError({
      summary: "Import id is not readable",
      detail: `The id is "${text}". Give the name of the role and the auth_id of the member, joined by a colon, such as "backup-operator:1004".`,
    });
  },

  identify: (state) => ({ role_name: state.role_name, auth_id: state.auth_id }),
} satisfies Resource<RoleMemberSchema, Connection>;

function upgradeState(state: JsonObject): JsonObject {
  const [roleName, authId] = idPartsIn(state);
  return {
    id: textIn(state, "id"),
    role_name: textIn(state, "role_name") ?? roleName,
    // The vendor's provider does not fill in what only the cluster decides before it reads.
    auth_id: textIn(state, "auth_id") ?? authId,
    name: textIn(state, "name"),
    domain: textIn(state, "domain"),
    sid: textIn(state, "sid"),
    uid: posixIdIn(state, "uid"),
    gid: posixIdIn(state, "gid"),
    allow_lock_out: state["allow_lock_out"] === true,
  };
}

/** The vendor's provider stores something unreadable where the cluster answers a number. */
function posixIdIn(state: JsonObject, name: "uid" | "gid"): string | null {
  const id = textIn(state, name);
  return id !== null && posixIdValidator(name).check(id) === undefined ? id : null;
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

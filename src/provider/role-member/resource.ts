import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import { removed, type Resource } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import { isId } from "../attribute/id.ts";
import { posixIdValidator } from "../attribute/posix-id.ts";
import type { Connection } from "../connection.ts";
import { type ChangedMeaning, findMeaningNow } from "../identity/meaning-now.ts";
import { meaningPrivileges } from "../identity/meaning.ts";
import { idPartsIn, textIn } from "../operation/earlier-state.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { recallMember, rememberMember } from "./memory.ts";
import { fieldsOf, identifyingAttributes, referenceOf, toModel } from "./model.ts";
import { createMember, leaveRole, moveMember } from "./move.ts";
import { guardLeaving, planRoleMember } from "./plan.ts";
import { roleMemberIdentity, roleMemberSchema, type RoleMemberSchema } from "./schema.ts";

/** Manages single members of roles. Another member, or another role, is an update that moves the membership. */
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

  plan: planRoleMember,

  async planDestroy(context) {
    await guardLeaving({ ...context, isAllowed: context.prior.allow_lock_out });
  },

  create: createMember,

  async read({ state, client, signal, privateState }) {
    const cluster = client.reads.until(signal);
    const { role_name: roleName, auth_id: authId } = state;
    if (authId === null) return removed;
    const summary = `Member ${authId} of role ${roleName} could not be read`;
    const identity = await withDiagnostics({ summary, privilege: rolePrivileges.read }, async () =>
      cluster.roleMembers.find(roleName, authId),
    );
    if (identity === undefined) return removed;
    const { named } = recallMember(privateState);
    const reference = named ?? namedIn(state);
    const meaning = await findMeaning(cluster, reference, identity);
    rememberMember(privateState, meaning === undefined ? { named } : { named: reference, meaning });
    // The name stays as it was given while it means the member. Without a name the account is gone, and another may have it.
    const isNamedSo = meaning === undefined || meaning.kind === "unchecked";
    const name = (isNamedSo ? reference.name : undefined) ?? identity.name ?? null;
    return { ...toModel(roleName, identity, state), name };
  },

  update: moveMember,

  async delete({ state, client, signal }) {
    await leaveRole({ client, signal }, state);
  },

  async import(context) {
    const text = context.id ?? `${importedText(context, "role_name")}:${importedText(context, "auth_id")}`;
    const separator = text.lastIndexOf(":");
    const roleName = text.slice(0, Math.max(separator, 0));
    const authId = text.slice(separator + 1);
    if (isRoleName(roleName) && isId(authId)) {
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

/** How the member is named in a state that an older version wrote, which does not tell what the practitioner gave. */
function namedIn(state: StateModel<RoleMemberSchema>): IdentityReference {
  const { authId, domain, name } = referenceOf(fieldsOf(state));
  if (name === undefined) return authId === undefined ? {} : { authId };
  return domain === undefined ? { name } : { domain, name };
}

async function findMeaning(
  cluster: Cluster,
  reference: IdentityReference,
  member: Identity,
): Promise<ChangedMeaning | undefined> {
  const summary = `Whom the name of member ${member.authId} means now could not be looked up`;
  const meaning = await withDiagnostics({ summary, privilege: meaningPrivileges }, async () =>
    findMeaningNow(cluster, reference, member),
  );
  return meaning.kind === "same" ? undefined : meaning;
}

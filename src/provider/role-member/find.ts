import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import { isId } from "../attribute/id.ts";
import type { Connection } from "../connection.ts";
import { type ChangedMeaning, findMeaningNow } from "../identity/meaning-now.ts";
import { meaningPrivileges } from "../identity/meaning.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { fieldsOf, referenceOf, type RoleMemberModel, toModel } from "./model.ts";
import { recallMember, rememberMember } from "./private-state.ts";
import type { RoleMemberSchema } from "./schema.ts";

/** Reads a membership by the auth_id in state, and remembers whom the name that was given means by now. */
export async function readRoleMember({
  state,
  client,
  signal,
  privateState,
}: ReadContext<RoleMemberSchema, Connection>): Promise<RoleMemberModel | typeof removed> {
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
}

/** How the member is named in a state that an older version wrote, which does not tell what the practitioner gave. */
function namedIn(state: RoleMemberModel): IdentityReference {
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

/** Takes the role and the auth_id of a membership to import. */
export async function importRoleMember(context: ImportContext<Connection>): Promise<Partial<RoleMemberModel>> {
  const text = context.id ?? `${importedText(context, "role_name")}:${importedText(context, "auth_id")}`;
  const separator = text.lastIndexOf(":");
  const roleName = text.slice(0, Math.max(separator, 0));
  const authId = text.slice(separator + 1);
  if (isRoleName(roleName) && isId(authId)) {
    return Promise.resolve({ id: text, role_name: roleName, auth_id: authId, allow_lock_out: false });
  }
  throw new DiagnosticError({
    summary: "Import id is invalid",
    detail: `The id is "${text}". Give the name of the role and the auth_id of the member, joined by a colon, such as "backup-operator:1004".`,
  });
}

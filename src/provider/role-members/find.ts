import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { findMeaningNow, isNamedBy } from "../identity/meaning-now.ts";
import { canChangeMeaning, meaningPrivileges } from "../identity/meaning.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { isMeant, referenceOf, type RoleMembersModel, toModel, withOthers } from "./model.ts";
import { recallMembers, rememberMembers, type StrayText } from "./private-state.ts";
import type { RoleMembersSchema } from "./schema.ts";

type Read = ReadContext<RoleMembersSchema, Connection>;

/**
 * Reads all members of a role. The practitioner's text is kept while it still means the same member. If it now means another
 * account, the member gets a generated text instead, so that the plan shows who leaves and who joins.
 */
export async function readRoleMembers(context: Read): Promise<RoleMembersModel | typeof removed> {
  const { state, client, signal, privateState } = context;
  const cluster = client.reads.until(signal);
  const summary = `Members of role ${state.role_name} could not be read`;
  const listed = await withDiagnostics({ summary, privilege: rolePrivileges.read }, async () =>
    unlessGone(async () => cluster.roleMembers.list(state.role_name)),
  );
  if (listed === undefined) return removed;
  const { members: before } = recallMembers(privateState);
  const byId = new Map(listed.map((member) => [member.authId, member]));
  const named = new Map<string, string>();
  const strays = new Map<string, StrayText>();
  for (const text of state.members) {
    const heldId = before.get(text);
    const held = heldId === undefined ? listed.find((member) => isMeant(text, member)) : byId.get(heldId);
    const found = held === undefined ? findByName(text, listed) : await findNamed(cluster, { text, held }, byId);
    if (typeof found === "string") named.set(text, found);
    else if (found !== undefined) strays.set(text, found);
  }
  // A name that is not checked is taken for what it was.
  for (const [text, { heldId, meaning }] of strays) if (meaning.kind === "unchecked") named.set(text, heldId);
  const members = withOthers(listed, named);
  rememberMembers(privateState, members, strays);
  return toModel(state, members);
}

/** The list, unless there is no such role. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}

/**
 * Finds a member by name among those that are listed: the earlier member may have been replaced by another account of that
 * name.
 */
function findByName(text: string, listed: readonly Identity[]): string | undefined {
  const reference = referenceOf(text);
  if (!canChangeMeaning(reference)) return undefined;
  return listed.find((member) => isNamedBy(reference, member))?.authId;
}

/** @returns the auth_id of the member that a text names now, or that it names none any more */
async function findNamed(
  cluster: Cluster,
  { text, held }: { readonly text: string; readonly held: Identity },
  byId: ReadonlyMap<string, Identity>,
): Promise<string | StrayText> {
  const summary = `Whom "${text}" means now could not be looked up`;
  const meaning = await withDiagnostics({ summary, privilege: meaningPrivileges }, async () =>
    findMeaningNow(cluster, referenceOf(text), held),
  );
  if (meaning.kind === "same") return held.authId;
  const isMember = meaning.kind === "other" && byId.has(meaning.authId);
  return isMember ? meaning.authId : { heldId: held.authId, meaning };
}

/** Takes the name of the role whose members are to be imported. */
export async function importRoleMembers(context: ImportContext<Connection>): Promise<Partial<RoleMembersModel>> {
  const roleName = importedText(context, "role_name");
  if (isRoleName(roleName)) {
    return Promise.resolve({ id: roleName, role_name: roleName, members: [], allow_lock_out: false });
  }
  throw new DiagnosticError({
    summary: "Import id is invalid",
    detail: `The id is "${roleName}". Give the name of the role whose members are to be managed, such as "backup-operator".`,
  });
}

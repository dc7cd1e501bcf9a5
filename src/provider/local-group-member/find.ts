import type { Cluster } from "../../client/cluster.ts";
import type { LocalUser } from "../../client/local-users.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { findGroupId } from "../local-group/find.ts";
import { localGroupPrivileges } from "../local-group/needed-privileges.ts";
import { findUserId } from "../local-user/find.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type LocalGroupMemberModel, type Membership, toModel } from "./model.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/** Reads a membership, from the list of all members of the group. */
export async function readLocalGroupMember({
  state,
  client,
  signal,
}: ReadContext<LocalGroupMemberSchema, Connection>): Promise<LocalGroupMemberModel | typeof removed> {
  const summary = `Members of local group ${state.group_id} could not be read`;
  const found = await withDiagnostics({ summary, privilege: localGroupPrivileges.read }, async () =>
    findMember(client.reads.until(signal), state),
  );
  return found === undefined ? removed : toModel(state);
}

/** The user in the group, if it is a member. */
export async function findMember(
  cluster: Cluster,
  { group_id, member_id }: Membership,
): Promise<LocalUser | undefined> {
  const members = await cluster.localGroups.listMembers(group_id);
  return members?.find((user) => user.id === member_id);
}

/** Finds a membership to import by the group and the member, each by id or name. */
export async function importLocalGroupMember(context: ImportContext<Connection>): Promise<LocalGroupMemberModel> {
  return toModel({ ...(await findImported(context)), allow_lock_out: false });
}

async function findImported(context: ImportContext<Connection>): Promise<Membership> {
  const text = context.id ?? `${importedText(context, "group_id")}:${importedText(context, "member_id")}`;
  const [group = "", member = "", ...rest] = text.split(":");
  // No name of a user or group holds a colon.
  if (group !== "" && member !== "" && rest.length === 0) {
    return { group_id: await findGroupId(context, group), member_id: await findUserId(context, member) };
  }
  throw new DiagnosticError({
    summary: "Import id is invalid",
    detail: `The id is "${text}". Give a local group and a local user, each by id or by name, joined by a colon, such as "1007:1004" or "automation:svc-backup".`,
  });
}

import { isAnswer } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { DeleteContext } from "../../framework/resource.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { Connection } from "../connection.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { idOf } from "./model.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";
import type { LocalGroupSchema } from "./schema.ts";

type Delete = DeleteContext<LocalGroupSchema, Connection>;

/** Deletes a local group. */
export async function deleteLocalGroup(context: Delete): Promise<void> {
  const { state, client, signal } = context;
  const { localGroups } = client.writes.until(signal);
  const id = idOf(state);
  const summary = `Local group ${state.name} could not be deleted`;
  await withDiagnostics({ summary, privilege: localGroupPrivileges.write }, async () => {
    try {
      await deleteAndVerify(
        async () => localGroups.delete(id),
        async () => (await localGroups.find(id)) !== undefined,
      );
    } catch (error) {
      throw isAnswer(error, 400) ? ((await inUse(context)) ?? error) : error;
    }
  });
}

/** If the cluster refuses because users have the group as their primary group, explains that and names the users. */
async function inUse({ state, client, signal }: Delete): Promise<DiagnosticError | undefined> {
  const members = await client.writes.until(signal).localGroups.listMembers(idOf(state));
  const users = members?.filter((user) => user.primaryGroup === state.id) ?? [];
  if (users.length === 0) return undefined;
  return new DiagnosticError({
    summary: `Local group ${state.name} is still a primary group`,
    detail: `It is the primary group of ${listed(users.map((user) => user.name))}, and cannot be deleted before they have another one. Change their primary_group first; in one configuration, refer to this group by primary_group = qumulo_local_group.….id.`,
  });
}

import type { DeleteContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { roleMembersQueue } from "../run/role-claims.ts";
import { unlessGone } from "./find.ts";
import { nameMembers } from "./model.ts";
import { recallMembers } from "./private-state.ts";
import type { RoleMembersSchema } from "./schema.ts";

type Delete = DeleteContext<RoleMembersSchema, Connection>;
type Reach = Pick<Delete, "client" | "signal">;

/** Takes the role from the members that are managed, but for those whom a `qumulo_role_member` takes over in this run. */
export async function deleteRoleMembers(context: Delete): Promise<void> {
  const { state, client, privateState } = context;
  const { role_name: roleName } = state;
  await inTurn(context, roleName, async () => {
    const listed = await unlessGone(async () => client.writes.until(context.signal).roleMembers.list(roleName));
    const managed = nameMembers(listed ?? [], state.members, recallMembers(privateState).members);
    const ids = state.members.flatMap((text) => managed.get(text) ?? []);
    await removeMembers(
      context,
      roleName,
      ids.filter((id) => !client.memory.roleClaims.isCreated(roleName, id)),
    );
  });
}

/** Changes the members of one role while nothing else in this run does. */
export async function inTurn<T>({ client }: Reach, roleName: string, work: () => Promise<T>): Promise<T> {
  const summary = `Members of role ${roleName} could not be changed`;
  return withDiagnostics({ summary, privilege: rolePrivileges.write }, async () =>
    client.memory.queues.run(roleMembersQueue(roleName), work),
  );
}

/** Takes the role from these; whoever has left it already is a success. */
export async function removeMembers(
  { client, signal }: Reach,
  roleName: string,
  authIds: readonly string[],
): Promise<void> {
  const { roleMembers } = client.writes.until(signal);
  for (const authId of authIds) {
    await deleteAndVerify(
      async () => roleMembers.remove(roleName, authId),
      async () => (await roleMembers.find(roleName, authId)) !== undefined,
    );
  }
}

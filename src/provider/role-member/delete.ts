import type { DeleteContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { roleMembersQueue } from "../run/role-claims.ts";
import type { RoleMemberModel } from "./model.ts";
import type { RoleMemberSchema } from "./schema.ts";

type Delete = DeleteContext<RoleMemberSchema, Connection>;

/** Ends a membership. */
export async function deleteRoleMember(context: Delete): Promise<void> {
  await leaveRole(context, context.state);
}

/**
 * Takes the role from a member, unless another object of this run has come to manage just that: a `qumulo_role_members` that
 * takes the role over, or a `qumulo_role_member` that moved there, as all do behind one that is taken out of a list.
 */
export async function leaveRole(
  { client, signal }: Pick<Delete, "client" | "signal">,
  { role_name: roleName, auth_id: authId }: Pick<RoleMemberModel, "role_name" | "auth_id">,
): Promise<void> {
  if (authId === null) return;
  const { roleMembers } = client.writes.until(signal);
  const summary = `Member ${authId} of role ${roleName} could not be removed`;
  const remove = async (): Promise<void> => {
    const { roleClaims } = client.memory;
    if (roleClaims.isWhole(roleName) || roleClaims.isCreated(roleName, authId)) return;
    await deleteAndVerify(
      async () => roleMembers.remove(roleName, authId),
      async () => (await roleMembers.find(roleName, authId)) !== undefined,
    );
  };
  await withDiagnostics({ summary, privilege: rolePrivileges.write }, async () =>
    client.memory.queues.run(roleMembersQueue(roleName), remove),
  );
}

import type { DeleteContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "./needed-privileges.ts";
import type { RoleSchema } from "./schema.ts";

/** Deletes a role, unless somebody changes it at the same moment: the role is read first, and only that version is deleted. */
export async function deleteRole({ state, client, signal }: DeleteContext<RoleSchema, Connection>): Promise<void> {
  const { roles } = client.writes.until(signal);
  const { name } = state;
  await withDiagnostics({ summary: `Role ${name} could not be deleted`, privilege: rolePrivileges.write }, async () => {
    const role = await roles.find(name);
    if (role === undefined) return;
    await deleteAndVerify(
      async () => roles.delete(name, role.etag),
      async () => (await roles.find(name)) !== undefined,
    );
  });
}

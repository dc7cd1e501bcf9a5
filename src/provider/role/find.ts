import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type RoleModel, toModel } from "./model.ts";
import { rolePrivileges } from "./needed-privileges.ts";
import type { RoleSchema } from "./schema.ts";
import { builtInRoleRefusal } from "./validate.ts";

/** Reads a role by its name, which is all that names one. */
export async function readRole({
  state,
  client,
  signal,
}: ReadContext<RoleSchema, Connection>): Promise<RoleModel | typeof removed> {
  const { roles } = client.reads.until(signal);
  const summary = `Role ${state.name} could not be read`;
  const role = await withDiagnostics({ summary, privilege: rolePrivileges.read }, async () => roles.find(state.name));
  return role === undefined ? removed : toModel(state, role);
}

/** Takes the name of a role to import. */
export async function importRole(context: ImportContext<Connection>): Promise<Partial<RoleModel>> {
  const name = importedText(context, "name");
  if (isBuiltInRole(name)) throw new DiagnosticError(builtInRoleRefusal(name));
  return Promise.resolve({ id: name, name, allow_lock_out: false });
}

import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { privilegesSchema, type PrivilegesSchema } from "./schema.ts";

/** Reads which privileges the cluster knows. */
export const privilegesDataSource: DataSource<PrivilegesSchema, Connection> = {
  name: "privileges",
  schema: privilegesSchema,

  async read({ client, signal }) {
    const { roles } = client.reads.until(signal);
    const attempt = { summary: "The privileges could not be read", privilege: rolePrivileges.read };
    const described = await withDiagnostics(attempt, async () => roles.describePrivileges());
    return { privileges: Object.fromEntries(described) };
  },
};

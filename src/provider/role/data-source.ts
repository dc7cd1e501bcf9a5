import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { toIdentityModel } from "../identity/model.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { roleLookupSchema, type RoleLookupSchema, rolesSchema, type RolesSchema } from "./data-source-schema.ts";
import { rolePrivileges } from "./needed-privileges.ts";

/** Reads one role with its members. */
export const roleDataSource: DataSource<RoleLookupSchema, Connection> = {
  name: "role",
  schema: roleLookupSchema,

  async read({ config, client, signal }) {
    const { roles, roleMembers } = client.reads.until(signal);
    const name = knownOrUndefined(config.name) ?? "";
    return withDiagnostics({ summary: `Role ${name} could not be read`, privilege: rolePrivileges.read }, async () => {
      const role = await roles.find(name);
      if (role === undefined) throw noSuchRole(name);
      const members = await roleMembers.list(name);
      return {
        name,
        description: role.description,
        privileges: role.privileges,
        members: members.map(toIdentityModel),
      };
    });
  },
};

/** Reads all roles. */
export const rolesDataSource: DataSource<RolesSchema, Connection> = {
  name: "roles",
  schema: rolesSchema,

  async read({ client, signal }) {
    const { roles } = client.reads.until(signal);
    const all = await withDiagnostics(
      { summary: "The roles could not be read", privilege: rolePrivileges.read },
      async () => roles.list(),
    );
    return { roles: all.map(({ name, description, privileges }) => ({ name, description, privileges })) };
  },
};

function noSuchRole(name: string): DiagnosticError {
  return new DiagnosticError({
    summary: "No such role",
    detail: `The cluster has no role named "${name}". Check the spelling (qq auth_list_roles shows the names), or create it first and refer to the resource.`,
    attribute: ["name"],
  });
}

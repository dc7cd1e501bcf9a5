import type { Role } from "../../client/roles.ts";
import type { UpdateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type RoleModel, toModel } from "./model.ts";
import { rolePrivileges } from "./needed-privileges.ts";
import type { RoleSchema } from "./schema.ts";

/** Changes what differs of a role, if anything. */
export async function updateRole({
  planned,
  prior,
  client,
  signal,
}: UpdateContext<RoleSchema, Connection>): Promise<RoleModel> {
  const { roles } = client.writes.until(signal);
  const wanted = managedPart(planned);
  const before = managedPart(prior);
  const change = changedPart(before, wanted);
  const model = toModel({ ...planned, name: prior.name }, wanted);
  if (Object.keys(change).length === 0) return model;
  await withDiagnostics(
    { summary: `Role ${prior.name} could not be changed`, privilege: rolePrivileges.write },
    async () =>
      changeGuarded({
        what: `Role ${prior.name}`,
        planned: before,
        wanted,
        find: async () => {
          const role = await roles.find(prior.name);
          return role && { value: managedPart(role), etag: role.etag };
        },
        write: async (etag) => {
          await roles.update(prior.name, change, etag);
        },
      }),
  );
  return model;
}

function managedPart({ description, privileges }: Role): Role {
  return { description, privileges: privileges.toSorted() };
}

function changedPart(before: Role, wanted: Role): Partial<Role> {
  const isSameSet = before.privileges.join() === wanted.privileges.join();
  return {
    ...(before.description === wanted.description ? {} : { description: wanted.description }),
    ...(isSameSet ? {} : { privileges: wanted.privileges }),
  };
}

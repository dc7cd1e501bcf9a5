import { isAnswer } from "../../client/cluster-error.ts";
import type { Role } from "../../client/roles.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Json, JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import { type PlanContext, removed, type Resource } from "../../framework/resource.ts";
import { latestKnownCore } from "../../vocabulary/core-features.ts";
import { isOlderVersion } from "../../vocabulary/core-version.ts";
import { isPrivilegeName } from "../../vocabulary/privileges.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { textIn } from "../operation/earlier-state.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { guardedPrivileges } from "../rights/own-rights.ts";
import { createRole } from "./create.ts";
import { rolePrivileges } from "./needed-privileges.ts";
import { unknownPrivileges, warnOfSlips } from "./privileges.ts";
import { roleIdentity, roleSchema, type RoleSchema } from "./schema.ts";
import { builtInRoleDeletion, builtInRoleRefusal } from "./validate.ts";

type RoleModel = StateModel<RoleSchema>;

/** Manages roles. */
export const roleResource = {
  name: "role",
  schema: roleSchema,
  identity: roleIdentity,
  upgrade: { 0: upgradeState },

  validate({ config, diagnostics }) {
    warnOfSlips(config.privileges, diagnostics);
  },

  async plan(context) {
    await checkPrivileges(context);
    await guardOwnRights(context);
    recordRights(context);
    return {};
  },

  async planDestroy(context) {
    const { name, privileges, allow_lock_out: isAllowed } = context.prior;
    if (isBuiltInRole(name)) throw new DiagnosticError(builtInRoleDeletion(name));
    if (!privileges.some(isGuarded)) return;
    await refuseLockOut({ ...context, isAllowed }, { kind: "role-changes", roleName: name, privileges: [] });
  },

  async create({ planned, client, signal, diagnostics }) {
    const { name, description, privileges } = planned;
    const role = await createRole(client.writes.until(signal), { name, description, privileges }, diagnostics);
    return toModel({ ...planned, name: role.name }, role);
  },

  async read({ state, client, signal }) {
    const { roles } = client.reads.until(signal);
    const summary = `Role ${state.name} could not be read`;
    const role = await withDiagnostics({ summary, privilege: rolePrivileges.read }, async () => roles.find(state.name));
    return role === undefined ? removed : toModel(state, role);
  },

  async update({ planned, prior, client, signal }) {
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
  },

  async delete({ state, client, signal }) {
    const { roles } = client.writes.until(signal);
    const { name } = state;
    await withDiagnostics(
      { summary: `Role ${name} could not be deleted`, privilege: rolePrivileges.write },
      async () => {
        const role = await roles.find(name);
        if (role === undefined) return;
        await deleteAndVerify(
          async () => roles.delete(name, role.etag),
          async () => (await roles.find(name)) !== undefined,
        );
      },
    );
  },

  async import(context) {
    const name = importedText(context, "name");
    if (isBuiltInRole(name)) throw new DiagnosticError(builtInRoleRefusal(name));
    return Promise.resolve({ id: name, name, allow_lock_out: false });
  },

  identify: (state) => ({ name: state.name }),
} satisfies Resource<RoleSchema, Connection>;

function upgradeState(state: JsonObject): JsonObject {
  const stored = state["privileges"];
  const name = textIn(state, "name") ?? textIn(state, "id");
  return {
    id: name,
    name,
    description: textIn(state, "description") ?? "",
    // The vendor's provider keeps a list, which may name a privilege twice.
    privileges: Array.isArray(stored) ? [...new Set<Json>(stored)] : [],
    allow_lock_out: state["allow_lock_out"] === true,
  };
}

function toModel({ name, allow_lock_out }: Pick<RoleModel, "name" | "allow_lock_out">, role: Role): RoleModel {
  const { description, privileges } = role;
  return { id: name, name, description, privileges, allow_lock_out };
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

function isGuarded(privilege: string): boolean {
  return guardedPrivileges.some((guarded) => guarded === privilege);
}

/** Refuses to take from the provider's own account what it holds through this role, by a change or a replacement. */
async function guardOwnRights(context: PlanContext<RoleSchema, Connection>): Promise<void> {
  const { planned, prior, diagnostics } = context;
  if (prior === undefined || diagnostics.hasErrors) return;
  const isReplaced = planned.name.kind !== "known" || planned.name.value !== prior.name;
  const left = isReplaced ? [] : (knownOrUndefined(planned.privileges) ?? prior.privileges);
  if (!prior.privileges.some((privilege) => isGuarded(privilege) && !left.includes(privilege))) return;
  const isAllowed = isReplaced ? prior.allow_lock_out : knownOrUndefined(planned.allow_lock_out) === true;
  await refuseLockOut(
    { ...context, isAllowed, attribute: [isReplaced ? "name" : "privileges"] },
    { kind: "role-changes", roleName: prior.name, privileges: left },
  );
}

/** Lets what is planned later know what members of this role will hold. */
function recordRights({ planned, client }: PlanContext<RoleSchema, Connection>): void {
  const [name, privileges] = [knownOrUndefined(planned.name), knownOrUndefined(planned.privileges)];
  if (name === undefined || privileges === undefined) return;
  client?.memory.plannedRights.setPrivileges(name, privileges);
}

/** Asks the cluster for privileges that it may not know, so that its refusal comes with the plan. */
async function checkPrivileges(context: PlanContext<RoleSchema, Connection>): Promise<void> {
  const { planned, prior, client, signal, diagnostics } = context;
  const names = knownOrUndefined(planned.privileges);
  if (client === undefined || names === undefined) return;
  const added = names.filter((name) => prior?.privileges.includes(name) !== true);
  const isOldCore = client.coreVersion !== undefined && isOlderVersion(client.coreVersion, latestKnownCore);
  const doubtful = isOldCore ? added : added.filter((name) => !isPrivilegeName(name));
  if (doubtful.length === 0) return;
  const { roles } = client.reads.until(signal);
  const known = await roles.listPrivileges().catch((error: unknown) => {
    // Without the right to list them the cluster's own refusal has to do.
    if (isAnswer(error, 403)) return doubtful;
    throw error;
  });
  const wrong = doubtful.filter((name) => !known.includes(name));
  if (wrong.length > 0) diagnostics.error({ ...unknownPrivileges(wrong, known), attribute: ["privileges"] });
}

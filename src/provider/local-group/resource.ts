import { isAnswer } from "../../client/cluster-error.ts";
import type { LocalGroup, LocalGroupSettings } from "../../client/local-groups.ts";
import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError, type DiagnosticText } from "../../framework/diagnostics.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { PlannedModel, StateModel } from "../../framework/model.ts";
import {
  type DeleteContext,
  type PlanContext,
  removed,
  type Resource,
  type UpdateContext,
} from "../../framework/resource.ts";
import { listed } from "../../vocabulary/listed.ts";
import { plannedText, planText, setText, textOrUnset } from "../attribute/absent-text.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { storedText, textIn } from "../operation/earlier-state.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { builtInDeletion, builtInNameFault, isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { createLocalGroup } from "./create.ts";
import { findGroupId } from "./find.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";
import { localGroupIdentity, localGroupSchema, type LocalGroupSchema } from "./schema.ts";

type LocalGroupModel = StateModel<LocalGroupSchema>;

/** Manages local groups. */
export const localGroupResource = {
  name: "local_group",
  schema: localGroupSchema,
  identity: localGroupIdentity,
  upgrade: { 0: upgradeState },

  async plan(context) {
    const gid = planText("gid", context);
    checkBuiltIn({ ...context, planned: { ...context.planned, gid } });
    const name = knownOrUndefined(context.planned.name);
    // What is planned later must know whom the name will mean.
    if (name !== undefined) context.client?.memory.plannedNames.plan(context.prior, name);
    return Promise.resolve({ planned: { gid } });
  },

  async planDestroy(context) {
    const { id, name, allow_lock_out: isAllowed } = context.prior;
    if (isBuiltInAccount("group", id)) throw new DiagnosticError(builtInDeletion("group", name));
    context.client?.memory.plannedNames.delete(name);
    await refuseLockOut({ ...context, isAllowed }, { kind: "group-deleted", groupId: id ?? "", name });
  },

  async create({ planned, client, signal, diagnostics }) {
    const wanted = wantedOf(planned);
    return toModel(await createLocalGroup(client.writes.until(signal), settingsOf(wanted), diagnostics), wanted);
  },

  async read({ state, client, signal }) {
    const { localGroups } = client.reads.until(signal);
    const summary = `Local group ${state.name || idOf(state)} could not be read`;
    const attempt = { summary, privilege: localGroupPrivileges.read };
    const group = await withDiagnostics(attempt, async () => localGroups.find(idOf(state)));
    return group === undefined ? removed : toModel(group, state);
  },

  async update(context) {
    await changeSettings(context);
    const { planned, prior } = context;
    return { ...prior, ...wantedOf(planned) };
  },

  async delete(context) {
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
  },

  async import(context) {
    const id = await findGroupId(context, importedText(context, "id"));
    if (isBuiltInAccount("group", id)) {
      context.diagnostics.warning({
        summary: "Built-in group imported",
        detail: `Group ${id} comes with the cluster: it cannot be renamed or deleted. To give up managing it, use a removed block with destroy = false, or state rm.`,
      });
    }
    return { id, gid: "", allow_lock_out: false };
  },

  identify: (state) => ({ id: state.id }),
} satisfies Resource<LocalGroupSchema, Connection>;

function upgradeState(state: JsonObject): JsonObject {
  const [id, name, sid] = ["id", "name", "sid"].map((attribute) => textIn(state, attribute));
  const gid = storedText(state, "gid");
  const allow_lock_out = state["allow_lock_out"] === true;
  return { id: id ?? null, name: name ?? null, gid, sid: sid ?? null, allow_lock_out };
}

type ManagedGroup = Pick<LocalGroupModel, "name" | "gid" | "allow_lock_out">;

function toModel(group: LocalGroup, { gid, allow_lock_out }: Omit<ManagedGroup, "name">): LocalGroupModel {
  const { id, name, sid = null } = group;
  return { id, name, gid: textOrUnset(group.gid, gid), sid, allow_lock_out };
}

function wantedOf({ name, gid, allow_lock_out }: PlannedModel<LocalGroupSchema>): ManagedGroup {
  return { name, gid: plannedText(gid), allow_lock_out };
}

function settingsOf({ name, gid }: Pick<LocalGroupModel, "name" | "gid">): LocalGroupSettings {
  return { name, gid: setText(gid) };
}

function idOf(state: LocalGroupModel): string {
  return state.id ?? "";
}

/** Changes name and gid, if anything. */
async function changeSettings({
  planned,
  prior,
  client,
  signal,
}: UpdateContext<LocalGroupSchema, Connection>): Promise<void> {
  const { localGroups } = client.writes.until(signal);
  const id = idOf(prior);
  const wanted = settingsOf(wantedOf(planned));
  const before = settingsOf(prior);
  if (wanted.name === before.name && wanted.gid === before.gid) return;
  const what = `Local group ${prior.name}`;
  await withDiagnostics({ summary: `${what} could not be changed`, privilege: localGroupPrivileges.write }, async () =>
    changeGuarded({
      what,
      planned: before,
      wanted,
      find: async () => {
        const group = await localGroups.find(id);
        return group && { value: { name: group.name, gid: group.gid }, etag: group.etag };
      },
      write: async (etag) => {
        await localGroups.update(id, wanted, etag);
      },
    }),
  );
}

/** Refuses what the cluster would: a name that is taken by a built-in group, and another name or gid of such a group. */
function checkBuiltIn({ prior, planned, diagnostics }: PlanContext<LocalGroupSchema, Connection>): void {
  const name = knownOrUndefined(planned.name);
  const isRenamed = name !== undefined && name !== prior?.name;
  const fault =
    prior !== undefined && isBuiltInAccount("group", prior.id)
      ? changeOfBuiltIn(prior, isRenamed, planned.gid)
      : isRenamed && builtInNameFault(name);
  if (fault) diagnostics.error(fault);
}

function changeOfBuiltIn(
  prior: LocalGroupModel,
  isRenamed: boolean,
  gid: AttributeValue<string>,
): DiagnosticText | undefined {
  if (isRenamed) return builtInChange(prior, "name");
  return isGidChanged(gid, prior.gid) ? builtInChange(prior, "gid") : undefined;
}

function isGidChanged(planned: AttributeValue<string>, prior: string | null): boolean {
  return planned.kind !== "unknown" && setText(knownOrUndefined(planned)) !== setText(prior);
}

function builtInChange({ name, gid }: LocalGroupModel, attribute: string): DiagnosticText {
  return {
    summary: "Built-in group cannot be changed",
    detail: `${name} comes with the cluster and keeps its name and its gid, which is ${setText(gid) ?? "not set"}. Write the configuration that way, or use a group of your own.`,
    attribute: [attribute],
  };
}

/** Explains a refusal by the users who have the group as their primary group, if there are any. */
async function inUse({
  state,
  client,
  signal,
}: DeleteContext<LocalGroupSchema, Connection>): Promise<DiagnosticError | undefined> {
  const members = await client.writes.until(signal).localGroups.listMembers(idOf(state));
  const users = members?.filter((user) => user.primaryGroup === state.id) ?? [];
  if (users.length === 0) return undefined;
  return new DiagnosticError({
    summary: `Local group ${state.name} is still a primary group`,
    detail: `It is the primary group of ${listed(users.map((user) => user.name))}, and cannot be deleted before they have another one. Change their primary_group first; in one configuration, refer to this group by primary_group = qumulo_local_group.….id.`,
  });
}

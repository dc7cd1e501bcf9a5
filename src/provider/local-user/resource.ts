import { isAnswer } from "../../client/cluster-error.ts";
import type { LocalUser } from "../../client/local-users.ts";
import { absent, type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { JsonObject } from "../../framework/json.ts";
import { type DeleteContext, removed, type Resource, type UpdateContext } from "../../framework/resource.ts";
import { listed } from "../../vocabulary/listed.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { Secret } from "../../vocabulary/secret.ts";
import { accessTokenPrivileges } from "../access-token/needed-privileges.ts";
import { plannedText, setText } from "../attribute/absent-text.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { storedText, textIn } from "../operation/earlier-state.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { createLocalUser } from "./create.ts";
import { findUserId } from "./find.ts";
import { type LocalUserModel, type ManagedSettings, settingsOf, toModel, type LocalUserMemory } from "./model.ts";
import { localUserPrivileges } from "./needed-privileges.ts";
import { randomPassword } from "./password.ts";
import { planLocalUser, planLocalUserDestroy } from "./plan.ts";
import { localUserIdentity, localUserSchema, type LocalUserSchema } from "./schema.ts";
import { validateLocalUser } from "./validate.ts";

/** Manages local users. */
export const localUserResource = {
  name: "local_user",
  schema: localUserSchema,
  identity: localUserIdentity,
  upgrade: { 0: upgradeState },

  validate: validateLocalUser,

  plan: planLocalUser,

  planDestroy: planLocalUserDestroy,

  async create({ planned, config, client, signal }) {
    const password = chosenPassword(planned.password, config.password_wo) ?? randomPassword();
    const settings = { ...wantedSettings(planned), password };
    const user = await createLocalUser(client.writes.until(signal), settings);
    client.memory.localUsers.addCreated(user);
    return toModel(user, memoryOf(planned));
  },

  async read({ state, client, signal }) {
    const { localUsers } = client.reads.until(signal);
    const summary = `Local user ${state.name || String(state.id)} could not be read`;
    const user = await withDiagnostics({ summary, privilege: localUserPrivileges.read }, async () =>
      localUsers.find(idOf(state)),
    );
    return user === undefined ? removed : toModel(user, state);
  },

  async update(context) {
    const { planned, config, prior } = context;
    const user = await changeSettings(context);
    const isPasswordChanged =
      planned.password !== prior.password || planned.password_wo_version !== prior.password_wo_version;
    if (isPasswordChanged) {
      // The fields are changed by now: a failure from here on must not hide that.
      context.saveState({ ...toModel(user, prior) });
      await setPassword(context, chosenPassword(planned.password, config.password_wo) ?? randomPassword());
    }
    return toModel(user, memoryOf(planned));
  },

  async delete(context) {
    const { state, client, signal } = context;
    const { localUsers } = client.writes.until(signal);
    const id = idOf(state);
    await deleteLeftoverTokens(context);
    await withDiagnostics(
      { summary: `Local user ${state.name} could not be deleted`, privilege: localUserPrivileges.write },
      async () =>
        deleteAndVerify(
          async () => localUsers.delete(id),
          async () => (await localUsers.find(id)) !== undefined,
        ),
    );
    client.memory.localUsers.addDeleted(id);
  },

  async import(context) {
    const id = await findUserId(context, importedText(context, "id"));
    if (isBuiltInAccount("user", id)) {
      context.diagnostics.warning({
        summary: "Built-in user imported",
        detail: `User ${id} comes with the cluster and cannot be changed or deleted; it can get a password. To give up managing it, use a removed block with destroy = false, or state rm.`,
      });
    }
    return { id, uid: "", home_directory: "", allow_lock_out: false };
  },

  identify: (state) => ({ id: state.id }),
} satisfies Resource<LocalUserSchema, Connection>;

function upgradeState(state: JsonObject): JsonObject {
  const names = ["id", "name", "primary_group", "password", "password_wo_version", "sid"];
  const texts = Object.fromEntries(names.map((name) => [name, textIn(state, name)]));
  return {
    ...texts,
    uid: storedText(state, "uid"),
    home_directory: storedText(state, "home_directory"),
    password_wo: null,
    can_change_password: state["can_change_password"] ?? null,
    allow_lock_out: state["allow_lock_out"] === true,
  };
}

type Update = UpdateContext<LocalUserSchema, Connection>;

function chosenPassword(stored: string | null, writeOnly: AttributeValue<string>): Secret | undefined {
  const text = stored ?? knownOrUndefined(writeOnly);
  return text === undefined ? undefined : new Secret(text);
}

function memoryOf(planned: Update["planned"]): LocalUserMemory {
  return { ...planned, uid: plannedText(planned.uid), home_directory: plannedText(planned.home_directory) };
}

function wantedSettings(planned: Update["planned"]): ManagedSettings {
  const group = knownOrUndefined(planned.primary_group) ?? builtInGroups.Users;
  return {
    name: planned.name,
    primaryGroup: group === "0" ? builtInGroups.Users : group,
    uid: setText(plannedText(planned.uid)),
    homeDirectory: setText(plannedText(planned.home_directory)),
  };
}

/** Changes what is not the password, if anything, and returns the user as it is then. */
async function changeSettings(context: Update): Promise<LocalUser> {
  const { planned, prior, client, signal } = context;
  const { localUsers } = client.writes.until(signal);
  const id = idOf(prior);
  const before = fromState(prior);
  const wanted = wantedSettings({ ...planned, primary_group: orPrior(planned.primary_group, prior.primary_group) });
  let user: LocalUser = { ...before, ...wanted };
  if (JSON.stringify(wanted) === JSON.stringify(settingsOf(before, builtInGroups.Users))) return user;
  const summary = `Local user ${prior.name} could not be changed`;
  await withDiagnostics({ summary, privilege: localUserPrivileges.write }, async () =>
    changeGuarded({
      what: `Local user ${prior.name}`,
      planned: settingsOf(before, builtInGroups.Users),
      wanted,
      find: async () => {
        const found = await localUsers.find(id);
        return found && { value: settingsOf(found, builtInGroups.Users), etag: found.etag };
      },
      write: async (etag) => {
        user = await localUsers.update(id, { ...wanted, password: undefined }, etag);
      },
    }),
  );
  return user;
}

function orPrior(planned: AttributeValue<string>, prior: string | null): AttributeValue<string> {
  if (planned.kind === "known") return planned;
  return prior === null ? absent : { kind: "known", value: prior };
}

function fromState(state: LocalUserModel): LocalUser {
  return {
    id: idOf(state),
    name: state.name,
    primaryGroup: state.primary_group ?? undefined,
    sid: state.sid ?? undefined,
    uid: setText(state.uid),
    homeDirectory: setText(state.home_directory),
    canChangePassword: state.can_change_password ?? true,
  };
}

async function setPassword({ planned, prior, client, signal }: Update, password: Secret): Promise<void> {
  const { localUsers } = client.writes.until(signal);
  const summary = `The password of local user ${planned.name} could not be changed`;
  await withDiagnostics({ summary, privilege: localUserPrivileges.write }, async () =>
    localUsers.setPassword(idOf(prior), password),
  );
}

/** Tokens of a deleted user no longer work, yet they would stay listed: what is left of them goes first. */
async function deleteLeftoverTokens(context: DeleteContext<LocalUserSchema, Connection>): Promise<void> {
  const { state, client, signal, diagnostics } = context;
  const { accessTokens } = client.writes.until(signal);
  const summary = `The access tokens of local user ${state.name} could not be deleted`;
  const deleted = await withDiagnostics({ summary, privilege: accessTokenPrivileges.write }, async () => {
    try {
      const left = await accessTokens.listOf(idOf(state));
      for (const { id } of left) {
        await deleteAndVerify(
          async () => accessTokens.delete(id),
          async () => (await accessTokens.listOf(idOf(state))).some((token) => token.id === id),
        );
      }
      return left.map((token) => token.id);
    } catch (error) {
      // A user who is gone already has no tokens to list, and an account without the privilege cannot see any.
      if (isAnswer(error, 400, 403, 404)) return [];
      throw error;
    }
  });
  if (deleted.length === 0) return;
  diagnostics.warning({
    summary: "Access tokens deleted with their user",
    detail: `Local user ${state.name} still had access tokens that this configuration did not delete: ${listed(deleted)}. They have been deleted before the user.`,
  });
}

function idOf(state: LocalUserModel): string {
  return state.id ?? "";
}

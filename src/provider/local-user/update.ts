import type { LocalUser } from "../../client/local-users.ts";
import { absent, type AttributeValue } from "../../framework/attribute-value.ts";
import type { UpdateContext } from "../../framework/resource.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import { setText } from "../attribute/absent-text.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { idOf, type LocalUserModel, memoryOf, settingsOf, toModel, wantedSettings } from "./model.ts";
import { localUserPrivileges } from "./needed-privileges.ts";
import { newPassword } from "./password.ts";
import type { LocalUserSchema } from "./schema.ts";

type Update = UpdateContext<LocalUserSchema, Connection>;

/** Changes a local user: first its fields, then its password, each only if it differs. */
export async function updateLocalUser(context: Update): Promise<LocalUserModel> {
  const { planned, config, prior } = context;
  const user = await changeSettings(context);
  const isPasswordChanged =
    planned.password !== prior.password || planned.password_wo_version !== prior.password_wo_version;
  if (isPasswordChanged) {
    // The fields are changed by now: a failure from here on must not hide that.
    context.saveState({ ...toModel(user, prior) });
    await setPassword(context, newPassword(planned.password, config.password_wo));
  }
  return toModel(user, memoryOf(planned));
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

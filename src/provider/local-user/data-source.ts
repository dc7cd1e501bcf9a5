import type { LocalUser } from "../../client/local-users.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { StateModel } from "../../framework/model.ts";
import type { DataSource } from "../../framework/resource.ts";
import { checkIdOrName, findOne } from "../attribute/lookup.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import {
  localUserLookupSchema,
  type LocalUserLookupSchema,
  localUsersSchema,
  type LocalUsersSchema,
} from "./data-source-schema.ts";
import { localUserPrivileges } from "./needed-privileges.ts";

/** Reads one local user. */
export const localUserDataSource: DataSource<LocalUserLookupSchema, Connection> = {
  name: "local_user",
  schema: localUserLookupSchema,

  validate({ config, diagnostics }) {
    checkIdOrName(config, diagnostics);
  },

  async read({ config, client, signal }) {
    const { localUsers } = client.reads.until(signal);
    const user = await withDiagnostics(
      { summary: "The local user could not be read", privilege: localUserPrivileges.read },
      async () =>
        findOne<LocalUser>(config, {
          what: "local user",
          byId: async (id) => localUsers.find(id),
          byName: async (name) => localUsers.findByName(name),
        }),
    );
    const model = toUserModel(user);
    // The practitioner's spelling of the name stays: others may depend on it.
    return { ...model, name: knownOrUndefined(config.name) ?? model.name };
  },
};

/** Reads all local users. */
export const localUsersDataSource: DataSource<LocalUsersSchema, Connection> = {
  name: "local_users",
  schema: localUsersSchema,

  async read({ config, client, signal }) {
    const { localUsers } = client.reads.until(signal);
    const prefix = knownOrUndefined(config.name_prefix);
    const all = await withDiagnostics(
      { summary: "The local users could not be read", privilege: localUserPrivileges.read },
      async () => localUsers.list(),
    );
    const isAsked = ({ name }: LocalUser): boolean => name.toLowerCase().startsWith(prefix?.toLowerCase() ?? "");
    return { name_prefix: prefix ?? null, users: all.filter(isAsked).map(toUserModel) };
  },
};

/** Writes a local user into the state of a data source. */
export function toUserModel(user: LocalUser): StateModel<LocalUserLookupSchema> & { id: string; name: string } {
  return {
    id: user.id,
    name: user.name,
    primary_group: user.primaryGroup ?? null,
    sid: user.sid ?? null,
    uid: user.uid ?? null,
    home_directory: user.homeDirectory ?? null,
    can_change_password: user.canChangePassword,
  };
}

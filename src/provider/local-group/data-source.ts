import type { LocalGroup } from "../../client/local-groups.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DataSource } from "../../framework/resource.ts";
import { checkIdOrName, findOne } from "../attribute/lookup.ts";
import type { Connection } from "../connection.ts";
import { toUserModel } from "../local-user/data-source.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { localGroupLookupSchema, type LocalGroupLookupSchema } from "./data-source-schema.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";

/** Reads one local group with its members. */
export const localGroupDataSource: DataSource<LocalGroupLookupSchema, Connection> = {
  name: "local_group",
  schema: localGroupLookupSchema,

  validate({ config, diagnostics }) {
    checkIdOrName(config, diagnostics);
  },

  async read({ config, client, signal }) {
    const { localGroups } = client.reads.until(signal);
    const attempt = { summary: "The local group could not be read", privilege: localGroupPrivileges.read };
    return withDiagnostics(attempt, async () => {
      const group = await findOne<LocalGroup>(config, {
        what: "local group",
        byId: async (id) => localGroups.find(id),
        byName: async (name) => localGroups.findByName(name),
      });
      const members = (await localGroups.listMembers(group.id)) ?? [];
      return {
        id: group.id,
        // The practitioner's spelling of the name stays: others may depend on it.
        name: knownOrUndefined(config.name) ?? group.name,
        sid: group.sid ?? null,
        gid: group.gid ?? null,
        members: members.map(toUserModel),
      };
    });
  },
};

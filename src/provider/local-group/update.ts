import type { UpdateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { changeGuarded } from "../operation/concurrent-change.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { idOf, type LocalGroupModel, settingsOf, wantedOf } from "./model.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";
import type { LocalGroupSchema } from "./schema.ts";

type Update = UpdateContext<LocalGroupSchema, Connection>;

/** Changes a local group. */
export async function updateLocalGroup(context: Update): Promise<LocalGroupModel> {
  await changeSettings(context);
  const { planned, prior } = context;
  return { ...prior, ...wantedOf(planned) };
}

/** Changes name and gid, if anything. */
async function changeSettings({ planned, prior, client, signal }: Update): Promise<void> {
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

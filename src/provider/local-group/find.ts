import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import { isId } from "../attribute/id.ts";
import type { Connection } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { idOf, type LocalGroupModel, toModel } from "./model.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";
import type { LocalGroupSchema } from "./schema.ts";

/** Reads a local group by the id in state. */
export async function readLocalGroup({
  state,
  client,
  signal,
}: ReadContext<LocalGroupSchema, Connection>): Promise<LocalGroupModel | typeof removed> {
  const { localGroups } = client.reads.until(signal);
  const summary = `Local group ${state.name || idOf(state)} could not be read`;
  const attempt = { summary, privilege: localGroupPrivileges.read };
  const group = await withDiagnostics(attempt, async () => localGroups.find(idOf(state)));
  return group === undefined ? removed : toModel(group, state);
}

/** What state knows of a group that was just imported, beside what the cluster tells. */
export const importedGroup = { gid: "", allow_lock_out: false } as const;

/** Finds a group to import by its id or name. */
export async function importLocalGroup(context: ImportContext<Connection>): Promise<Partial<LocalGroupModel>> {
  const id = await findGroupId(context, importedText(context, "id"));
  if (isBuiltInAccount("group", id)) {
    context.diagnostics.warning({
      summary: "Built-in group imported",
      detail: `Group ${id} comes with the cluster: it cannot be renamed or deleted. To stop managing it, use a removed block with destroy = false, or state rm.`,
    });
  }
  return { id, ...importedGroup };
}

/**
 * The id of the local group that an import names by its id or its name. A number is an id where an account has it, and a name otherwise.
 *
 * @throws {DiagnosticError} when there is no group of that name
 */
export async function findGroupId(
  { client, signal }: Pick<ImportContext<Connection>, "client" | "signal">,
  text: string,
): Promise<string> {
  const { localGroups } = client.reads.until(signal);
  const summary = `Local group ${text} could not be looked up`;
  const attempt = { summary, privilege: localGroupPrivileges.read };
  const group = await withDiagnostics(attempt, async () => {
    const byId = isId(text) ? await localGroups.find(text) : undefined;
    return byId ?? localGroups.findByName(text);
  });
  if (group !== undefined) return group.id;
  // What is not there is not imported: the engine says so, by the id.
  if (isId(text)) return text;
  throw new DiagnosticError({
    summary: "No such local group",
    detail: `The cluster has no local group named "${text}". Import by the name or by the id of a local group.`,
  });
}

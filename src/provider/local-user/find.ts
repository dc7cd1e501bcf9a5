import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, removed } from "../../framework/resource.ts";
import { isId } from "../attribute/id.ts";
import type { Connection } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { idOf, type LocalUserModel, toModel } from "./model.ts";
import { localUserPrivileges } from "./needed-privileges.ts";
import type { LocalUserSchema } from "./schema.ts";

/** Reads a local user by the id in state. */
export async function readLocalUser({
  state,
  client,
  signal,
}: ReadContext<LocalUserSchema, Connection>): Promise<LocalUserModel | typeof removed> {
  const { localUsers } = client.reads.until(signal);
  const summary = `Local user ${state.name || String(state.id)} could not be read`;
  const user = await withDiagnostics({ summary, privilege: localUserPrivileges.read }, async () =>
    localUsers.find(idOf(state)),
  );
  return user === undefined ? removed : toModel(user, state);
}

/** What state knows of a user that was just imported, beside what the cluster tells. */
export const importedUser = {
  uid: "",
  home_directory: "",
  password: null,
  password_wo_version: null,
  allow_lock_out: false,
} as const;

/** Finds a user to import by its id or name. */
export async function importLocalUser(context: ImportContext<Connection>): Promise<Partial<LocalUserModel>> {
  const id = await findUserId(context, importedText(context, "id"));
  if (isBuiltInAccount("user", id)) {
    context.diagnostics.warning({
      summary: "Built-in user imported",
      detail: `User ${id} comes with the cluster and cannot be changed or deleted; it can get a password. To stop managing it, use a removed block with destroy = false, or state rm.`,
    });
  }
  return { id, ...importedUser };
}

/**
 * The id of the local user that an import names by id or by name. A number is an id where an account has it, and a name otherwise.
 *
 * @throws {DiagnosticError} when there is no user of that name
 */
export async function findUserId(
  { client, signal }: Pick<ImportContext<Connection>, "client" | "signal">,
  text: string,
): Promise<string> {
  const { localUsers } = client.reads.until(signal);
  const summary = `Local user ${text} could not be looked up`;
  const attempt = { summary, privilege: localUserPrivileges.read };
  const user = await withDiagnostics(attempt, async () => {
    const byId = isId(text) ? await localUsers.find(text) : undefined;
    return byId ?? localUsers.findByName(text);
  });
  if (user !== undefined) return user.id;
  // What is not there is not imported: the engine says so, by the id.
  if (isId(text)) return text;
  throw new DiagnosticError({
    summary: "No such local user",
    detail: `The cluster has no local user named "${text}". Import by the name or by the id of a local user.`,
  });
}

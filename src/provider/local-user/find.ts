import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { ImportContext } from "../../framework/resource.ts";
import { isId } from "../attribute/id.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { localUserPrivileges } from "./needed-privileges.ts";

/**
 * The id of the local user that an import names by id or by name. An id is not looked up.
 *
 * @throws {DiagnosticError} when there is no user of that name
 */
export async function findUserId(
  { client, signal }: Pick<ImportContext<Connection>, "client" | "signal">,
  text: string,
): Promise<string> {
  if (isId(text)) return text;
  const { localUsers } = client.reads.until(signal);
  const summary = `Local user ${text} could not be looked up`;
  const attempt = { summary, privilege: localUserPrivileges.read };
  const user = await withDiagnostics(attempt, async () => localUsers.findByName(text));
  if (user !== undefined) return user.id;
  throw new DiagnosticError({
    summary: "No such local user",
    detail: `The cluster has no local user named "${text}". Import by the name or by the id of a local user.`,
  });
}

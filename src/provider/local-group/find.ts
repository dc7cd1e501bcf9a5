import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { ImportContext } from "../../framework/resource.ts";
import { isId } from "../attribute/id.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";

/**
 * The id of the local group that an import names by its id or its name. An id is not looked up.
 *
 * @throws {DiagnosticError} when there is no group of that name
 */
export async function findGroupId(
  { client, signal }: Pick<ImportContext<Connection>, "client" | "signal">,
  text: string,
): Promise<string> {
  if (isId(text)) return text;
  const { localGroups } = client.reads.until(signal);
  const summary = `Local group ${text} could not be looked up`;
  const attempt = { summary, privilege: localGroupPrivileges.read };
  const group = await withDiagnostics(attempt, async () => localGroups.findByName(text));
  if (group !== undefined) return group.id;
  throw new DiagnosticError({
    summary: "No such local group",
    detail: `The cluster has no local group named "${text}". Import by the name or by the id of a local group.`,
  });
}

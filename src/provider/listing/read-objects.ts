import type { ObjectType } from "../../client/snapshot/object-types.ts";
import { readPrivileges, readSnapshot, type Snapshot, type Unread } from "../../client/snapshot/read-snapshot.ts";
import { DiagnosticError, type DiagnosticText } from "../../framework/diagnostics.ts";
import type { LeftOutEntry, ListContext } from "../../framework/list/resource-list.ts";
import type { Schema } from "../../framework/schema.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";

/** What has to be read for a list. */
export interface Wanted {
  /** What is listed, as people call it: `Local users`. */
  readonly title: string;
  readonly type: ObjectType;
  /** What else is read, for filters. */
  readonly beside?: readonly ObjectType[];
}

/** What was read for a list. */
export interface Objects {
  readonly snapshot: Snapshot;
  /** The objects that belong in the list, but that the login may not read. */
  readonly leftOut: readonly LeftOutEntry[];
}

/**
 * Reads what a list is made of, as `cdktf-qumulo discover` reads a cluster. Where the login may not read the members of
 * some groups or roles, these are left out of a list of members.
 *
 * @throws {DiagnosticError} when the list, or what a filter asks for, cannot be known as a whole
 */
export async function readObjects(
  { client, signal, progress }: Pick<ListContext<Schema, Connection>, "client" | "signal" | "progress">,
  { title, type, beside = [] }: Wanted,
): Promise<Objects> {
  const summary = `${title} could not be listed`;
  const snapshot = await withDiagnostics({ summary, privilege: readPrivileges[type] }, async () =>
    readSnapshot(client.reads.until(signal), {
      types: [type, ...beside],
      onProgress: (step) => {
        progress(`Reading ${step}`);
      },
    }),
  );
  const isPartial = (unread: Unread): boolean => unread.of !== undefined && unread.types.includes(type);
  const lacking = snapshot.unread.find((unread) => !isPartial(unread));
  if (lacking !== undefined) throw new DiagnosticError({ summary, detail: whyUnread(lacking) });
  return {
    snapshot,
    leftOut: snapshot.unread.map((unread) => leftOut({ summary: `${title} are left out`, detail: whyUnread(unread) })),
  };
}

/** The entry for something that is there and not listed. */
export function leftOut(reason: DiagnosticText): LeftOutEntry {
  return { kind: "left-out", reason };
}

function whyUnread({ types, privilege, of }: Unread): string {
  const what = of === undefined ? listed(types) : `members of ${listed(of)}`;
  return `The login may not read ${what}: the cluster asks for ${privilege}. Give this privilege to a role of the login, or sign in as somebody who has it.`;
}

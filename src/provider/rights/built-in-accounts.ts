import type { DiagnosticText } from "../../framework/diagnostics.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { builtInUsers } from "../../vocabulary/local-users.ts";

type Kind = "user" | "group";

/** The users and groups that every cluster has, by their ids. Only their passwords and members can be changed. */
const builtInAccounts: Readonly<Record<Kind, ReadonlyMap<string, string>>> = {
  user: new Map(Object.entries(builtInUsers).map(([name, id]) => [id, name])),
  group: new Map(Object.entries(builtInGroups).map(([name, id]) => [id, name])),
};

/** Whether this is the id of a user or group that comes with the cluster. */
export function isBuiltInAccount(kind: Kind, id: string | null): boolean {
  return id !== null && builtInAccounts[kind].has(id);
}

/** What to report when a new or renamed account is to have the name of one that comes with the cluster. */
export function builtInNameFault(name: string): DiagnosticText | undefined {
  const owner = (["user", "group"] as const).flatMap((kind) =>
    [...builtInAccounts[kind]].flatMap(([id, taken]) =>
      taken.toLowerCase() === name.toLowerCase() ? [{ kind, id, taken }] : [],
    ),
  )[0];
  if (owner === undefined) return undefined;
  const { kind, id, taken } = owner;
  return {
    summary: "Name of a built-in account",
    detail: `name is "${name}", and every cluster has a ${kind} ${taken} with the id ${id}; users and groups share one set of names, without regard to case. Choose another name, or refer to the built-in ${kind} by its id.`,
    attribute: ["name"],
  };
}

/** The error for deleting an account that comes with the cluster, with how to stop managing it instead. */
export function builtInDeletion(kind: Kind, name: string): DiagnosticText {
  return {
    summary: `Built-in ${kind} cannot be deleted`,
    detail: `${name} comes with the cluster and stays. To stop managing it, use a removed block with destroy = false, or state rm.`,
  };
}

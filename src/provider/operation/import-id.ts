import type { Identity } from "../../framework/resource.ts";

/** What an import names its object by: an attribute of the identity, or else the import id; empty when there is neither. */
export function importedText(
  { id, identity }: { readonly id: string | undefined; readonly identity: Identity | undefined },
  attribute: string,
): string {
  const value = identity?.[attribute];
  return typeof value === "string" ? value : (id ?? "");
}

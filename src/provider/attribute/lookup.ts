import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError, type Diagnostics } from "../../framework/diagnostics.ts";

/** The two ways to name one object, of which a data source takes exactly one. */
export interface IdOrName {
  readonly id: AttributeValue<string>;
  readonly name: AttributeValue<string>;
}

/** How to find one kind of object. */
export interface Finder<T> {
  /** `local user` */
  readonly what: string;
  byId(id: string): Promise<T | undefined>;
  byName(name: string): Promise<T | undefined>;
}

/** Refuses a configuration that names nothing, or names it twice. */
export function checkIdOrName({ id, name }: IdOrName, diagnostics: Diagnostics): void {
  if ((id.kind === "null") !== (name.kind === "null")) return;
  const isBoth = id.kind !== "null";
  diagnostics.error({
    summary: isBoth ? "Both id and name are set" : "Neither id nor name is set",
    detail: `Use exactly one of id and name to say which one to read. ${isBoth ? "Remove one of them." : "Set one of them."}`,
    attribute: [isBoth ? "name" : "id"],
  });
}

/** @throws {DiagnosticError} at the attribute that was given, when there is no such object */
export async function findOne<T>({ id, name }: IdOrName, finder: Finder<T>): Promise<T> {
  const [askedId, askedName] = [knownOrUndefined(id), knownOrUndefined(name)];
  const found = askedId === undefined ? await finder.byName(askedName ?? "") : await finder.byId(askedId);
  if (found !== undefined) return found;
  const asked = askedId === undefined ? `named "${askedName ?? ""}"` : `with the id "${askedId}"`;
  throw new DiagnosticError({
    summary: `No such ${finder.what}`,
    detail: `The cluster has no ${finder.what} ${asked}. Check the spelling, or create it first and refer to the resource.`,
    attribute: [askedId === undefined ? "name" : "id"],
  });
}

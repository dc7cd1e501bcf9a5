type Fields = Readonly<Record<string, unknown>>;
type Key = string | number;

/** A value of an object after the plan: the whole attribute, or something in it. */
export interface Leaf {
  /** Which change of the document. */
  readonly index: number;
  readonly address: string;
  readonly path: readonly Key[];
}

interface Document {
  readonly resource_changes?: readonly { readonly address: string; readonly type: string; readonly change: Change }[];
}

interface Change {
  readonly after: unknown;
  readonly after_unknown?: unknown;
}

function changesOf(document: unknown): NonNullable<Document["resource_changes"]> {
  // As engines print it, and as the plans of these tests are built.
  return (document as Document).resource_changes ?? [];
}

/** All values of our objects that a plan tells: attributes as a whole, and each item and field in them. */
export function leavesOf(document: unknown): readonly Leaf[] {
  return changesOf(document).flatMap(({ address, type, change }, index) =>
    type.startsWith("qumulo_") ? pathsIn(change.after).map((path) => ({ index, address, path })) : [],
  );
}

function pathsIn(value: unknown): readonly (readonly Key[])[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: readonly (readonly [Key, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([key, inner]) =>
    inner === null ? [] : [[key], ...pathsIn(inner).map((path) => [key, ...path])],
  );
}

/** The document with one value decided during apply, as engines print that. */
export function withUnknown(document: unknown, { index, path }: Leaf): unknown {
  const changes = changesOf(document).map((resource, at) => {
    if (at !== index) return resource;
    const { after, after_unknown: unknown = {} } = resource.change;
    return {
      ...resource,
      change: { ...resource.change, after: without(after, path), after_unknown: marked(unknown, path, after) },
    };
  });
  return { ...(document as Fields), resource_changes: changes };
}

/** A field is left out; an item becomes null, so that the others keep their places. */
function without(value: unknown, [key, ...rest]: readonly Key[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (at !== key ? item : rest.length === 0 ? null : without(item, rest)));
  }
  const fields = Object.entries(value as Fields);
  return Object.fromEntries(
    fields.flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]];
      return rest.length === 0 ? [] : [[name, without(inner, rest)]];
    }),
  );
}

function marked(marks: unknown, [key, ...rest]: readonly Key[], value: unknown): unknown {
  if (key === undefined || marks === true) return true;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) =>
      at === key ? marked(memberOf(marks, at), rest, item) : (memberOf(marks, at) ?? false),
    );
  }
  const fields = typeof marks === "object" && marks !== null ? marks : {};
  return { ...fields, [key]: marked(memberOf(marks, key), rest, memberOf(value, key)) };
}

function memberOf(tree: unknown, key: Key): unknown {
  return typeof tree === "object" && tree !== null ? Reflect.get(tree, key) : undefined;
}

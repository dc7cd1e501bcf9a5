import type { DiagnosticText } from "../diagnostics.ts";
import type { JsonObject } from "../json.ts";
import type { ConfigModel, StateModel } from "../model.ts";
import type { Schema } from "../schema.ts";

/**
 * Lists the objects of one resource type that exist, managed or not: an ability of a resource that has an identity. Only
 * Terraform 1.14 and later list.
 *
 * Its schema has filters, and nothing else: attributes that are required or optional.
 */
export interface ResourceList<S extends Schema = Schema, C = never, L extends Schema = Schema> {
  readonly schema: L;
  /**
   * Finds the objects, one after another, in the same order every time. Each one is requested only after the one before it was
   * taken, and the caller stops when it has enough. An exception fails the whole list, so that an incomplete list is never
   * taken for a complete one.
   */
  list(context: ListContext<L, C>): AsyncIterable<ListEntry<S>>;
}

/** For {@link ResourceList.list}. */
export interface ListContext<L extends Schema, C> {
  /** All known. */
  readonly config: ConfigModel<L>;
  readonly client: C;
  /** Aborted when nobody wants the list any more: the engine stops, is gone, or has enough. */
  readonly signal: AbortSignal;
  /** Writes to the engine's log what takes long. It must not contain a secret. */
  readonly progress: (message: string) => void;
}

/** A list whose filters are no longer known: the schemas of different lists have no common type that TypeScript can compare. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type AnyResourceList<S extends Schema, C> = ResourceList<S, C, any>;

/** One object of a list, or one that is left out. */
export type ListEntry<S extends Schema> =
  | LeftOutEntry
  | {
      readonly kind: "object";
      /** What people know it by. */
      readonly displayName: string;
      /** The values of the attributes of its identity. */
      readonly identity: JsonObject;
      /** The state that importing and reading the object would give; called only when the engine wants it. */
      readonly state: () => StateModel<S>;
    };

/** Why something that is there is not listed: a warning, and the list goes on. */
export interface LeftOutEntry {
  readonly kind: "left-out";
  readonly reason: DiagnosticText;
}

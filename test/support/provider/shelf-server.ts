import { createProviderServer } from "../../../src/framework/create-provider-server.ts";
import type { ApplyAnswer, PlanAnswer, ProviderServer } from "../../../src/framework/provider-server.ts";
import { nullValue, type Value } from "../../../src/framework/value.ts";
import { emptyShelf, type Shelf, shelfProvider } from "./shelf-provider.ts";
import { type Plain, value } from "./values.ts";

const nothing: Uint8Array = new Uint8Array();

/** All attributes of a book, null unless given. */
export function book(given: Readonly<Record<string, Plain>>): Value {
  return value({
    id: null,
    title: null,
    isbn: null,
    copies: null,
    isLent: null,
    tags: null,
    spine: null,
    revision: null,
    note: null,
    secret: null,
    chapters: null,
    timeouts: null,
    ...given,
  });
}

/** A configured provider of books, and what an engine does with it. */
export interface BookShop {
  readonly server: ProviderServer;
  readonly shelf: Shelf;
  /** Plans as an engine does: computed attributes that are not configured keep their prior value in the proposal. */
  readonly plan: (config: Value, prior?: Value, privateBytes?: Uint8Array) => Promise<PlanAnswer>;
  /** Plans and applies. */
  readonly apply: (config: Value, prior?: Value, privateBytes?: Uint8Array) => Promise<ApplyAnswer>;
  readonly destroy: (prior: Value) => Promise<ApplyAnswer>;
}

/** A shelf and a server that is configured for it. */
export async function givenBookShop(): Promise<BookShop> {
  const shelf = emptyShelf();
  const server = createProviderServer(shelfProvider(shelf));
  await server.configure(value({ room: "hall" }));
  const plan = async (config: Value, prior = nullValue, privateBytes = nothing): Promise<PlanAnswer> =>
    server.planResourceChange({
      typeName: "shelf_book",
      config,
      prior,
      proposed: proposedNewState(config, prior),
      private: privateBytes,
      identity: undefined,
    });
  const applyPlan = async (config: Value, prior: Value, planned: PlanAnswer): Promise<ApplyAnswer> =>
    server.applyResourceChange({
      typeName: "shelf_book",
      config,
      prior,
      planned: planned.planned,
      private: planned.private,
      identity: planned.identity,
    });
  return {
    server,
    shelf,
    plan,
    apply: async (config, prior = nullValue, privateBytes = nothing) =>
      applyPlan(config, prior, await plan(config, prior, privateBytes)),
    destroy: async (prior) =>
      server.applyResourceChange({
        typeName: "shelf_book",
        config: nullValue,
        prior,
        planned: nullValue,
        private: nothing,
        identity: undefined,
      }),
  };
}

const providerDecides = new Set(["id", "copies", "spine", "revision"]);

function proposedNewState(config: Value, prior: Value): Value {
  if (!("entries" in config) || !("entries" in prior)) return config;
  const entries = [...config.entries].map(([name, configured]) => {
    const kept = prior.entries.get(name) ?? nullValue;
    if (configured.kind === "null" && providerDecides.has(name)) return [name, kept] as const;
    return [name, name === "chapters" ? proposedChapters(configured, kept) : configured] as const;
  });
  return { kind: "object", entries: new Map(entries) };
}

function proposedChapters(config: Value, prior: Value): Value {
  if (!("elements" in config) || !("elements" in prior)) return config;
  const elements = config.elements.map((element, index) => {
    const before = prior.elements[index];
    if (!("entries" in element) || before === undefined || !("entries" in before)) return element;
    const entries = [...element.entries].map(([name, configured]) => {
      const isKept = configured.kind === "null" && name !== "name";
      return [name, isKept ? (before.entries.get(name) ?? nullValue) : configured] as const;
    });
    return { kind: "object" as const, entries: new Map(entries) };
  });
  return { kind: "list", elements };
}

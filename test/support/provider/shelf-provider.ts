import type { AttributeValue } from "../../../src/framework/attribute-value.ts";
import { DiagnosticError } from "../../../src/framework/diagnostics.ts";
import type { ResourceList } from "../../../src/framework/list/resource-list.ts";
import type { Provider } from "../../../src/framework/provider.ts";
import { removed, type Resource } from "../../../src/framework/resource.ts";
import {
  bool,
  computed,
  defaulted,
  dynamic,
  listOf,
  number,
  object,
  optional,
  optionalComputed,
  required,
  setOf,
  string,
} from "../../../src/framework/schema.ts";

/** A resource with every kind of attribute, on an API that is a map in memory: what the framework's own tests manage. */
const bookSchema = {
  version: 2,
  description: "A book on a shelf.",
  attributes: {
    id: computed(string, { description: "Number of the book.", keepsPriorValue: true }),
    title: required(string, {
      description: "Title, in any case.",
      sameMeaning: (left, right) => left.toLowerCase() === right.toLowerCase(),
      validators: [
        { check: (title) => (title === "" ? { summary: "Empty title", detail: "Give the book a title." } : undefined) },
      ],
    }),
    isbn: optional(string, {
      description: "Another number is another book. It may come from another object.",
      requiresReplace: true,
      refersToOthers: true,
      validators: [
        {
          check: (isbn) =>
            isbn.startsWith("978-") ? undefined : { summary: "Not an ISBN", detail: `It is "${isbn}", not 978-….` },
        },
      ],
    }),
    copies: defaulted(number, { description: "How many there are.", default: 1 }),
    isLent: optional(bool, { description: "Whether it is away." }),
    tags: optional(setOf(string), { description: "Any words." }),
    spine: optionalComputed(string, { description: "What is printed on the spine." }),
    revision: computed(number, { description: "Counts changes." }),
    note: optional(dynamic, { description: "Anything." }),
    secret: optional(string, { description: "Never kept.", writeOnly: true, sensitive: true }),
    chapters: optional(
      listOf(
        object({
          name: required(string, { description: "Heading." }),
          pages: defaulted(number, { description: "Length.", default: 10 }),
          anchor: computed(string, { description: "Made from the heading.", keepsPriorValue: true }),
        }),
      ),
      { description: "In order." },
    ),
  },
  blocks: {
    timeouts: {
      nesting: "single",
      description: "How long to wait.",
      attributes: { create: optional(string, { description: "For a create." }) },
    },
  },
} as const;

/** A stored book: the part of the model that the API knows. */
export interface Book {
  readonly title: string;
  readonly copies: number;
  readonly revision: number;
}

/** The API: a map, and what should go wrong. */
export interface Shelf {
  readonly books: Map<string, Book>;
  /** Runs in the middle of each write, after the object exists. */
  failure: (() => void) | undefined;
  /** Values of `secret` that arrived. */
  readonly secrets: string[];
  /** Ids of books that a list has come to. */
  readonly listed: string[];
}

/** An empty shelf. */
export function emptyShelf(): Shelf {
  return { books: new Map(), failure: undefined, secrets: [], listed: [] };
}

const listSchema = {
  description: "Lists books.",
  attributes: {
    word: optional(string, {
      description: "A word of the title.",
      validators: [{ check: (word) => (word === "" ? { summary: "Empty word", detail: "Give one." } : undefined) }],
    }),
  },
} as const;

/** Lists the books in the order in which they came; one without a title is left out, and one that is torn fails the list. */
const bookList: ResourceList<typeof bookSchema, Shelf, typeof listSchema> = {
  schema: listSchema,
  async *list({ config, client, signal, progress }) {
    progress("Reading the shelf");
    for (const [id, { title, copies, revision }] of client.books) {
      await Promise.resolve();
      client.listed.push(id);
      if (signal.aborted) throw new DiagnosticError({ summary: "Interrupted", detail: "In the middle." });
      if (title === "torn") throw new DiagnosticError({ summary: "Shelf is broken", detail: "A book is torn." });
      if (config.word.kind === "known" && !title.includes(config.word.value)) continue;
      if (title === "") {
        yield { kind: "left-out", reason: { summary: "Book without a title", detail: `Book ${id} has none.` } };
      } else {
        const state = () => ({ ...noBook, id, title, copies, revision, spine: title.toUpperCase(), secret: "never" });
        yield { kind: "object", displayName: title, identity: { id }, state };
      }
    }
  },
};

const noBook = { isbn: null, isLent: null, tags: null, note: null, chapters: null, timeouts: null };

const bookResource = {
  name: "book",
  schema: bookSchema,
  identity: {
    attributes: { id: { type: { kind: "string" }, description: "Number of the book.", requiredForImport: true } },
  },
  identify: (state) => ({ id: state.id }),
  async create({ planned, config, client, saveState, privateState }) {
    const id = String(client.books.size + 1);
    client.books.set(id, { title: planned.title, copies: planned.copies, revision: 1 });
    if (config.secret.kind === "known") client.secrets.push(config.secret.value);
    saveState({ id });
    client.failure?.();
    privateState.set({ madeBy: "create" });
    return Promise.resolve({ ...planned, ...answered(planned, id, 1) });
  },
  async read({ state, client }) {
    const book = client.books.get(state.id ?? "");
    if (book === undefined) return Promise.resolve(removed);
    return Promise.resolve({ ...state, title: book.title, copies: book.copies, revision: book.revision });
  },
  async update({ prior, planned, client }) {
    const id = prior.id ?? "";
    const revision = (prior.revision ?? 0) + 1;
    client.failure?.();
    client.books.set(id, { title: planned.title, copies: planned.copies, revision });
    return Promise.resolve({ ...planned, ...answered(planned, id, revision) });
  },
  async delete({ state, client }) {
    client.failure?.();
    client.books.delete(state.id ?? "");
    await Promise.resolve();
  },
  async import({ id, identity }) {
    const named = identity?.["id"];
    return Promise.resolve({ id: id ?? (typeof named === "string" ? named : null) });
  },
  list: bookList,
  configFrom: ({ title, spine }) => (spine === title.toUpperCase() ? { spine: null } : {}),
  upgrade: {
    0: (state) => ({ ...state, title: state["name"] ?? null }),
    1: (state) => ({ ...state, copies: state["copies"] ?? 1 }),
  },
} satisfies Resource<typeof bookSchema, Shelf>;

interface Chapter {
  readonly name: string;
  readonly pages: number;
  readonly anchor: string | null;
}

function answered(
  planned: {
    readonly title: string;
    readonly spine: AttributeValue<string>;
    readonly chapters: readonly Chapter[] | null;
  },
  id: string,
  revision: number,
) {
  return {
    id,
    revision,
    title: planned.title.toUpperCase(),
    spine: planned.spine.kind === "known" ? planned.spine.value : planned.title,
    secret: null,
    chapters: planned.chapters?.map((chapter) => ({ ...chapter, anchor: `#${chapter.name}` })) ?? null,
  };
}

const providerSchema = {
  description: "A shelf.",
  attributes: { room: optional(string, { description: "Where it stands." }) },
} as const;

/** A provider of books on this shelf. */
export function shelfProvider(shelf: Shelf): Provider<typeof providerSchema, Shelf> {
  return {
    name: "shelf",
    schema: providerSchema,
    configure: async ({ config, diagnostics }) => {
      if (config.room.kind === "known" && config.room.value === "cellar") {
        diagnostics.error({ summary: "No such room", detail: "There is no cellar.", attribute: ["room"] });
      }
      return Promise.resolve(shelf);
    },
    resources: [bookResource],
    dataSources: [],
    ephemeralResources: [],
    functions: [],
  };
}

import type { Action } from "../../../src/framework/action/action.ts";
import { DiagnosticError } from "../../../src/framework/diagnostics.ts";
import type { Provider } from "../../../src/framework/provider.ts";
import {
  type DataSource,
  type EphemeralResource,
  FunctionError,
  type ProviderFunction,
  type Resource,
} from "../../../src/framework/resource.ts";
import { computed, optional, required, setOf, string } from "../../../src/framework/schema.ts";

/** What the kinds beside managed resources do, written down as it happens. */
export interface Library {
  readonly events: string[];
}

const loanSchema = {
  description: "A book for as long as the engine runs.",
  attributes: {
    title: required(string, { description: "Which one." }),
    slip: computed(string, { description: "Says that it is lent." }),
  },
} as const;

const loan = {
  name: "loan",
  schema: loanSchema,
  async open({ config, client, privateState }) {
    const title = config.title.kind === "known" ? config.title.value : "";
    if (title === "Necronomicon") throw new Error("it is chained to the shelf");
    client.events.push(`open ${title}`);
    privateState.set({ title });
    return Promise.resolve({ result: { title, slip: `slip for ${title}` }, renewAt: new Date("2030-01-01T00:00:00Z") });
  },
  async renew({ client, privateState }) {
    client.events.push(`renew ${JSON.stringify(privateState.get()["title"])}`);
    return Promise.resolve({ renewAt: new Date("2030-02-01T00:00:00Z") });
  },
  async close({ client, privateState }) {
    client.events.push(`close ${JSON.stringify(privateState.get()["title"])}`);
    await Promise.resolve();
  },
} satisfies EphemeralResource<typeof loanSchema, Library>;

const catalogSchema = {
  description: "What there is.",
  attributes: {
    shelf: required(string, { description: "Which shelf." }),
    title: computed(string, { description: "The first book on it." }),
  },
} as const;

const catalog = {
  name: "catalog",
  schema: catalogSchema,
  async read({ config }) {
    const shelf = config.shelf.kind === "known" ? config.shelf.value : "";
    if (shelf === "") throw new DiagnosticError({ summary: "Shelf is missing", detail: "Choose another one." });
    return Promise.resolve({ shelf, title: `First of ${shelf}` });
  },
} satisfies DataSource<typeof catalogSchema, Library>;

const cardSchema = {
  description: "A card.",
  attributes: { id: computed(string, { description: "Its number." }) },
} as const;

const card = {
  name: "card",
  schema: cardSchema,
  async create() {
    return Promise.resolve({ id: "1" });
  },
  async read({ state }) {
    return Promise.resolve(state);
  },
  async planDestroy({ prior, diagnostics }) {
    diagnostics.warning({ summary: "Card goes away", detail: `Card ${prior.id ?? ""} cannot be made again.` });
    await Promise.resolve();
  },
  async delete() {
    await Promise.resolve();
  },
  async move({ sourceTypeName, sourceState }) {
    const number = sourceState["number"];
    if (sourceTypeName !== "old_card" || typeof number !== "string") return Promise.resolve(undefined);
    return Promise.resolve({ id: number });
  },
} satisfies Resource<typeof cardSchema, Library>;

const recallSchema = {
  description: "Asks for books back.",
  attributes: {
    titles: required(setOf(string), { description: "Which ones." }),
    reason: optional(string, { description: "Why." }),
  },
} as const;

const recall = {
  name: "recall",
  schema: recallSchema,
  validate({ config, diagnostics }) {
    if (config.titles.kind === "known" && config.titles.value.length === 0) {
      diagnostics.error({ summary: "Nothing to recall", detail: "titles is empty.", attribute: ["titles"] });
    }
  },
  async plan({ config, client, diagnostics }) {
    const titles = config.titles.kind === "known" ? config.titles.value.join(", ") : "unknown books";
    diagnostics.warning({
      summary: "Readers will be disturbed",
      detail: `${titles}, ${client?.events.length ?? "no"} events.`,
    });
    await Promise.resolve();
  },
  async invoke({ config, client, progress, diagnostics }) {
    for (const title of config.titles) {
      if (title === "Necronomicon") throw new DiagnosticError({ summary: "Book is chained", detail: "Leave it." });
      await Promise.resolve();
      client.events.push(`recall ${title}${config.reason === null ? "" : ` for ${config.reason}`}`);
      progress(`${title} is asked for.`);
    }
    diagnostics.warning({ summary: "Readers are slow", detail: "Wait for them." });
  },
} satisfies Action<typeof recallSchema, Library>;

const shout: ProviderFunction = {
  name: "shout",
  summary: "Says it louder",
  description: "Gives the text in capitals.",
  parameters: [{ name: "text", type: { kind: "string" }, description: "Any text." }],
  returns: { type: { kind: "string" } },
  async call([text]) {
    if (text?.kind !== "string") throw new TypeError("not a text");
    if (text.value === "") throw new FunctionError("There is nothing to shout.", 0);
    return Promise.resolve({ kind: "string", value: text.value.toUpperCase() });
  },
};

const providerSchema = { description: "A library.", attributes: {} } as const;

/** A provider of everything that is not an ordinary managed resource. */
export function libraryProvider(library: Library): Provider<typeof providerSchema, Library> {
  return {
    name: "library",
    schema: providerSchema,
    configure: async () => Promise.resolve(library),
    resources: [card],
    dataSources: [catalog],
    ephemeralResources: [loan],
    actions: [recall],
    functions: [shout],
  };
}

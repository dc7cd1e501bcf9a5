import { expect, test } from "@jest/globals";
import type { ListAnswer, ListRequest } from "../../src/framework/provider-server.ts";
import { allOf } from "../support/provider/call-provider.ts";
import { book, type BookShop, givenBookShop } from "../support/provider/shelf-server.ts";
import { plain, value } from "../support/provider/values.ts";

const typeName = "shelf_book";

/** A shop with books of these titles, whose ids count from 1. */
async function givenBooks(...titles: readonly string[]): Promise<BookShop> {
  const shop = await givenBookShop();
  for (const [index, title] of titles.entries()) {
    shop.shelf.books.set(String(index + 1), { title, copies: 2, revision: 1 });
  }
  return shop;
}

async function list({ server }: BookShop, asked: Partial<ListRequest> = {}): Promise<readonly ListAnswer[]> {
  return allOf(server.listResource({ ...everything, ...asked }));
}

const everything: ListRequest = {
  typeName,
  config: value({ word: null }),
  includesObject: false,
  limit: 100,
  signal: new AbortController().signal,
  progress: () => undefined,
};

function namesOf(answers: readonly ListAnswer[]): readonly (string | undefined)[] {
  return answers.map(({ object }) => object?.displayName);
}

test("a resource that can be listed has filters, by its own name", async () => {
  const { server } = await givenBooks();

  const [empty, unknown] = await Promise.all(
    [value({ word: "" }), value({ word: null })].map(async (config) =>
      server.validateList({ typeName, config, capabilities: { writeOnlyAttributesAllowed: false } }),
    ),
  );

  expect([...server.schemas.lists.keys()]).toEqual([typeName]);
  expect(empty?.diagnostics).toMatchObject([{ summary: "Empty word", attribute: ["word"] }]);
  expect(unknown?.diagnostics).toEqual([]);
});

test("objects are listed in order with their identities, filtered, and with a word for the log", async () => {
  const said: string[] = [];

  const answers = await list(await givenBooks("Emma", "Ulysses", "Emmeline"), {
    config: value({ word: "Emm" }),
    progress: (message) => said.push(message),
  });

  expect(namesOf(answers)).toEqual(["Emma", "Emmeline"]);
  expect(answers.map(({ object }) => object && plain(object.identity))).toEqual([{ id: "1" }, { id: "3" }]);
  expect(answers.map(({ object }) => object?.state)).toEqual([undefined, undefined]);
  expect(said).toEqual(["Reading the shelf"]);
});

test("the whole object comes where it is asked for, without what is only written", async () => {
  const [answer] = await list(await givenBooks("Emma"), { includesObject: true });

  expect(answer?.object?.state && plain(answer.object.state)).toMatchObject({ id: "1", title: "Emma", secret: null });
});

test("one bad entry is a warning, and the list goes on", async () => {
  const answers = await list(await givenBooks("Emma", "", "Ulysses"));

  expect(namesOf(answers)).toEqual([undefined, "Emma", "Ulysses"]);
  expect(answers[0]?.diagnostics).toEqual([
    { severity: "warning", summary: "Book without a title", detail: "Book 2 has none." },
  ]);
});

test("a list that fails in its middle ends with an error", async () => {
  const answers = await list(await givenBooks("Emma", "torn", "Ulysses"));

  expect(answers.at(-1)).toMatchObject({
    object: undefined,
    diagnostics: [{ severity: "error", summary: "Shelf is broken" }],
  });
  expect(namesOf(answers)).not.toContain("Ulysses");
});

test.each([
  [2, ["Emma", "Ulysses"], []],
  [1, ["Emma"], [{ severity: "warning", summary: "List is not complete" }]],
])("a list of two that ends at %d says whether there is more", async (limit, names, warnings) => {
  const answers = await list(await givenBooks("Emma", "Ulysses"), { limit });

  expect(namesOf(answers)).toEqual(names);
  expect(answers.flatMap(({ diagnostics }) => diagnostics)).toMatchObject(warnings);
});

test("no more objects are looked for than are asked for", async () => {
  const shop = await givenBooks("a", "b", "c", "d", "e");
  const taken: ListAnswer[] = [];

  for await (const answer of shop.server.listResource(everything)) {
    taken.push(answer);
    if (taken.length === 2) break;
  }

  // One is looked at ahead, so that the last one can say whether there is more.
  expect(shop.shelf.listed).toEqual(["1", "2", "3"]);
});

test("a list that the engine stops ends with an error, wherever it is", async () => {
  const shop = await givenBooks("a", "b", "c");
  const answers: ListAnswer[] = [];

  for await (const answer of shop.server.listResource(everything)) {
    answers.push(answer);
    shop.server.stop();
  }

  expect(namesOf(answers)).toEqual(["a", undefined]);
  expect(answers.at(-1)?.diagnostics).toMatchObject([{ severity: "error" }]);
});

test("a list that nobody wants any more hears of it", async () => {
  const shop = await givenBooks("a", "b", "c");
  const controller = new AbortController();
  controller.abort();

  const answers = await list(shop, { signal: controller.signal });

  expect(answers).toMatchObject([{ diagnostics: [{ severity: "error", summary: "Interrupted" }] }]);
  expect(shop.shelf.listed).toEqual(["1"]);
});

test("a configuration has what a practitioner writes: no computed values, defaults or secrets, and what the resource says", async () => {
  const { server } = await givenBookShop();
  const state = book({ id: "1", title: "Emma", copies: 1, spine: "EMMA", revision: 3, tags: ["x"] });
  const other = book({ id: "1", title: "Emma", copies: 2, spine: "Austen", revision: 3 });

  const configs = await Promise.all(
    [state, other].map(async (each) => plain((await server.generateConfig({ typeName, state: each })).config)),
  );

  expect(configs).toMatchObject([
    { id: null, title: "Emma", copies: null, spine: null, revision: null, tags: ["x"], secret: null, timeouts: null },
    { id: null, title: "Emma", copies: 2, spine: "Austen", revision: null },
  ]);
});

test("parts of an object that only the provider decides are not in its configuration", async () => {
  const { server } = await givenBookShop();
  const chapters = [{ name: "One", pages: 10, anchor: "#One" }];

  const { config } = await server.generateConfig({ typeName, state: book({ id: "1", title: "Emma", chapters }) });

  expect(plain(config)).toMatchObject({ chapters: [{ name: "One", pages: null, anchor: null }] });
});

test("there is no configuration for an object that was not listed as a whole", async () => {
  const { server } = await givenBookShop();

  const { config, diagnostics } = await server.generateConfig({ typeName, state: value(null) });

  expect(config).toEqual(value(null));
  expect(diagnostics).toEqual([]);
});

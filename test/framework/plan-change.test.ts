import { expect, test } from "@jest/globals";
import { equalValues } from "../../src/framework/value.ts";
import { book, givenBookShop } from "../support/provider/shelf-server.ts";
import { plain, setOfValues, undecided, value } from "../support/provider/values.ts";
import { fc } from "../support/search.ts";

const stored = book({
  id: "1",
  title: "Emma",
  copies: 1,
  spine: "Emma",
  revision: 4,
  tags: setOfValues("old", "thin"),
});

test("a create leaves to apply what the provider decides, and fills in constants", async () => {
  const { plan } = await givenBookShop();

  const { planned, requiresReplace, diagnostics } = await plan(book({ title: "Emma" }));

  expect(diagnostics).toEqual([]);
  expect(requiresReplace).toEqual([]);
  expect(plain(planned)).toMatchObject({
    id: "(unknown)",
    title: "Emma",
    copies: 1,
    isLent: null,
    spine: "(unknown)",
    revision: "(unknown)",
  });
});

test("a configuration that says what state holds plans no change", async () => {
  const { plan } = await givenBookShop();

  const { planned } = await plan(book({ title: "Emma", tags: setOfValues("thin", "old") }), stored);

  expect(equalValues(planned, stored)).toBe(true);
});

test("another spelling of the same meaning plans no change", async () => {
  const { plan } = await givenBookShop();

  const { planned } = await plan(book({ title: "EMMA", tags: setOfValues("old", "thin") }), stored);

  expect(equalValues(planned, stored)).toBe(true);
});

test("an update opens what the provider decides, but not what no update changes", async () => {
  const { plan } = await givenBookShop();

  const { planned, requiresReplace } = await plan(book({ title: "Persuasion" }), stored);

  expect(requiresReplace).toEqual([]);
  expect(plain(planned)).toMatchObject({ id: "1", title: "Persuasion", spine: "(unknown)", revision: "(unknown)" });
});

test("a constant that is taken out of the configuration goes back to its default", async () => {
  const { plan } = await givenBookShop();
  const three = book({ id: "1", title: "Emma", copies: 3, spine: "Emma", revision: 4 });

  const { planned } = await plan(book({ title: "Emma" }), three);

  expect(plain(planned)).toMatchObject({ copies: 1, id: "1" });
});

test("a write-only value is in no plan and changes nothing by itself", async () => {
  const { plan } = await givenBookShop();

  const created = await plan(book({ title: "Emma", secret: "hush" }));
  const again = await plan(book({ title: "Emma", secret: "hush", tags: setOfValues("old", "thin") }), stored);

  expect(plain(created.planned)).toMatchObject({ secret: null });
  expect(equalValues(again.planned, stored)).toBe(true);
});

test("changing, setting and removing an attribute that requires replacement replaces; leaving it does not", async () => {
  const { plan } = await givenBookShop();
  const numbered = book({ id: "1", title: "Emma", isbn: "978-1", copies: 1, spine: "Emma", revision: 4 });

  const changed = await plan(book({ title: "Emma", isbn: "978-2" }), numbered);
  const removed = await plan(book({ title: "Emma" }), numbered);
  const unknown = await plan(book({ title: "Emma", isbn: undecided }), numbered);
  const kept = await plan(book({ title: "Other", isbn: "978-1" }), numbered);

  expect(changed.requiresReplace).toEqual([["isbn"]]);
  expect(removed.requiresReplace).toEqual([["isbn"]]);
  expect(unknown.requiresReplace).toEqual([["isbn"]]);
  expect(kept.requiresReplace).toEqual([]);
});

test("values of another resource stay unknown in the plan", async () => {
  const { plan } = await givenBookShop();

  const { planned } = await plan(book({ title: undecided, tags: undecided, chapters: undecided }));

  expect(plain(planned)).toMatchObject({ title: "(unknown)", tags: "(unknown)", chapters: "(unknown)" });
});

test("nested attributes get their defaults and unknowns element by element", async () => {
  const { plan } = await givenBookShop();
  const prior = book({
    id: "1",
    title: "Emma",
    copies: 1,
    spine: "Emma",
    revision: 4,
    chapters: [{ name: "One", pages: 10, anchor: "#One" }],
  });
  const chapters = [
    { name: "One", pages: null, anchor: null },
    { name: "Two", pages: 20, anchor: null },
  ];

  const { planned } = await plan(book({ title: "Emma", chapters }), prior);

  expect(plain(planned)).toMatchObject({
    chapters: [
      { name: "One", pages: 10, anchor: "#One" },
      { name: "Two", pages: 20, anchor: "(unknown)" },
    ],
  });
});

test("a block travels with the plan", async () => {
  const { plan } = await givenBookShop();

  const { planned } = await plan(book({ title: "Emma", timeouts: { create: "5m" } }));

  expect(plain(planned)).toMatchObject({ timeouts: { create: "5m" } });
});

test("a destroy plans nothing to be left", async () => {
  const { server } = await givenBookShop();

  const { planned } = await server.planResourceChange({
    typeName: "shelf_book",
    prior: stored,
    proposed: value(null),
    config: value(null),
    private: new Uint8Array([1]),
    identity: undefined,
  });

  expect(planned.kind).toBe("null");
});

test("what the engine kept beside the state comes back byte for byte", async () => {
  const { plan } = await givenBookShop();
  const bytes = new TextEncoder().encode(`{"madeBy":"create"}`);

  const { private: kept } = await plan(book({ title: "Other" }), stored, bytes);

  expect(kept).toBe(bytes);
});

const anyBook = fc.record({
  title: fc.constantFrom("Emma", "EMMA", "Persuasion", undecided),
  isbn: fc.constantFrom(null, "978-1", "978-2", undecided),
  copies: fc.constantFrom(null, 1, 7, undecided),
  isLent: fc.constantFrom(null, true, false),
  tags: fc.constantFrom(null, setOfValues(), setOfValues("a", "b"), setOfValues("b", "a"), undecided),
  spine: fc.constantFrom(null, "Emma", "E."),
  chapters: fc.constantFrom(null, [], [{ name: "One", pages: null, anchor: null }], undecided),
});

test("whatever is configured, the plan keeps it or the prior value, and planning twice decides the same", async () => {
  const { plan } = await givenBookShop();

  await fc.assert(
    fc.asyncProperty(anyBook, fc.constantFrom(value(null), stored), async (given, prior) => {
      const config = book(given);

      const first = await plan(config, prior);
      const second = await plan(config, prior);

      expect(plain(second.planned)).toEqual(plain(first.planned));
      for (const name of ["title", "isbn", "copies", "isLent", "tags", "spine"]) {
        const [configured, planned, before] = [config, first.planned, prior].map((from) =>
          "entries" in from ? from.entries.get(name) : undefined,
        );
        if (configured === undefined || planned === undefined || configured.kind === "null") continue;
        const isPrior = before !== undefined && equalValues(planned, before);
        expect(isPrior || equalValues(planned, configured)).toBe(true);
      }
    }),
  );
});

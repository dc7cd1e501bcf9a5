import { expect, test } from "@jest/globals";
import { DiagnosticError } from "../../src/framework/diagnostics.ts";
import { book, givenBookShop } from "../support/provider/shelf-server.ts";
import { Finished, plain, value } from "../support/provider/values.ts";

test("a create gives a wholly known object in the planned spelling", async () => {
  const { apply } = await givenBookShop();

  const { state, diagnostics } = await apply(
    book({ title: "Emma", chapters: [{ name: "One", pages: null, anchor: null }], timeouts: { create: "5m" } }),
  );

  expect(diagnostics).toEqual([]);
  expect(plain(state)).toEqual({
    id: "1",
    title: "Emma",
    isbn: null,
    copies: 1,
    isLent: null,
    tags: null,
    spine: "Emma",
    revision: 1,
    note: null,
    secret: null,
    chapters: [{ name: "One", pages: 10, anchor: "#One" }],
    timeouts: { create: "5m" },
  });
});

test("a create names the object by its identity and remembers what its handler set", async () => {
  const { apply } = await givenBookShop();

  const { identity, private: remembered } = await apply(book({ title: "Emma" }));

  expect(plain(identity ?? value(null))).toEqual({ id: "1" });
  expect(new TextDecoder().decode(remembered)).toBe(`{"madeBy":"create"}`);
});

test("a write-only value reaches the handler and no state", async () => {
  const { apply, shelf } = await givenBookShop();

  const { state } = await apply(book({ title: "Emma", secret: "hush" }));

  expect(shelf.secrets).toEqual(["hush"]);
  expect(JSON.stringify(plain(state))).not.toContain("hush");
});

test("a value of any type comes back as the type it has", async () => {
  const { apply } = await givenBookShop();
  const note = value({ type: ["string"], pages: 12 });
  const any = new Finished({ kind: "dynamic", type: { kind: "string" }, value: note });

  const { state } = await apply(book({ title: "Emma", note: any }));

  expect("entries" in state ? state.entries.get("note") : undefined).toEqual(any.value);
});

test("an object that was created before the failure is in state, wholly known", async () => {
  const { apply, shelf } = await givenBookShop();
  shelf.failure = () => {
    throw new DiagnosticError({ summary: "Shelf is full", detail: "Take a book away." });
  };

  const { state, diagnostics, identity } = await apply(book({ title: "Emma" }));

  expect(diagnostics).toEqual([{ severity: "error", summary: "Shelf is full", detail: "Take a book away." }]);
  expect(plain(state)).toMatchObject({ id: "1", title: "Emma", copies: 1, spine: null, revision: null });
  expect(plain(identity ?? value(null))).toEqual({ id: "1" });
});

test("a failure nobody foresaw becomes a diagnostic and keeps the object too", async () => {
  const { apply, shelf } = await givenBookShop();
  shelf.failure = () => {
    throw new RangeError("shelf index 9");
  };

  const { state, diagnostics } = await apply(book({ title: "Emma" }));

  expect(diagnostics[0]).toMatchObject({ severity: "error", summary: "shelf_book could not be created" });
  expect(diagnostics[0]?.detail).toContain("met an unexpected error: RangeError at apply-change.test.ts:");
  expect(plain(state)).toMatchObject({ id: "1" });
});

test("a failed update leaves the prior state", async () => {
  const { apply, shelf } = await givenBookShop();
  const { state: prior } = await apply(book({ title: "Emma" }));
  shelf.failure = () => {
    throw new Error("no light");
  };

  const { state } = await apply(book({ title: "Persuasion" }), prior);

  expect(state).toBe(prior);
});

test("a delete leaves nothing, and a failed one the object", async () => {
  const { apply, destroy, shelf } = await givenBookShop();
  const { state: prior } = await apply(book({ title: "Emma" }));

  shelf.failure = () => {
    throw new Error("chained");
  };
  const failed = await destroy(prior);
  shelf.failure = undefined;
  const done = await destroy(prior);

  expect(failed.state).toBe(prior);
  expect(failed.diagnostics).toHaveLength(1);
  expect(done.state.kind).toBe("null");
  expect(shelf.books.size).toBe(0);
});

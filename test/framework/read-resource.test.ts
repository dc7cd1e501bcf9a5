import { expect, test } from "@jest/globals";
import type { Value } from "../../src/framework/value.ts";
import { type BookShop, book, givenBookShop } from "../support/provider/shelf-server.ts";
import { plain, undecided, value } from "../support/provider/values.ts";

async function read({ server }: BookShop, state: Value) {
  const bytes = new TextEncoder().encode(`{"kept":true}`);
  return server.readResource({ typeName: "shelf_book", state, private: bytes, identity: undefined });
}

test("a change outside is in the new state", async () => {
  const shop = await givenBookShop();
  const { state } = await shop.apply(book({ title: "Emma" }));
  shop.shelf.books.set("1", { title: "Sanditon", copies: 2, revision: 7 });

  const answer = await read(shop, state);

  expect(plain(answer.state)).toMatchObject({ id: "1", title: "Sanditon", copies: 2, revision: 7 });
  expect(plain(answer.identity ?? value(null))).toEqual({ id: "1" });
  expect(new TextDecoder().decode(answer.private)).toBe(`{"kept":true}`);
});

test("the stored spelling stays where the API only spells it otherwise", async () => {
  const shop = await givenBookShop();
  const { state } = await shop.apply(book({ title: "Emma" }));
  shop.shelf.books.set("1", { title: "EMMA", copies: 1, revision: 1 });

  const answer = await read(shop, state);

  expect(plain(answer.state)).toMatchObject({ title: "Emma" });
});

test("an object that is gone has no state", async () => {
  const shop = await givenBookShop();
  const { state } = await shop.apply(book({ title: "Emma" }));
  shop.shelf.books.clear();

  const answer = await read(shop, state);

  expect(answer.state.kind).toBe("null");
  expect(answer.diagnostics).toEqual([]);
});

test("while the provider's configuration is unknown, state stays as it is and creating says what to do", async () => {
  const shop = await givenBookShop();
  const { state } = await shop.apply(book({ title: "Emma" }));
  await shop.server.configure(value({ room: undecided }));

  const answer = await read(shop, state);
  const planned = await shop.plan(book({ title: "Other" }));
  const applied = await shop.apply(book({ title: "Other" }));

  expect(answer.state).toBe(state);
  expect(answer.diagnostics).toEqual([]);
  expect(planned.diagnostics).toEqual([]);
  expect(applied.diagnostics[0]?.summary).toBe("Provider is not configured yet");
  expect(applied.diagnostics[0]?.detail).toContain("depends_on");
  expect(applied.state.kind).toBe("null");
});

test("a provider that is configured again uses the new configuration", async () => {
  const shop = await givenBookShop();

  const refused = await shop.server.configure(value({ room: "cellar" }));
  const accepted = await shop.server.configure(value({ room: "hall" }));

  expect(refused.diagnostics).toHaveLength(1);
  expect(refused.diagnostics[0]).toMatchObject({ attribute: ["room"] });
  expect(accepted.diagnostics).toEqual([]);
});

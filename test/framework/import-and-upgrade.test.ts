import { expect, test } from "@jest/globals";
import { givenBookShop } from "../support/provider/shelf-server.ts";
import { plain, value } from "../support/provider/values.ts";

const bytes = (json: string) => new TextEncoder().encode(json);
const text = (from: Uint8Array | undefined) => new TextDecoder().decode(from);

test("an import by id and one by identity give what reading needs", async () => {
  const { server } = await givenBookShop();

  const byId = await server.importResource({ typeName: "shelf_book", id: "7", identity: undefined });
  const byIdentity = await server.importResource({ typeName: "shelf_book", id: "", identity: value({ id: "7" }) });

  expect(plain(byId.imported?.state ?? value(null))).toMatchObject({ id: "7", title: null });
  expect(plain(byIdentity.imported?.state ?? value(null))).toMatchObject({ id: "7", title: null });
  expect(byIdentity.imported?.identity).toBeDefined();
});

test("state of the current version comes back as the very bytes that came", async () => {
  const { server } = await givenBookShop();
  const rawStateJson = bytes(`{"id":"1","copies":9007199254740993}`);

  const { stateJson } = await server.upgradeState({ typeName: "shelf_book", version: 2, rawStateJson });

  expect(stateJson).toBe(rawStateJson);
});

test("older state climbs version by version and loses names that are gone", async () => {
  const { server } = await givenBookShop();

  const { stateJson } = await server.upgradeState({
    typeName: "shelf_book",
    version: 0,
    rawStateJson: bytes(`{"id":"1","name":"Emma"}`),
  });

  expect(JSON.parse(text(stateJson))).toMatchObject({ id: "1", title: "Emma", copies: 1 });
  expect(text(stateJson)).not.toContain("name");
});

test("newer state and state of Terraform 0.11 are refused with what to do", async () => {
  const { server } = await givenBookShop();

  const newer = await server.upgradeState({ typeName: "shelf_book", version: 3, rawStateJson: bytes("{}") });
  const ancient = await server.upgradeState({ typeName: "shelf_book", version: 0, rawStateJson: undefined });

  expect(newer.diagnostics[0]).toMatchObject({ summary: "State has an unknown version" });
  expect(newer.diagnostics[0]?.detail).toContain("version 3");
  expect(ancient.diagnostics[0]).toMatchObject({ summary: "State is too old" });
});

test("an identity of the current version is kept, another one is refused", async () => {
  const { server } = await givenBookShop();
  const rawIdentityJson = bytes(`{"id":"1"}`);

  const current = await server.upgradeIdentity({ typeName: "shelf_book", version: 0, rawIdentityJson });
  const newer = await server.upgradeIdentity({ typeName: "shelf_book", version: 1, rawIdentityJson });

  expect(plain(current.identity ?? value(null))).toEqual({ id: "1" });
  expect(newer.diagnostics[0]).toMatchObject({ summary: "Identity has an unknown version" });
});

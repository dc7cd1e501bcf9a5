import { expect, test } from "@jest/globals";
import { createProviderServer } from "../../src/framework/create-provider-server.ts";
import type { ProviderServer } from "../../src/framework/provider-server.ts";
import { unknownValue, type Value } from "../../src/framework/value.ts";
import { type Library, libraryProvider } from "../support/provider/library-provider.ts";
import { value } from "../support/provider/values.ts";

const typeName = "library_recall";

async function givenLibrary(): Promise<{ readonly server: ProviderServer; readonly library: Library }> {
  const library: Library = { events: [] };
  const server = createProviderServer(libraryProvider(library));
  await server.configure(value({}));
  return { server, library };
}

function recallOf(titles: Value | readonly string[], reason: string | null = null): Value {
  const set: Value =
    "kind" in titles ? titles : { kind: "set", elements: titles.map((title) => ({ kind: "string", value: title })) };
  return {
    kind: "object",
    entries: new Map([
      ["titles", set],
      ["reason", value(reason)],
    ]),
  };
}

test("an action has a schema by its full name", async () => {
  const { server } = await givenLibrary();

  expect([...server.schemas.actions.keys()]).toEqual([typeName]);
});

test("the configuration of an action is checked, and may be unknown", async () => {
  const { server } = await givenLibrary();
  const check = async (titles: Value | readonly string[]) =>
    server.validateAction({
      typeName,
      config: recallOf(titles),
      capabilities: { writeOnlyAttributesAllowed: false },
    });

  const [empty, some, unknown] = await Promise.all([check([]), check(["Emma"]), check(unknownValue)]);

  expect(empty.diagnostics).toMatchObject([{ severity: "error", summary: "Nothing to recall" }]);
  expect(some.diagnostics).toEqual([]);
  expect(unknown.diagnostics).toEqual([]);
});

test("an action warns while planning, and does nothing", async () => {
  const { server, library } = await givenLibrary();

  const known = await server.planAction({ typeName, config: recallOf(["Emma"]) });
  const unknown = await server.planAction({ typeName, config: recallOf(unknownValue) });

  expect(known.diagnostics).toMatchObject([{ severity: "warning", detail: "Emma, 0 events." }]);
  expect(unknown.diagnostics).toMatchObject([{ severity: "warning", detail: "unknown books, 0 events." }]);
  expect(library.events).toEqual([]);
});

test("an action is planned while the provider's configuration is not known, and cannot be carried out then", async () => {
  const server = createProviderServer(libraryProvider({ events: [] }));

  const planned = await server.planAction({ typeName, config: recallOf(["Emma"]) });
  const invoked = await server.invokeAction({ typeName, config: recallOf(["Emma"]) }, () => undefined);

  expect(planned.diagnostics).toMatchObject([{ severity: "warning", detail: "Emma, no events." }]);
  expect(invoked.diagnostics).toMatchObject([{ severity: "error", summary: "Provider is not configured yet" }]);
});

test("an action says what it does, does it, and warns at the end", async () => {
  const { server, library } = await givenLibrary();
  const said: string[] = [];

  const { diagnostics } = await server.invokeAction(
    { typeName, config: recallOf(["Emma", "Ulysses"], "repair") },
    (message) => said.push(`${message} ${library.events.length}`),
  );

  expect(said).toEqual(["Emma is asked for. 1", "Ulysses is asked for. 2"]);
  expect(library.events).toEqual(["recall Emma for repair", "recall Ulysses for repair"]);
  expect(diagnostics).toMatchObject([{ severity: "warning", summary: "Readers are slow" }]);
});

test("what an action has done stays done when it fails", async () => {
  const { server, library } = await givenLibrary();
  const said: string[] = [];

  const { diagnostics } = await server.invokeAction(
    { typeName, config: recallOf(["Emma", "Necronomicon", "Ulysses"]) },
    (message) => said.push(message),
  );

  expect(diagnostics).toMatchObject([{ severity: "error", summary: "Book is chained" }]);
  expect(said).toEqual(["Emma is asked for."]);
  expect(library.events).toEqual(["recall Emma"]);
});

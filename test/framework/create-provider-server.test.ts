import { expect, test } from "@jest/globals";
import { createProviderServer } from "../../src/framework/create-provider-server.ts";
import type { EngineLife, OperationSignals } from "../../src/framework/engine-life.ts";
import type { AnyResource } from "../../src/framework/provider.ts";
import { removed } from "../../src/framework/resource.ts";
import { type Library, libraryProvider } from "../support/provider/library-provider.ts";
import { nullProvider } from "../support/provider/others/null-provider.ts";
import { plain, value } from "../support/provider/values.ts";

async function givenLibrary() {
  const library: Library = { events: [] };
  const server = createProviderServer(libraryProvider(library));
  await server.configure(value({}));
  return { library, server };
}

test("type names carry the provider's name, functions do not", async () => {
  const { server } = await givenLibrary();

  expect([...server.schemas.resources.keys()]).toEqual(["library_card"]);
  expect([...server.schemas.dataSources.keys()]).toEqual(["library_catalog"]);
  expect([...server.schemas.ephemeralResources.keys()]).toEqual(["library_loan"]);
  expect([...server.schemas.functions.keys()]).toEqual(["shout"]);
  expect(server.schemas.resources.get("library_card")?.acceptsMoves).toBe(true);
});

test("a provider without anything of Qumulo works on the same framework", async () => {
  const server = createProviderServer(nullProvider);
  await server.configure(value({}));
  const nothing = new Uint8Array();
  const config = value({ id: null, triggers: null });

  const { planned } = await server.planResourceChange({
    typeName: "null_resource",
    prior: value(null),
    proposed: config,
    config,
    private: nothing,
    identity: undefined,
  });
  const { state } = await server.applyResourceChange({
    typeName: "null_resource",
    prior: value(null),
    planned,
    config,
    private: nothing,
    identity: undefined,
  });

  expect(plain(planned)).toEqual({ id: "(unknown)", triggers: null });
  expect(plain(state)).toEqual({ id: expect.stringMatching(/^\d+$/), triggers: null });
});

test("a data source reads, and says why when it cannot", async () => {
  const { server } = await givenLibrary();
  const read = async (shelf: string) =>
    server.readDataSource({ typeName: "library_catalog", config: value({ shelf, title: null }) });

  const found = await read("A");
  const failed = await read("");

  expect(plain(found.state)).toEqual({ shelf: "A", title: "First of A" });
  expect(found.diagnostics).toEqual([]);
  expect(failed.diagnostics).toEqual([
    { severity: "error", summary: "Shelf is missing", detail: "Choose another one." },
  ]);
});

test("an ephemeral resource is opened, renewed and closed with what it remembered", async () => {
  const { server, library } = await givenLibrary();
  const typeName = "library_loan";

  const opened = await server.openEphemeral({ typeName, config: value({ title: "Emma", slip: null }) });
  const renewed = await server.renewEphemeral({ typeName, private: opened.private });
  const closed = await server.closeEphemeral({ typeName, private: renewed.private });

  expect(plain(opened.result)).toEqual({ title: "Emma", slip: "slip for Emma" });
  expect(opened.renewAt).toEqual(new Date("2030-01-01T00:00:00Z"));
  expect(renewed.renewAt).toEqual(new Date("2030-02-01T00:00:00Z"));
  expect(closed.diagnostics).toEqual([]);
  expect(library.events).toEqual(["open Emma", `renew "Emma"`, `close "Emma"`]);
});

test("what the engine leaves open is closed once, with what it remembered last", async () => {
  const { server, library } = await givenLibrary();
  const typeName = "library_loan";
  const open = async (title: string) => server.openEphemeral({ typeName, config: value({ title, slip: null }) });
  const closed = await open("Emma");
  await server.closeEphemeral({ typeName, private: closed.private });
  const left = await open("Persuasion");
  await server.renewEphemeral({ typeName, private: left.private });
  await open("Necronomicon");
  library.events.length = 0;

  await server.closeLeftovers();
  await server.closeLeftovers();

  expect(library.events).toEqual([`close "Persuasion"`]);
});

test("an ephemeral resource that cannot be opened says why", async () => {
  const { server } = await givenLibrary();
  const config = value({ title: "Necronomicon", slip: null });

  const { diagnostics, renewAt } = await server.openEphemeral({ typeName: "library_loan", config });

  expect(diagnostics[0]).toMatchObject({ severity: "error", summary: "library_loan could not be opened" });
  expect(renewAt).toBeUndefined();
});

test("a function gives its result, refuses an argument by its place, and runs before the provider is configured", async () => {
  const server = createProviderServer(libraryProvider({ events: [] }));

  expect(await server.callFunction("shout", [value("hey")])).toEqual({ kind: "result", value: value("HEY") });
  expect(await server.callFunction("shout", [value("")])).toEqual({
    kind: "error",
    text: "There is nothing to shout",
    argument: 0,
  });
  expect(await server.callFunction("shout", [value(1)])).toMatchObject({ kind: "error", argument: undefined });
  expect(await server.callFunction("whisper", [])).toMatchObject({ kind: "error" });
});

test("a destroy may warn while it is planned, and still plans nothing to be left", async () => {
  const { server } = await givenLibrary();

  const { planned, diagnostics } = await server.planResourceChange({
    typeName: "library_card",
    prior: value({ id: "7" }),
    proposed: value(null),
    config: value(null),
    private: new Uint8Array(),
    identity: undefined,
  });

  expect(planned.kind).toBe("null");
  expect(diagnostics).toEqual([
    { severity: "warning", summary: "Card goes away", detail: "Card 7 cannot be made again." },
  ]);
});

test("an object moves over from a type that is known, and from no other", async () => {
  const { server } = await givenLibrary();
  const move = async (sourceTypeName: string) =>
    server.moveResource({
      sourceProviderAddress: "registry.terraform.io/example/old",
      sourceTypeName,
      sourceSchemaVersion: 0,
      sourceStateJson: new TextEncoder().encode(`{"number":"42"}`),
      targetTypeName: "library_card",
    });

  const moved = await move("old_card");
  const refused = await move("old_map");

  expect(plain(moved.target?.state ?? value(null))).toEqual({ id: "42" });
  expect(refused.target).toBeUndefined();
  expect(refused.diagnostics[0]?.detail).toContain("old_map");
});

test("a resource that cannot be imported says so", async () => {
  const { server } = await givenLibrary();

  const { imported, diagnostics } = await server.importResource({
    typeName: "library_card",
    id: "1",
    identity: undefined,
  });

  expect(imported).toBeUndefined();
  expect(diagnostics[0]).toMatchObject({ summary: "Import is not supported" });
});

test("stopping ends the signal of what runs now, and not of what comes later", async () => {
  const signals: AbortSignal[] = [];
  const server = createProviderServer({
    ...libraryProvider({ events: [] }),
    configure: async ({ signal }) => {
      signals.push(signal);
      return Promise.resolve({ events: [] });
    },
  });

  await server.configure(value({}));
  server.stop();
  await server.configure(value({}));

  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
});

/** An engine, and how it goes away. */
function givenEngine(): EngineLife & { readonly leave: () => void } {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  return { gone: gone.signal, undoEnd: new AbortController().signal, leave };
}

test("when an engine is gone, what runs for it ends, and what runs for others goes on", async () => {
  const signals: AbortSignal[] = [];
  const server = createProviderServer({
    ...libraryProvider({ events: [] }),
    configure: async ({ signal }) => {
      signals.push(signal);
      return Promise.resolve({ events: [] });
    },
  });
  const engine = givenEngine();
  await server.servedTo(engine).configure(value({}));
  await server.servedTo(givenEngine()).configure(value({}));

  engine.leave();
  await server.servedTo(engine).configure(value({}));

  expect(signals.map((signal) => signal.aborted)).toEqual([true, false, true]);
});

test("an operation tells an engine that is gone from a stop, and has a signal for undoing", async () => {
  const contexts: OperationSignals[] = [];
  const { resources, ...provider } = libraryProvider({ events: [] });
  const [card] = resources;
  const read: AnyResource<Library>["read"] = async (context) => {
    contexts.push(context);
    return Promise.resolve(removed);
  };
  const server = createProviderServer({ ...provider, resources: card === undefined ? [] : [{ ...card, read }] });
  await server.configure(value({}));
  const engine = givenEngine();
  const request = {
    typeName: "library_card",
    state: value({ id: "7" }),
    private: new Uint8Array(),
    identity: undefined,
  };
  const seen = () =>
    contexts.map(({ signal, engineGone, undoSignal }) =>
      [signal, engineGone, undoSignal].map(({ aborted }) => aborted),
    );

  await server.servedTo(engine).readResource(request);
  server.stop();
  const afterStop = seen();
  await server.servedTo(engine).readResource(request);
  engine.leave();
  const afterLeaving = seen();

  expect(afterStop).toEqual([[true, false, false]]);
  expect(afterLeaving).toEqual([
    [true, true, false],
    [true, true, false],
  ]);
});

test("what an engine leaves open is closed for that engine alone, also after it is gone", async () => {
  const { server, library } = await givenLibrary();
  const [one, other] = [givenEngine(), givenEngine()];
  const typeName = "library_loan";
  await server.servedTo(one).openEphemeral({ typeName, config: value({ title: "Emma", slip: null }) });
  await server.servedTo(other).openEphemeral({ typeName, config: value({ title: "Persuasion", slip: null }) });
  library.events.length = 0;

  one.leave();
  await server.servedTo(one).closeLeftovers();
  const afterOne = [...library.events];
  await server.closeLeftovers();

  expect(afterOne).toEqual([`close "Emma"`]);
  expect(library.events).toEqual([`close "Emma"`, `close "Persuasion"`]);
});

test("what is opened for an engine that is gone by then is closed at once", async () => {
  const { server, library } = await givenLibrary();
  const engine = givenEngine();
  engine.leave();

  await server
    .servedTo(engine)
    .openEphemeral({ typeName: "library_loan", config: value({ title: "Emma", slip: null }) });
  await server.closeLeftovers();

  expect(library.events).toEqual(["open Emma", `close "Emma"`]);
});

import { expect, test } from "@jest/globals";
import { DiagnosticError } from "../../../src/framework/diagnostics.ts";
import type { ActionRequest, ProviderServer } from "../../../src/framework/provider-server.ts";
import { standInServer } from "../../support/processes/stand-in-server.ts";
import { allOf, callProvider, sent } from "../../support/provider/call-provider.ts";
import { value } from "../../support/provider/values.ts";

const actionType = "standin_bell";
const config = sent(value({ name: "front" }), "bell");

/** What an engine is told of an invocation, event by event. */
async function invoke(otherwise: Partial<ProviderServer>) {
  const events = await allOf(callProvider(standInServer(otherwise)).invokeAction({ actionType, config }));
  return events.map(({ type }) => ({ [type.case ?? "nothing"]: type.value }));
}

test("actions are in the schema, and in the metadata", async () => {
  const client = callProvider(standInServer());

  const [schema, metadata] = [await client.getProviderSchema({}), await client.getMetadata({})];

  expect(schema.actionSchemas).toMatchObject({
    standin_bell: { schema: { block: { attributes: [{ name: "name" }] } } },
  });
  expect(metadata).toMatchObject({
    resources: [{ typeName: "standin_thing" }],
    dataSources: [{ typeName: "standin_thing" }],
    ephemeralResources: [{ typeName: "standin_key" }],
    actions: [{ typeName: "standin_bell" }],
    functions: [{ name: "shout" }],
    serverCapabilities: { planDestroy: true },
  });
});

test("an action is checked and planned with its configuration", async () => {
  const seen: ActionRequest[] = [];
  const note = async (request: ActionRequest) => {
    seen.push({ typeName: request.typeName, config: request.config });
    return Promise.resolve({ diagnostics: [{ severity: "warning", summary: "Loud", detail: "Very." } as const] });
  };
  const client = callProvider(standInServer({ validateAction: note, planAction: note }));

  const checked = await client.validateActionConfig({ typeName: actionType, config });
  const planned = await client.planAction({ actionType, config });

  const request = { typeName: actionType, config: value({ name: "front" }) };
  expect(seen).toEqual([request, request]);
  expect(checked.diagnostics).toMatchObject([{ summary: "Loud" }]);
  expect(planned.diagnostics).toMatchObject([{ summary: "Loud" }]);
});

test("progress comes in order, and the end comes last", async () => {
  const events = await invoke({
    async invokeAction(_request, progress) {
      progress("One.");
      progress("Two\u001b[31m.");
      await Promise.resolve();
      progress("Three.");
      return { diagnostics: [{ severity: "warning", summary: "Hoarse", detail: "Wait." }] };
    },
  });

  expect(events).toMatchObject([
    { progress: { message: "One." } },
    // What a terminal would take for a command is shown.
    { progress: { message: "Two<U+001B>[31m." } },
    { progress: { message: "Three." } },
    { completed: { diagnostics: [{ summary: "Hoarse" }] } },
  ]);
});

test("an action that fails unexpectedly ends with a diagnostic, after what it has said", async () => {
  const events = await invoke({
    async invokeAction(_request, progress) {
      progress("One.");
      await Promise.resolve();
      throw new Error("a secret");
    },
  });

  expect(events).toMatchObject([
    { progress: { message: "One." } },
    { completed: { diagnostics: [{ summary: "Could not carry out the action" }] } },
  ]);
  expect(JSON.stringify(events)).not.toContain("a secret");
});

test("an action that the provider does not have ends with a diagnostic", async () => {
  const events = await allOf(callProvider(standInServer()).invokeAction({ actionType: "standin_whistle" }));

  expect(events).toMatchObject([
    { type: { case: "completed", value: { diagnostics: [{ summary: "Unknown action standin_whistle" }] } } },
  ]);
});

test("an action that nobody listens to any more goes on to its end", async () => {
  let done: (what: string) => void = () => undefined;
  const isDone = new Promise<string>((resolve) => (done = resolve));
  const client = callProvider(
    standInServer({
      async invokeAction(_request, progress) {
        progress("One.");
        await Promise.resolve();
        done("all of it");
        return { diagnostics: [] };
      },
    }),
  );

  for await (const event of client.invokeAction({ actionType, config })) {
    expect(event.type.case).toBe("progress");
    break;
  }

  await expect(isDone).resolves.toBe("all of it");
});

test("a planned refusal is a diagnostic", async () => {
  const refuses = async () => Promise.reject(new DiagnosticError({ summary: "No bell", detail: "There is none." }));

  const { diagnostics } = await callProvider(standInServer({ planAction: refuses })).planAction({ actionType, config });

  expect(diagnostics).toMatchObject([{ summary: "No bell", detail: "There is none." }]);
});

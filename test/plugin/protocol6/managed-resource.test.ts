import { expect, test } from "@jest/globals";
import type { Diagnostic } from "../../../src/framework/diagnostics.ts";
import type { ProviderServer } from "../../../src/framework/provider-server.ts";
import { nullValue, unknownValue, type Value } from "../../../src/framework/value.ts";
import { Diagnostic_Severity } from "../../support/protocol6/generated/tfplugin6_pb.ts";
import { callProvider, received, receivedIdentity, sent, sentIdentity } from "../../support/provider/call-provider.ts";
import { standInIdentity, standInServer, standInThing } from "../../support/processes/stand-in-server.ts";
import { value } from "../../support/provider/values.ts";

const typeName = "standin_thing";
const memory = Buffer.from('{"etag":"1"}');
const failed: Diagnostic = {
  severity: "error",
  summary: "The disk is full",
  detail: "Make room.",
  attribute: ["size"],
};
const failedOnWire = expect.objectContaining({ severity: Diagnostic_Severity.ERROR, summary: "The disk is full" });

function refuses(): never {
  throw new Error("a bug");
}

/** A provider with a bug in everything. */
const broken = standInServer(
  Object.fromEntries(Object.keys(standInServer()).flatMap((name) => (name === "schemas" ? [] : [[name, refuses]]))),
);

test("stored state goes to the provider and back as the same bytes", async () => {
  const json = Buffer.from('{"size": 9007199254740993, "added_later" : null}');

  const { upgradedState } = await callProvider(standInServer()).upgradeResourceState({
    typeName,
    version: 2n,
    rawState: { json },
  });

  expect(Buffer.from(upgradedState?.json ?? [])).toEqual(json);
  expect(upgradedState?.msgpack).toHaveLength(0);
});

test("state of Terraform 0.11 comes without JSON", async () => {
  const seen: unknown[] = [];
  const upgradeState: ProviderServer["upgradeState"] = async (request) => {
    seen.push(request);
    return Promise.resolve({ diagnostics: [failed], stateJson: undefined });
  };

  const answer = await callProvider(standInServer({ upgradeState })).upgradeResourceState({
    typeName,
    version: 0n,
    rawState: { flatmap: { name: "x" } },
  });

  expect(seen).toEqual([{ typeName, version: 0, rawStateJson: undefined }]);
  expect(answer).toMatchObject({ diagnostics: [failedOnWire] });
  expect(answer.upgradedState).toBeUndefined();
});

test("an identity is upgraded apart from its state", async () => {
  const { upgradedIdentity } = await callProvider(standInServer()).upgradeResourceIdentity({
    typeName,
    version: 0n,
    rawIdentity: { json: Buffer.from("{}") },
  });

  expect(receivedIdentity(upgradedIdentity)).toEqual(standInIdentity("upgraded"));
});

test("private bytes and identity come back from read, plan and apply", async () => {
  const client = callProvider(standInServer());
  const state = sent(standInThing({ id: "1", name: "a" }));
  const identity = sentIdentity(standInIdentity("1"));

  const read = await client.readResource({ typeName, currentState: state, private: memory, currentIdentity: identity });
  const plan = await client.planResourceChange({
    typeName,
    priorState: state,
    proposedNewState: state,
    config: state,
    priorPrivate: memory,
    priorIdentity: identity,
  });
  const apply = await client.applyResourceChange({
    typeName,
    priorState: state,
    plannedState: state,
    config: state,
    plannedPrivate: memory,
    plannedIdentity: identity,
  });

  expect([read.private, plan.plannedPrivate, apply.private].map((bytes) => Buffer.from(bytes))).toEqual([
    memory,
    memory,
    memory,
  ]);
  expect([read.newIdentity, plan.plannedIdentity, apply.newIdentity].map(receivedIdentity)).toEqual([
    standInIdentity("1"),
    standInIdentity("1"),
    standInIdentity("1"),
  ]);
});

test("an object that is gone is a null state, and not an absent one", async () => {
  const readResource: ProviderServer["readResource"] = async () =>
    Promise.resolve({ state: nullValue, private: memory, identity: undefined, diagnostics: [] });

  const { newState } = await callProvider(standInServer({ readResource })).readResource({
    typeName,
    currentState: sent(standInThing({ name: "a" })),
  });

  expect(received(newState)).toEqual(nullValue);
});

test("a plan names the paths that replace the object, and unknown values stay unknown", async () => {
  const planned = standInThing({ name: "a" });
  const withUnknown: Value = { kind: "object", entries: new Map([...entriesOf(planned), ["id", unknownValue]]) };
  const planResourceChange: ProviderServer["planResourceChange"] = async () =>
    Promise.resolve({
      planned: withUnknown,
      requiresReplace: [["name"], ["labels", { key: "env" }]],
      private: memory,
      identity: undefined,
      diagnostics: [{ ...failed, severity: "warning" }],
    });

  const plan = await callProvider(standInServer({ planResourceChange })).planResourceChange({ typeName });

  expect(received(plan.plannedState)).toEqual(withUnknown);
  expect(plan.requiresReplace.map(({ steps }) => steps.map(({ selector }) => selector.value))).toEqual([
    ["name"],
    ["labels", "env"],
  ]);
  expect(plan).toMatchObject({ legacyTypeSystem: false, diagnostics: [{ severity: Diagnostic_Severity.WARNING }] });
});

test("planning a destroy gives null back", async () => {
  const state = sent(standInThing({ name: "a" }));

  const plan = await callProvider(standInServer()).planResourceChange({
    typeName,
    priorState: state,
    proposedNewState: sent(nullValue),
    config: sent(nullValue),
  });

  expect(received(plan.plannedState)).toEqual(nullValue);
});

test("an apply that failed half-way leaves what exists in state, beside the error", async () => {
  const half = standInThing({ id: "7", name: "a" });
  const applyResourceChange: ProviderServer["applyResourceChange"] = async () =>
    Promise.resolve({ state: half, private: memory, identity: undefined, diagnostics: [failed] });

  const apply = await callProvider(standInServer({ applyResourceChange })).applyResourceChange({
    typeName,
    priorState: sent(nullValue),
  });

  expect(received(apply.newState)).toEqual(half);
  expect(apply.diagnostics).toEqual([failedOnWire]);
});

test.each<[string, Value, Value]>([
  ["create leaves none", nullValue, nullValue],
  ["update leaves the prior state", standInThing({ id: "1", name: "old" }), standInThing({ id: "1", name: "old" })],
])("an unexpected failure of a %s, and no error of gRPC", async (_what, prior, expected) => {
  const apply = await callProvider(broken).applyResourceChange({
    typeName,
    priorState: sent(prior),
    plannedState: sent(standInThing({ name: "new" })),
    plannedPrivate: memory,
  });

  expect(received(apply.newState)).toEqual(expected);
  expect(Buffer.from(apply.private)).toEqual(memory);
  expect(apply.diagnostics).toMatchObject([
    {
      severity: Diagnostic_Severity.ERROR,
      detail: expect.stringContaining("met an unexpected error: Error at managed-resource.test.ts:"),
    },
  ]);
});

test("a new object that does not fit its schema keeps its id in state", async () => {
  const odd: Value = {
    kind: "object",
    entries: new Map([
      ["id", value("7")],
      ["size", value("large")],
      ["color", value("red")],
    ]),
  };
  const applyResourceChange: ProviderServer["applyResourceChange"] = async () =>
    Promise.resolve({ state: odd, private: memory, identity: value("no object"), diagnostics: [] });

  const apply = await callProvider(standInServer({ applyResourceChange })).applyResourceChange({
    typeName,
    priorState: sent(nullValue),
    plannedState: sent(standInThing({ name: "a" })),
  });

  expect(received(apply.newState)).toEqual(standInThing({ id: "7" }));
  expect(apply.newIdentity).toBeUndefined();
  expect(apply.diagnostics.map(({ severity }) => severity)).toEqual([
    Diagnostic_Severity.ERROR,
    Diagnostic_Severity.ERROR,
  ]);
});

test("an unexpected failure of a read leaves all as it was", async () => {
  const state = standInThing({ id: "1", name: "a" });

  const read = await callProvider(broken).readResource({
    typeName,
    currentState: sent(state),
    private: memory,
    currentIdentity: sentIdentity(standInIdentity("1")),
  });

  expect(received(read.newState)).toEqual(state);
  expect(Buffer.from(read.private)).toEqual(memory);
  expect(receivedIdentity(read.newIdentity)).toEqual(standInIdentity("1"));
});

test("an import gives exactly one object, found by id or by identity", async () => {
  const client = callProvider(standInServer());

  const byId = await client.importResourceState({ typeName, id: "7" });
  const byIdentity = await client.importResourceState({ typeName, identity: sentIdentity(standInIdentity("8")) });

  expect(byId.importedResources).toMatchObject([{ typeName }]);
  expect(received(byId.importedResources[0]?.state)).toEqual(standInThing({ id: "7" }));
  expect(receivedIdentity(byIdentity.importedResources[0]?.identity)).toEqual(standInIdentity("8"));
});

test("an import that finds nothing says why, and brings no object", async () => {
  const importResource: ProviderServer["importResource"] = async () =>
    Promise.resolve({ imported: undefined, diagnostics: [failed] });

  const answer = await callProvider(standInServer({ importResource })).importResourceState({ typeName, id: "7" });

  expect(answer).toMatchObject({ importedResources: [], diagnostics: [failedOnWire] });
});

test("an object moves here from another type with its state", async () => {
  const moveResource: ProviderServer["moveResource"] = async ({
    sourceStateJson,
    sourceTypeName,
    sourceSchemaVersion,
  }) =>
    Promise.resolve({
      target: {
        state: standInThing({
          name: `${sourceTypeName} ${sourceSchemaVersion} ${Buffer.from(sourceStateJson ?? []).toString()}`,
        }),
        private: memory,
        identity: standInIdentity("1"),
      },
      diagnostics: [],
    });

  const moved = await callProvider(standInServer({ moveResource })).moveResourceState({
    targetTypeName: typeName,
    sourceTypeName: "other_thing",
    sourceSchemaVersion: 4n,
    sourceState: { json: Buffer.from("{}") },
  });

  expect(received(moved.targetState)).toEqual(standInThing({ name: "other_thing 4 {}" }));
  expect(Buffer.from(moved.targetPrivate)).toEqual(memory);
});

function entriesOf(object: Value): ReadonlyMap<string, Value> {
  return "entries" in object ? object.entries : new Map();
}

import { expect, test } from "@jest/globals";
import type { Diagnostic } from "../../src/framework/diagnostics.ts";
import { nullValue } from "../../src/framework/value.ts";
import { findStoredStates, type StoredObject } from "../support/plans/stored-states.ts";
import { givenUnconfiguredEngine } from "../support/provider/given-provider.ts";
import { plain } from "../support/provider/values.ts";

const { server } = givenUnconfiguredEngine();
const { resources } = server.schemas;
const objects = findStoredStates().flatMap(({ name, objects: stored }) =>
  stored.map((object) => ({ ...object, name, title: `${object.address} of version ${name}` })),
);

/** What the provider says of an object's state, which an engine hands over in each run. */
async function upgrade({ typeName, schemaVersion }: StoredObject, attributes: unknown, version = schemaVersion) {
  const rawStateJson = new TextEncoder().encode(
    typeof attributes === "string" ? attributes : JSON.stringify(attributes),
  );
  const { stateJson, diagnostics } = await server.upgradeState({ typeName, version, rawStateJson });
  return { state: stateJson === undefined ? undefined : new TextDecoder().decode(stateJson), diagnostics };
}

/** Whether a diagnostic says what was met and what to do, and holds no text of the state. */
function isExplained({ summary, detail }: Diagnostic, { attributes }: StoredObject): boolean {
  const secrets = [attributes["password"], attributes["bearer_token"]].filter((value) => typeof value === "string");
  const text = `${summary}\n${detail}`;
  return /Use the version|Run apply|restore the state/i.test(text) && !secrets.some((secret) => text.includes(secret));
}

test("a state of every type of resource is kept, so that later versions are tested on it", () => {
  const kept = new Set(objects.map(({ typeName }) => typeName));

  expect([...kept].sort()).toEqual([...resources.keys()].sort());
});

test.each(objects)("$title is raised to the schema of this version", async (object) => {
  const { state, diagnostics } = await upgrade(object, object.attributes);

  expect(diagnostics).toEqual([]);
  expect(JSON.parse(state ?? "")).toMatchObject(object.attributes);
});

test.each(objects.filter(({ identity }) => identity !== undefined))(
  "the identity of $title is kept",
  async (object) => {
    const { typeName, identity = { version: 0, attributes: {} } } = object;
    const rawIdentityJson = new TextEncoder().encode(JSON.stringify(identity.attributes));

    const raised = await server.upgradeIdentity({ typeName, version: identity.version, rawIdentityJson });
    const damaged = await server.upgradeIdentity({
      typeName,
      version: identity.version,
      rawIdentityJson: rawIdentityJson.subarray(1),
    });

    expect(raised.diagnostics).toEqual([]);
    expect(plain(raised.identity ?? nullValue)).toEqual(identity.attributes);
    expect(damaged.diagnostics).toMatchObject([{ summary: "State of this object is damaged" }]);
  },
);

test.each(objects)("$title is refused in words when a later version wrote it", async (object) => {
  const current = resources.get(object.typeName)?.schema.version ?? 0;

  for (const version of [current + 1, 2 ** 40]) {
    const { state, diagnostics } = await upgrade(object, object.attributes, version);

    expect(state).toBeUndefined();
    expect(diagnostics).toMatchObject([{ severity: "error", summary: "State has an unknown version" }]);
    expect(diagnostics[0]?.detail).toContain(`schema version ${version}`);
    expect(diagnostics.every((one) => isExplained(one, object))).toBe(true);
  }
});

test.each(objects)(
  "$title is refused in words, or mended, when it is damaged, whatever its version",
  async (object) => {
    const names = Object.keys(object.attributes);
    const broken = [
      ...names.flatMap((name) => [[["a", 1, null]], { of: {} }].map((odd) => ({ ...object.attributes, [name]: odd }))),
      ...names.map((name) => Object.fromEntries(Object.entries(object.attributes).filter(([key]) => key !== name))),
      JSON.stringify(object.attributes).slice(0, -20),
      "[]",
      "null",
      "",
    ];
    for (const version of new Set([0, object.schemaVersion])) {
      for (const attributes of broken) {
        const { state, diagnostics } = await upgrade(object, attributes, version);

        expect(diagnostics.filter((one) => !isExplained(one, object))).toEqual([]);
        // What is handed on is what the current version takes: an engine would call anything else a bug of the provider.
        if (state !== undefined) {
          const current = resources.get(object.typeName)?.schema.version ?? 0;
          expect((await upgrade(object, state, current)).diagnostics).toEqual([]);
        }
      }
    }
  },
);

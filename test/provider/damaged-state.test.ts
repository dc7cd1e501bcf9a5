import { expect, test } from "@jest/globals";
import { entryOf } from "../../src/framework/model-codec.ts";
import { type Attribute, type AttributeType, members, type Schema } from "../../src/framework/schema.ts";
import { nullValue, type Value } from "../../src/framework/value.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenEngine, givenUnconfiguredEngine, type Kept } from "../support/provider/given-provider.ts";
import { mapOfValues, plain, setOfValues } from "../support/provider/values.ts";

interface Ids {
  readonly userId: string;
  readonly groupId: string;
}

/** One object of each type that has as many attributes as can be set at once. */
const objects: Readonly<Record<string, (ids: Ids) => Given>> = {
  qumulo_local_user: () => ({
    name: "robot",
    home_directory: "/home/robot",
    uid: "5005",
    password: "Example-Passw0rd",
  }),
  qumulo_local_group: () => ({ name: "machines", gid: "7000" }),
  qumulo_local_group_member: ({ userId, groupId }) => ({ group_id: groupId, member_id: userId }),
  qumulo_role: () => ({ name: "backup", description: "Reads", privileges: setOfValues("PRIVILEGE_QUOTA_READ") }),
  qumulo_role_member: ({ userId }) => ({ role_name: "Observers", auth_id: userId }),
  qumulo_role_members: () => ({ role_name: "Observers", members: setOfValues("local:svc", "local:other") }),
  qumulo_access_token: () => ({
    user: "local:svc",
    expires_in: "90d",
    rotate_before_expiry: "14d",
    rotate_when_changed: mapOfValues({ keeper: "one" }),
  }),
};

const { resources } = givenUnconfiguredEngine().server.schemas;

function schemaOf(typeName: string): Schema {
  const schema = resources.get(typeName)?.schema;
  if (schema === undefined) throw new Error(`no resource ${typeName}`);
  return schema;
}

interface Damage {
  readonly typeName: string;
  readonly path: readonly string[];
}

/** Every attribute of every resource, nested ones and elements (`*`) included. */
const damages = Object.keys(objects).flatMap((typeName) =>
  pathsIn(members(schemaOf(typeName))).map((path): Damage => ({ typeName, path })),
);

function pathsIn(attributes: Readonly<Record<string, Attribute>>): readonly (readonly string[])[] {
  return Object.entries(attributes).flatMap(([name, { type }]) => [[name], ...insideOf(type).map((p) => [name, ...p])]);
}

function insideOf(type: AttributeType): readonly (readonly string[])[] {
  if (type.kind === "object") return pathsIn(type.attributes);
  return "element" in type ? [["*"], ...insideOf(type.element).map((path) => ["*", ...path])] : [];
}

/** The state with null at the path; in a collection one element more. */
function damaged(state: Value, path: readonly string[]): Value {
  const [step, ...rest] = path;
  if (step === undefined) return nullValue;
  if (step === "*" && "elements" in state) return { ...state, elements: [...state.elements, damaged(nullValue, rest)] };
  if (!("entries" in state)) return state;
  const key = step === "*" ? "added" : step;
  return { ...state, entries: new Map([...state.entries, [key, damaged(entryOf(state, key), rest)]]) };
}

async function givenObject(typeName: string) {
  const cluster = await givenCluster({ localUsers: ["svc", "other"] });
  const groupId = (await cluster.admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const engine = await givenEngine(cluster.simulator);
  const config = objects[typeName]?.({ userId: cluster.user("svc").id, groupId }) ?? {};
  const created = await engine.apply(typeName, config);
  expect(created.errors).toEqual([]);
  return { engine, config, kept: created.kept, newEngine: async () => givenEngine(cluster.simulator) };
}

function isExplained({ summary, detail }: { readonly summary: string; readonly detail: string }): boolean {
  return (
    !/TypeError|undefined|met an unexpected error|null"|\bNaN\b/.test(`${summary} ${detail}`) && detail.length > 40
  );
}

test("there is an object of every type", () => {
  expect(Object.keys(objects).toSorted()).toEqual([...resources.keys()].toSorted());
});

test.each(damages)(
  "$typeName whose state has null in $path is repaired or refused in words",
  async ({ typeName, path }) => {
    const { engine, config, kept, newEngine } = await givenObject(typeName);
    const broken: Kept = { ...kept, state: damaged(kept.state, path) };

    const planned = await (await newEngine()).plan(typeName, config, broken);
    const read = await (await newEngine()).refresh(typeName, broken);
    const again = read.errors.length > 0 ? read : await (await newEngine()).apply(typeName, config, read.kept);
    const destroyed = await engine.destroy(typeName, broken);

    const all = [planned, read, again, destroyed].flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    expect(all.filter((one) => !isExplained(one))).toEqual([]);
  },
);

test.each(damages.filter(({ path }) => path.length === 1))(
  "$typeName whose stored $path is of a wrong type is refused in words, and one without it is read",
  async ({ typeName, path: [name = ""] }) => {
    const { engine, kept } = await givenObject(typeName);
    const version = schemaOf(typeName).version ?? 0;
    const stored = plain(kept.state) as Readonly<Record<string, unknown>>;
    const upgrade = async (state: object) =>
      engine.server.upgradeState({ typeName, version, rawStateJson: new TextEncoder().encode(JSON.stringify(state)) });
    const isCollection = "element" in (members(schemaOf(typeName))[name]?.type ?? {});

    const wrong = await upgrade({ ...stored, [name]: isCollection ? "text" : ["a", "list"] });
    const missing = await upgrade(Object.fromEntries(Object.entries(stored).filter(([key]) => key !== name)));

    expect(wrong.diagnostics).toMatchObject([{ summary: "State of this object is damaged", attribute: [name] }]);
    expect(wrong.diagnostics.every(isExplained)).toBe(true);
    expect(missing.diagnostics).toEqual([]);
  },
);

test("what reading can repair is repaired", async () => {
  const { config, kept, newEngine } = await givenObject("qumulo_role");
  for (const name of ["description", "privileges", "allow_lock_out", "id"]) {
    const broken: Kept = { ...kept, state: damaged(kept.state, [name]) };

    const read = await (await newEngine()).refresh("qumulo_role", broken);

    expect(read.errors).toEqual([]);
    expect((await (await newEngine()).plan("qumulo_role", config, read.kept)).isEmpty).toBe(true);
  }
});

test("state that does not name its object any more is refused, and nothing is dropped from it", async () => {
  for (const [typeName, name] of [
    ["qumulo_role", "name"],
    ["qumulo_local_user", "id"],
    ["qumulo_access_token", "id"],
    ["qumulo_role_members", "role_name"],
  ] as const) {
    const { kept, newEngine } = await givenObject(typeName);
    const broken: Kept = { ...kept, state: damaged(kept.state, [name]) };

    const read = await (await newEngine()).refresh(typeName, broken);

    expect(read.errors).toMatchObject([{ summary: "State of this object is damaged", attribute: [name] }]);
    expect(read.state).not.toBeNull();
  }
});

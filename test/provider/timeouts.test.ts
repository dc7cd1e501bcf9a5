import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const type = "qumulo_role";
const none = { create: null, read: null, update: null, delete: null };
const config = { name: "ops", privileges: setOfValues("PRIVILEGE_QUOTA_READ") };

async function givenRoles() {
  const cluster = await givenCluster();
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

test("an operation that takes longer than its timeout ends, and the error says which limit it was", async () => {
  const { engine, simulator } = await givenRoles();
  const created = await engine.apply(type, { ...config, timeouts: { ...none, read: "1s" } });
  simulator.failNext({ method: "GET", path: /roles/, with: { kind: "hang" } });

  const read = await engine.refresh(type, created.kept);

  expect(read.errors).toMatchObject([
    { summary: "Role ops could not be read", detail: expect.stringContaining("longer than 1s, which timeouts.read") },
  ]);
  expect(read.state).toEqual(created.state);
});

test("timeouts are kept in state, and a change of them alone makes no request", async () => {
  const { engine, simulator } = await givenRoles();
  const created = await engine.apply(type, { ...config, timeouts: { ...none, delete: "10m" } });
  const before = simulator.requests.length;

  const changed = await engine.apply(type, { ...config, timeouts: { ...none, delete: "1d12h" } }, created.kept);

  expect(changed.errors).toEqual([]);
  expect(simulator.requests).toHaveLength(before);
  expect(changed.state).toEqual({ ...created.state, timeouts: { ...none, delete: "1d12h" } });
  expect((await engine.refresh(type, changed.kept)).state).toEqual(changed.state);
});

test.each(["90d", "1.5h", "1h30m0s", "2m0.5s", "500ms"])(
  "the timeout %j is long enough, also as Go writes it",
  async (text) => {
    const { engine } = await givenRoles();
    const limited = { ...config, timeouts: { ...none, create: text, delete: text } };

    const created = await engine.apply(type, limited);

    expect(await engine.validate(type, limited)).toEqual([]);
    expect(created.errors).toEqual([]);
    expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
  },
);

test.each(["soon", "1.5", "1h 30m", "0s", "", "-1m"])("the timeout %j is refused while validating", async (text) => {
  const { engine } = await givenRoles();

  const diagnostics = await engine.validate(type, { ...config, timeouts: { ...none, create: text } });

  expect(diagnostics).toMatchObject([{ summary: "Timeout is invalid", attribute: ["timeouts", "create"] }]);
});

test("every resource has timeouts for all four operations", async () => {
  const { engine } = await givenRoles();

  for (const { schema } of engine.server.schemas.resources.values()) {
    expect(Object.keys(schema.blocks?.["timeouts"]?.attributes ?? {})).toEqual(["create", "read", "update", "delete"]);
  }
});

test("every resource can be imported by id and by identity, and every attribute is described", async () => {
  const { engine } = await givenRoles();

  for (const { schema, identity } of engine.server.schemas.resources.values()) {
    const described = [...Object.values(schema.attributes), ...Object.values(identity?.attributes ?? {})];
    expect(identity).toBeDefined();
    expect(described.map(({ description }) => description).filter((text) => !/^[A-Z`].+\.$/s.test(text))).toEqual([]);
  }
});

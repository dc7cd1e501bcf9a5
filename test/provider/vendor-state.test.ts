import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, type Given, givenEngine, type Kept } from "../support/provider/given-provider.ts";
import { isAsPlanned } from "../support/provider/given-series.ts";
import { type Plain, setOfValues, value } from "../support/provider/values.ts";

const nothing: Kept = { state: value(null), private: new Uint8Array(), identity: undefined };
const timeouts = { create: "1h30m", update: null, delete: "1.5h" };

/** Reads state of version 0 as an engine has it upgraded, then refreshes it. */
async function takeOver(engine: Engine, typeName: string, stored: object) {
  const rawStateJson = new TextEncoder().encode(JSON.stringify(stored));
  const { stateJson, diagnostics } = await engine.server.upgradeState({ typeName, version: 0, rawStateJson });
  expect(diagnostics).toEqual([]);
  // JSON of a schema without numbers: plain data.
  const upgraded = JSON.parse(new TextDecoder().decode(stateJson)) as Record<string, Plain>;
  const { privileges } = upgraded;
  const elements: readonly Plain[] | undefined = Array.isArray(privileges) ? privileges : undefined;
  const sets = elements === undefined ? {} : { privileges: setOfValues(...elements) };
  const kept = { state: value({ ...upgraded, ...sets }), private: new Uint8Array(), identity: undefined };
  return { upgraded, read: await engine.refresh(typeName, kept) };
}

async function givenVendorCluster() {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const { admin } = cluster;
  await admin.post("/v1/auth/roles/", { name: "ops", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] });
  const groupId = (await admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const { id } = cluster.user("svc");
  await admin.post(`/v1/groups/${groupId}/members/`, { member_id: id });
  await admin.post("/v1/auth/roles/ops/members", { auth_id: id });
  return { ...cluster, id, groupId, engine: await givenEngine(cluster.simulator) };
}

test("state of the vendor's local user is taken over, and needs no change", async () => {
  const { engine, id } = await givenVendorCluster();
  const config = { name: "svc", primary_group: "513", password: "Example-Passw0rd" };

  const { upgraded, read } = await takeOver(engine, "qumulo_local_user", {
    ...config,
    id,
    uid: "",
    home_directory: "",
    sid: "S-1-5-21-1-2-3-1004",
    can_change_password: true,
    timeouts: null,
    surplus: { of: ["any", "kind"] },
  });

  expect(upgraded).not.toHaveProperty("surplus");
  expect(upgraded).toMatchObject({ uid: "", home_directory: "", password_wo: null, password_wo_version: null });
  expect(read.state).toMatchObject(config);
  expect((await engine.plan("qumulo_local_user", config, read.kept)).isEmpty).toBe(true);
});

test("state of the vendor's local group and of its member is taken over, and needs no change", async () => {
  const { engine, id, groupId } = await givenVendorCluster();
  const member = { group_id: groupId, member_id: id };
  const limits = { ...timeouts, read: null };

  const group = await takeOver(engine, "qumulo_local_group", {
    id: groupId,
    name: "automation",
    gid: "",
    sid: "S-1",
    timeouts,
  });
  const membership = await takeOver(engine, "qumulo_local_group_member", {
    ...member,
    id: `${groupId}:${id}`,
    timeouts,
  });

  const plans: readonly [string, Given, typeof group][] = [
    ["qumulo_local_group", { name: "automation", timeouts: limits }, group],
    ["qumulo_local_group_member", { ...member, timeouts: limits }, membership],
  ];
  for (const [type, config, { read }] of plans) {
    expect(read.errors).toEqual([]);
    expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
  }
});

test("state of the vendor's role is taken over, its list of privileges as a set", async () => {
  const { engine } = await givenVendorCluster();

  const { read } = await takeOver(engine, "qumulo_role", {
    id: "ops",
    name: "ops",
    description: "Reads",
    privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_READ"],
    timeouts: null,
  });

  const config = { name: "ops", description: "Reads", privileges: setOfValues("PRIVILEGE_QUOTA_READ") };
  expect((await engine.plan("qumulo_role", config, read.kept)).isEmpty).toBe(true);
});

const none = { create: null, update: null, delete: null };

test.each([null, {}, none, { ...none, read: null }])(
  "timeouts that an import has left as %j are none",
  async (left) => {
    const { engine, id, groupId } = await givenVendorCluster();
    const objects: readonly [string, Given, object][] = [
      ["qumulo_local_user", { name: "svc" }, { id, name: "svc", primary_group: "513" }],
      ["qumulo_local_group", { name: "automation" }, { id: groupId, name: "automation" }],
      ["qumulo_local_group_member", { group_id: groupId, member_id: id }, { group_id: groupId, member_id: id }],
      ["qumulo_role_member", { role_name: "ops", auth_id: id }, { id: `ops:${id}`, role_name: "ops", auth_id: id }],
    ];

    for (const [typeName, config, stored] of objects) {
      const { upgraded, read } = await takeOver(engine, typeName, { ...stored, timeouts: left });
      expect(upgraded).toMatchObject({ timeouts: null });
      expect((await engine.plan(typeName, config, read.kept)).isEmpty).toBe(true);
    }
  },
);

/** The ways to say that there is none, in state and in configurations. */
const ways = ["", null].flatMap((stored) => ["", null].map((written) => ({ stored, written })));

test.each(ways)(
  "no uid, gid and home directory: $stored in state is $written in the configuration",
  async ({ stored, written }) => {
    const { engine, id, groupId, simulator } = await givenVendorCluster();
    const user = { name: "svc", uid: written, home_directory: written };
    const group = { name: "automation", gid: written };

    const takenUser = await takeOver(engine, "qumulo_local_user", {
      id,
      name: "svc",
      uid: stored,
      home_directory: stored,
    });
    const takenGroup = await takeOver(engine, "qumulo_local_group", { id: groupId, name: "automation", gid: stored });
    const before = simulator.requests.length;
    const plans = [
      await engine.plan("qumulo_local_user", user, takenUser.read.kept),
      await engine.plan("qumulo_local_group", group, takenGroup.read.kept),
    ];
    const applied = [
      await engine.apply("qumulo_local_user", user, takenUser.read.kept),
      await engine.apply("qumulo_local_group", group, takenGroup.read.kept),
    ];

    // Engines demand that a plan is what is configured; what is null in state and empty in the configuration is a change
    // of state alone, once.
    if (stored === "" || written === null) expect(plans.map(({ isEmpty }) => isEmpty)).toEqual([true, true]);
    expect([...plans, ...applied].flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(simulator.requests.slice(before).filter(({ method }) => method === "PUT")).toEqual([]);
  },
);

test("empty texts are taken in a configuration, stay in state, and take values away", async () => {
  const { engine } = await givenVendorCluster();
  const empty = { name: "robot", uid: "", home_directory: "" };
  const set = { name: "robot", uid: "5005", home_directory: "/home/robot" };
  const lives: readonly (readonly Given[])[] = [
    [empty, set, empty, set, { name: "robot" }, empty],
    [{ name: "robot" }, set, { name: "robot" }, empty, { name: "robot" }],
  ];

  for (const configs of lives) {
    let kept: Kept | undefined;
    for (const config of configs) {
      expect(await engine.validate("qumulo_local_user", config)).toEqual([]);
      const { planned } = await engine.plan("qumulo_local_user", config, kept);
      const applied = await engine.apply("qumulo_local_user", config, kept);
      expect([applied.errors, isAsPlanned(planned, applied.state)]).toEqual([[], true]);
      const text = (name: string) => (typeof config[name] === "string" ? config[name] : "");
      expect(applied.state?.["uid"] ?? "").toBe(text("uid"));
      expect(applied.state?.["home_directory"] ?? "").toBe(text("home_directory"));
      const read = await engine.refresh("qumulo_local_user", applied.kept);
      expect((await engine.plan("qumulo_local_user", config, read.kept)).isEmpty).toBe(true);
      kept = read.kept;
    }
    if (kept !== undefined) await engine.destroy("qumulo_local_user", kept);
  }
});

test.each(["", null])(
  "an imported user and group without uid and gid need no change where they are %j",
  async (written) => {
    const { engine, id, groupId } = await givenVendorCluster();

    const user = await engine.importById("qumulo_local_user", id);
    const group = await engine.importById("qumulo_local_group", groupId);

    const asked = { name: "svc", uid: written, home_directory: written };
    expect((await engine.plan("qumulo_local_user", asked, user.kept)).isEmpty).toBe(true);
    expect((await engine.plan("qumulo_local_group", { name: "automation", gid: written }, group.kept)).isEmpty).toBe(
      true,
    );
  },
);

test("a built-in role in a configuration is refused with the way out of it", async () => {
  const { engine } = await givenVendorCluster();

  const [refusal] = await engine.validate("qumulo_role", { name: "Observers", privileges: setOfValues() });

  expect(refusal).toMatchObject({ summary: "Built-in role cannot be managed", attribute: ["name"] });
  for (const step of ["remove this block", 'role_name = "Observers"', "state rm"])
    expect(refusal?.detail).toContain(step);
});

test.each([
  // As it is after a create, before the first refresh.
  { auth_id: null, name: null, domain: null, sid: null, uid: null, gid: null },
  // As it is after a refresh, where numbers have become unreadable.
  { auth_id: "1004", name: "svc", domain: "LOCAL", sid: "", uid: "'\\x00'", gid: "'\\x00'" },
])("state of the vendor's role member is taken over, and needs no change: %j", async (stored) => {
  const { engine, id } = await givenVendorCluster();
  const auth_id = stored.auth_id === null ? null : id;

  const { read } = await takeOver(engine, "qumulo_role_member", {
    ...stored,
    auth_id,
    id: `ops:${id}`,
    role_name: "ops",
    timeouts: null,
  });

  expect(read.errors).toEqual([]);
  expect(read.state).toMatchObject({ auth_id: id, name: "svc", domain: "LOCAL", uid: null, gid: null });
  for (const config of [{ auth_id: id }, { name: "svc", domain: "LOCAL" }]) {
    expect((await engine.plan("qumulo_role_member", { role_name: "ops", ...config }, read.kept)).isEmpty).toBe(true);
  }
});

test.each([
  "qumulo_local_user",
  "qumulo_local_group",
  "qumulo_local_group_member",
  "qumulo_role",
  "qumulo_role_member",
])("state of %s that holds nothing that is known is not a failure", async (typeName) => {
  const { engine } = await givenVendorCluster();
  const rawStateJson = new TextEncoder().encode(JSON.stringify({ id: 7, name: ["x"], privileges: "x", timeouts: "x" }));

  const { stateJson, diagnostics } = await engine.server.upgradeState({ typeName, version: 0, rawStateJson });

  expect(diagnostics).toEqual([]);
  expect(stateJson).toBeDefined();
});

test("a moved block takes the vendor's objects over, and no others", async () => {
  const { engine, id, groupId } = await givenVendorCluster();
  const move = async (typeName: string, source: object, stored: object) =>
    engine.server.moveResource({
      sourceProviderAddress: "registry.terraform.io/qumulo/qumulo",
      sourceTypeName: typeName,
      sourceSchemaVersion: 0,
      sourceStateJson: new TextEncoder().encode(JSON.stringify(stored)),
      targetTypeName: typeName,
      ...source,
    });
  const member = { group_id: groupId, member_id: id };
  const stored: readonly [string, Given, object][] = [
    ["qumulo_local_user", { name: "svc", password: "x" }, { id, name: "svc", primary_group: "513", password: "x" }],
    ["qumulo_local_group", { name: "automation" }, { id: groupId, name: "automation", gid: "", sid: "S-1" }],
    ["qumulo_local_group_member", member, { ...member, id: `${groupId}:${id}` }],
    [
      "qumulo_role",
      { name: "ops", description: "Reads", privileges: setOfValues("PRIVILEGE_QUOTA_READ") },
      { id: "ops", name: "ops", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] },
    ],
    ["qumulo_role_member", { role_name: "ops", auth_id: id }, { id: `ops:${id}`, role_name: "ops", auth_id: id }],
  ];

  for (const [type, config, state] of stored) {
    const { target, diagnostics } = await move(type, {}, { ...state, timeouts: null });
    expect(diagnostics).toEqual([]);
    const { kept } = await engine.refresh(type, target ?? nothing);
    expect((await engine.plan(type, config, kept)).isEmpty).toBe(true);
  }
  for (const other of [
    { sourceProviderAddress: "registry.terraform.io/other/qumulo" },
    { sourceTypeName: "qumulo_role_member" },
    { sourceSchemaVersion: 1 },
    { targetTypeName: "qumulo_access_token" },
  ]) {
    const { target, diagnostics } = await move("qumulo_role", other, { id: "ops", name: "ops" });
    expect(target).toBeUndefined();
    expect(diagnostics).toMatchObject([{ summary: "Move is not supported" }]);
  }
});

import { expect, test } from "@jest/globals";
import type { Fault } from "../../src/simulator/index.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenEngine } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

interface Kind {
  readonly type: string;
  readonly config: Given & { readonly name: string };
  /** Where objects of the kind are. */
  readonly collection: string;
  /** The object of `config` as somebody else makes it. */
  readonly foreign: object;
  /** The object as somebody else makes it, so that it differs from what `config` asks for. */
  readonly different: object;
}

const user: Kind = {
  type: "qumulo_local_user",
  config: { name: "svc" },
  collection: "/v1/users/",
  foreign: { name: "svc", primary_group: "513", uid: "", home_directory: null, password: "Somebody-3lse" },
  different: { name: "svc", primary_group: "513", uid: "", home_directory: "/else", password: "Somebody-3lse" },
};
const chosen: Kind = { ...user, config: { name: "svc", password: "Example-Passw0rd" } };
const group: Kind = {
  type: "qumulo_local_group",
  config: { name: "automation", gid: "7001" },
  collection: "/v1/groups/",
  foreign: { name: "automation", gid: "7001" },
  different: { name: "automation", gid: "7002" },
};
const role: Kind = {
  type: "qumulo_role",
  config: { name: "ops", description: "Reads", privileges: setOfValues("PRIVILEGE_QUOTA_READ") },
  collection: "/v1/auth/roles/",
  foreign: { name: "ops", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] },
  different: { name: "ops", description: "Writes", privileges: ["PRIVILEGE_QUOTA_READ"] },
};

const kinds: readonly [string, Kind][] = [
  ["a user without a known password", user],
  ["a user with a password", chosen],
  ["a group", group],
  ["a role", role],
];

const silent: readonly [string, Fault][] = [
  ["reset", { kind: "reset" }],
  ["500", { kind: "status", status: 500 }],
  ["502", { kind: "status", status: 502 }],
  ["503", { kind: "status", status: 503 }],
  ["504", { kind: "status", status: 504 }],
  ["an empty body", { kind: "empty-body" }],
  ["broken JSON", { kind: "broken-json" }],
  ["a web page", { kind: "web-page" }],
];

async function givenObjects() {
  const cluster = await givenCluster();
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

const everyFault = kinds.flatMap(([name, kind]) => silent.map(([answer, fault]) => ({ name, answer, kind, fault })));

test.each(everyFault)("$name that was created, though the answer was $answer, is managed", async ({ kind, fault }) => {
  const { engine, simulator } = await givenObjects();
  simulator.failNext({ method: "POST", path: new RegExp(`^${kind.collection}$`), when: "after", with: fault });

  const created = await engine.apply(kind.type, kind.config);

  expect(simulator.faultsLeft()).toBe(0);
  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({ name: kind.config.name });
  const read = await engine.refresh(kind.type, created.kept);
  expect((await engine.plan(kind.type, kind.config, read.kept)).isEmpty).toBe(true);
});

test.each(everyFault)("$name that was not created when the answer was $answer is created", async ({ kind, fault }) => {
  const { engine, simulator } = await givenObjects();
  simulator.failNext({ method: "POST", path: new RegExp(`^${kind.collection}$`), with: fault });

  const created = await engine.apply(kind.type, kind.config);

  expect(simulator.faultsLeft()).toBe(0);
  expect([...created.errors, ...created.warnings]).toEqual([]);
});

test.each(kinds)("%s that was there before is named, and is somebody else's", async (_name, kind) => {
  const { engine, simulator, admin } = await givenObjects();
  await admin.post(kind.collection, kind.foreign);
  simulator.failNext({ method: "POST", path: new RegExp(`^${kind.collection}$`), with: { kind: "reset" } });

  const created = await engine.apply(kind.type, kind.config);

  expect(created.state).toBeNull();
  expect(created.errors).toMatchObject([
    { attribute: ["name"], detail: expect.stringMatching(/import(ing)? it with the id/) },
  ]);
});

test.each(kinds.filter(([, { type }]) => type !== "qumulo_local_user"))(
  "%s that is taken over is named in a warning, since somebody else may have made it just then",
  async (_name, kind) => {
    const { engine, simulator } = await givenObjects();
    simulator.failNext({ method: "POST", when: "after", with: { kind: "status", status: 500 } });

    const { warnings } = await engine.apply(kind.type, kind.config);

    expect(warnings).toMatchObject([{ detail: expect.stringContaining(kind.config.name) }]);
    expect(warnings[0]?.detail).toContain("500");
    expect(warnings[0]?.detail).toContain("state rm");
  },
);

test.each(kinds)(
  "%s that somebody else made otherwise in the meantime is named and left alone",
  async (_name, kind) => {
    const { engine, simulator, admin } = await givenObjects();
    const path = new RegExp(`^${kind.collection}$`);
    // The look before the creation passes; then somebody is faster, and the answer to the creation is lost.
    const meanwhile = async () => admin.post(kind.collection, kind.different);
    simulator.failNext({ method: "POST", path, with: { kind: "hold", meanwhile } });
    simulator.failNext({ method: "POST", path, when: "after", skip: 1, with: { kind: "status", status: 500 } });

    const created = await engine.apply(kind.type, kind.config);

    expect(created.state).toBeNull();
    expect(created.errors).toMatchObject([
      { attribute: ["name"], summary: expect.stringMatching(/^Whether the .* was created is unknown$/) },
    ]);
    expect(created.errors[0]?.detail).toContain("import it with the id");
  },
);

test.each([
  [role, "/v1/auth/roles/ops/members", { auth_id: "500" }],
  [group, undefined, { member_id: "500" }],
] as const)("an object that somebody uses already is not taken over: %j", async (kind, members, member) => {
  const { engine, simulator, admin } = await givenObjects();
  const path = new RegExp(`^${kind.collection}$`);
  const meanwhile = async () => {
    const made = await admin.post(kind.collection, kind.foreign);
    await admin.post(members ?? `/v1/groups/${made.field("id")}/members/`, member);
  };
  simulator.failNext({ method: "POST", path, with: { kind: "hold", meanwhile } });
  simulator.failNext({ method: "POST", path, when: "after", skip: 1, with: { kind: "reset" } });

  const created = await engine.apply(kind.type, kind.config);

  expect(created.state).toBeNull();
  expect(created.errors).toHaveLength(1);
});

test.each(kinds)("%s whose creation fails twice is said not to be there", async (_name, kind) => {
  const { engine, simulator } = await givenObjects();
  const path = new RegExp(`^${kind.collection}$`);
  simulator.failNext({ method: "POST", path, times: 2, with: { kind: "status", status: 500 } });

  const created = await engine.apply(kind.type, kind.config);

  expect(created.state).toBeNull();
  expect(created.errors).toMatchObject([{ detail: expect.stringContaining("500") }]);
});

test.each(kinds)("where %s cannot be looked for either, both reasons are told", async (_name, kind) => {
  const { engine, simulator } = await givenObjects();
  const post = { method: "POST", path: new RegExp(`^${kind.collection}$`) };
  // The cluster is gone once the creation was answered.
  const meanwhile = async () => {
    simulator.failNext({ method: "GET", times: Number.POSITIVE_INFINITY, with: { kind: "web-page" } });
    return Promise.resolve();
  };
  simulator.failNext({ ...post, with: { kind: "hold", meanwhile } });
  simulator.failNext({ ...post, when: "after", with: { kind: "status", status: 500 } });

  const created = await engine.apply(kind.type, kind.config);

  expect(created.state).toBeNull();
  expect(created.errors[0]?.detail).toMatch(/answered with 500.*and looking.*failed as well.*not known/);
});

interface Deletion {
  readonly type: string;
  readonly config: (ids: { readonly userId: string; readonly groupId: string }) => Given;
  /** What to read to see whether it is there. */
  readonly look: (state: Readonly<Record<string, unknown>>) => string;
  /** What is read there while it is there. */
  readonly mark: (state: Readonly<Record<string, unknown>>) => string;
  /** The path of its deletion. */
  readonly path: RegExp;
}

const deletions: readonly Deletion[] = [
  {
    type: "qumulo_local_user",
    config: () => ({ name: "robot" }),
    look: () => "/v1/users/",
    mark: () => '"robot"',
    path: /^\/v1\/users\//,
  },
  {
    type: "qumulo_local_group",
    config: () => ({ name: "machines" }),
    look: () => "/v1/groups/",
    mark: () => '"machines"',
    path: /^\/v1\/groups\//,
  },
  {
    type: "qumulo_local_group_member",
    config: ({ userId, groupId }) => ({ group_id: groupId, member_id: userId }),
    look: ({ group_id }) => `/v1/groups/${String(group_id)}/members/`,
    mark: () => '"svc"',
    path: /members/,
  },
  {
    type: "qumulo_role",
    config: () => ({ name: "ops", privileges: setOfValues() }),
    look: () => "/v1/auth/roles/",
    mark: () => '"ops"',
    path: /roles/,
  },
  {
    type: "qumulo_role_member",
    config: ({ userId }) => ({ role_name: "Observers", auth_id: userId }),
    look: () => "/v1/auth/roles/Observers/members",
    mark: () => '"svc"',
    path: /members/,
  },
  {
    type: "qumulo_role_members",
    config: () => ({ role_name: "Observers", members: setOfValues("local:svc") }),
    look: () => "/v1/auth/roles/Observers/members",
    mark: () => '"svc"',
    path: /members/,
  },
  {
    type: "qumulo_access_token",
    config: ({ userId }) => ({ user: `auth_id:${userId}`, expires_in: "90d" }),
    look: () => "/v1/auth/access-tokens/",
    mark: ({ id }) => String(id),
    path: /access-tokens/,
  },
];

async function givenDeletion({ type, config, look, mark }: Deletion) {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const groupId = (await cluster.admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const engine = await givenEngine(cluster.simulator);
  const created = await engine.apply(type, config({ userId: cluster.user("svc").id, groupId }));
  expect(created.errors).toEqual([]);
  const state = created.state ?? {};
  return {
    simulator: cluster.simulator,
    // Engines create and destroy in runs of their own.
    destroy: async () => (await givenEngine(cluster.simulator)).destroy(type, created.kept),
    isLeft: async () => (await cluster.admin.get(look(state))).text.includes(mark(state)),
  };
}

const lostDeletions = deletions.flatMap((deletion) =>
  silent.flatMap(([answer, fault]) =>
    (["before", "after"] as const).map((when) => ({ type: deletion.type, answer, when, deletion, fault })),
  ),
);

// For a deletion an empty body is the right answer: one that comes before it was carried out is a cluster that lies.
test.each(lostDeletions.filter(({ answer, when }) => answer !== "an empty body" || when === "after"))(
  "$type is deleted, though the answer is $answer $when it was done",
  async ({ deletion, fault, when }) => {
    const { simulator, destroy, isLeft } = await givenDeletion(deletion);
    simulator.failNext({ method: "DELETE", path: deletion.path, when, with: fault });

    const deleted = await destroy();

    expect(simulator.faultsLeft()).toBe(0);
    expect(deleted.errors).toEqual([]);
    expect(deleted.state).toBeNull();
    expect(await isLeft()).toBe(false);
  },
);

test.each(deletions)("$type that a proxy only says to have deleted stays in state", async (deletion) => {
  const { simulator, destroy, isLeft } = await givenDeletion(deletion);
  simulator.failNext({
    method: "DELETE",
    path: deletion.path,
    times: Number.POSITIVE_INFINITY,
    with: { kind: "web-page" },
  });

  const deleted = await destroy();

  simulator.clearFaults();
  expect(deleted.errors).toMatchObject([{ detail: expect.stringContaining("not known") }]);
  expect(deleted.state).not.toBeNull();
  expect(await isLeft()).toBe(true);
});

test.each(deletions)(
  "$type stays in state where the look after a lost deletion is not answered by the cluster",
  async (deletion) => {
    const { simulator, destroy, isLeft } = await givenDeletion(deletion);
    const meanwhile = async () => {
      simulator.failNext({ times: Number.POSITIVE_INFINITY, with: { kind: "web-page" } });
      return Promise.resolve();
    };
    simulator.failNext({ method: "DELETE", path: deletion.path, with: { kind: "hold", meanwhile } });
    simulator.failNext({ method: "DELETE", path: deletion.path, when: "after", with: { kind: "reset" } });

    const deleted = await destroy();

    simulator.clearFaults();
    expect(deleted.errors).toMatchObject([{ detail: expect.stringMatching(/looking.*failed as well/) }]);
    expect(deleted.state).not.toBeNull();
    // It was carried out: a second run finds that.
    expect(await isLeft()).toBe(false);
    expect(await destroy()).toMatchObject({ errors: [], state: null });
  },
);

import { expect, test } from "@jest/globals";
import { entryOf } from "../../src/framework/model-codec.ts";
import { isComputed, isOptional, members } from "../../src/framework/schema.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import {
  type Engine,
  type Given,
  givenEngine,
  givenUnconfiguredEngine,
  type Kept,
} from "../support/provider/given-provider.ts";
import { type Ignored, type Run, runIgnoring } from "../support/engines/ignoring-engine.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { mapOfValues, plain, setOfValues } from "../support/provider/values.ts";

/** The ids of whom the cluster of a test holds. */
interface Ids {
  readonly userId: string;
  readonly otherId: string;
  readonly groupId: string;
  readonly otherGroupId: string;
}

/** What a practitioner writes in the course of an object's life, each time with the same `ignore_changes`. */
type Life = (ids: Ids) => readonly [Given, ...Given[]];

const quota = setOfValues("PRIVILEGE_QUOTA_READ");

const lives: Readonly<Record<string, Life>> = {
  qumulo_local_user: ({ groupId }) => [
    { name: "robot" },
    { name: "robot", home_directory: "/home/robot", uid: "5005", primary_group: groupId },
    { name: "machine", password: "Example-Passw0rd", allow_lock_out: true },
    { name: "machine", primary_group: "0", timeouts: { create: "1m", read: null, update: null, delete: null } },
    { name: "machine" },
  ],
  qumulo_local_group: () => [
    { name: "machines" },
    { name: "machines", gid: "7000" },
    { name: "robots", allow_lock_out: true },
    { name: "robots", timeouts: { create: "1m", read: null, update: null, delete: null } },
  ],
  qumulo_local_group_member: ({ userId, otherId, groupId, otherGroupId }) => [
    { group_id: groupId, member_id: userId },
    { group_id: groupId, member_id: userId, allow_lock_out: true },
    { group_id: groupId, member_id: otherId },
    { group_id: otherGroupId, member_id: otherId },
  ],
  qumulo_role: () => [
    { name: "backup", privileges: quota },
    { name: "backup", privileges: setOfValues("PRIVILEGE_SNAPSHOT_READ"), description: "Reads" },
    { name: "restore", privileges: quota, allow_lock_out: true },
    { name: "restore", privileges: quota },
  ],
  qumulo_role_member: ({ userId }) => [
    { role_name: "Observers", auth_id: userId },
    { role_name: "Observers", auth_id: userId, allow_lock_out: true },
    { role_name: "backup-reader", auth_id: userId },
    { role_name: "backup-reader", auth_id: userId, name: "svc", domain: "LOCAL" },
    { role_name: "backup-reader", name: "svc", domain: "LOCAL" },
  ],
  qumulo_role_members: () => [
    { role_name: "Observers", members: setOfValues("local:svc") },
    { role_name: "Observers", members: setOfValues("local:svc", "local:other") },
    { role_name: "backup-reader", members: setOfValues("local:other"), allow_lock_out: true },
    { role_name: "backup-reader", members: setOfValues() },
  ],
  qumulo_access_token: () => [
    { user: "local:svc", expires_in: "90d", rotate_before_expiry: "14d" },
    { user: "local:svc", expires_in: "90d", rotate_before_expiry: "14d", enabled: false },
    { user: "local:svc", expires_in: "60d", rotate_before_expiry: "14d", overlap: "12h" },
    { user: "local:svc", expires_in: "60d", rotate_when_changed: mapOfValues({ keeper: "one" }) },
    { user: "local:svc", expires_in: "60d", rotate_when_changed: mapOfValues({ keeper: "two" }) },
    { user: "local:other", expires_in: "60d" },
    { user: "local:other", expiration_time: "2026-12-31T00:00:00Z" },
  ],
};

const resources = givenUnconfiguredEngine().server.schemas.resources;

/** No attribute, every one that can be written by itself, and all of them. */
const cases = Object.keys(lives).flatMap((typeName) => {
  const attributes = Object.entries(members(resources.get(typeName)?.schema ?? { attributes: {} }));
  const writable = attributes.filter(([, attribute]) => !isComputed(attribute) || isOptional(attribute));
  const each = writable.map(([name]): Ignored => [name]);
  return [[], ...each, "all" as const].map((ignored: Ignored) => ({ typeName, ignored }));
});

async function givenIds() {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc", "other"], clock });
  const { admin, user } = cluster;
  const groupId = (await admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const otherGroupId = (await admin.post("/v1/groups/", { name: "operation", gid: "" })).field("id");
  await admin.post("/v1/auth/roles/", { name: "backup-reader", description: "", privileges: [] });
  const ids: Ids = { userId: user("svc").id, otherId: user("other").id, groupId, otherGroupId };
  return { ...cluster, clock, ids, newEngine: async () => givenEngine(cluster.simulator, { clock }) };
}

/** What an engine says of an object that needs nothing: `[true, [], []]`. */
function atRest({ isEmpty, errors, mistakes }: Run): readonly unknown[] {
  return [isEmpty, errors, mistakes];
}

function idOf({ state }: Kept): string {
  return JSON.stringify(plain(entryOf(state, "id")));
}

test("there is a life for every resource", () => {
  expect(Object.keys(lives).toSorted()).toEqual([...resources.keys()].toSorted());
});

test.each(cases)(
  "$typeName with ignore_changes $ignored comes to rest after each change",
  async ({ typeName, ignored }) => {
    const { ids, newEngine } = await givenIds();
    let kept: Kept | undefined;

    for (const [step, config] of (lives[typeName]?.(ids) ?? []).entries()) {
      const engine: Engine = await newEngine();
      const change = { typeName, config, ignored };
      const applied = await runIgnoring(engine, change, kept);
      expect({ step, errors: applied.errors, mistakes: applied.mistakes }).toEqual({ step, errors: [], mistakes: [] });
      const again = await runIgnoring(await newEngine(), change, applied.kept);
      expect({ step, again: atRest(again) }).toEqual({ step, again: [true, [], []] });
      kept = again.kept;
    }

    const destroyed = kept && (await (await newEngine()).destroy(typeName, kept));
    expect(destroyed?.errors).toEqual([]);
  },
);

/** What names the object for import. */
function importIdOf(typeName: string, state: Readonly<Record<string, unknown>>): string {
  return typeName === "qumulo_role_members" ? String(state["role_name"]) : String(state["id"]);
}

test.each(cases)(
  "$typeName with ignore_changes $ignored comes to rest after an import",
  async ({ typeName, ignored }) => {
    const { ids, newEngine } = await givenIds();
    const [config = {}, changed = {}] = lives[typeName]?.(ids) ?? [];
    const created = await (await newEngine()).apply(typeName, config);
    const imported = await (await newEngine()).importById(typeName, importIdOf(typeName, created.state ?? {}));
    let { kept } = imported;

    for (const written of [config, changed, config]) {
      const change = { typeName, config: written, ignored };
      const applied = await runIgnoring(await newEngine(), change, kept);
      expect([applied.errors, applied.mistakes]).toEqual([[], []]);
      const again = await runIgnoring(await newEngine(), change, applied.kept);
      expect(atRest(again)).toEqual([true, [], []]);
      kept = again.kept;
    }

    expect((await (await newEngine()).destroy(typeName, kept)).errors).toEqual([]);
  },
);

const dayMs = 86_400_000;
const series = cases.filter(({ typeName }) => typeName === "qumulo_access_token");

test.each(series)(
  "a series with ignore_changes $ignored is rotated once when it is due, and once more a life later",
  async ({ typeName, ignored }) => {
    const { newEngine, clock } = await givenIds();
    const change = { typeName, config: { user: "local:svc", expires_in: "90d", rotate_before_expiry: "14d" }, ignored };
    let { kept } = await runIgnoring(await newEngine(), change);
    const ids = new Set([idOf(kept)]);

    for (let day = 10; day <= 200; day += 10) {
      clock.advance(10 * dayMs);
      const applied = await runIgnoring(await newEngine(), change, kept);
      const again = await runIgnoring(await newEngine(), change, applied.kept);
      expect({ day, said: [applied.errors, applied.mistakes] }).toEqual({ day, said: [[], []] });
      expect({ day, again: atRest(again) }).toEqual({ day, again: [true, [], []] });
      kept = again.kept;
      ids.add(idOf(kept));
    }

    expect(ids.size).toBe(3);
  },
);

test.each(["auth_id", "sid"])(
  "a role member of another name is refused while planning where ignore_changes keeps %s",
  async (kept) => {
    const { newEngine } = await givenIds();
    const member = (name: string) => ({ role_name: "backup-reader", name, domain: "LOCAL" });
    const change = (name: string) => ({ typeName: "qumulo_role_member", config: member(name), ignored: [kept] });
    const created = await runIgnoring(await newEngine(), change("svc"));

    const refused = await runIgnoring(await newEngine(), change("other"), created.kept);

    expect(created.errors).toEqual([]);
    expect(refused.errors).toMatchObject([
      {
        summary: "Role member is given as two identities",
        detail: expect.stringContaining("ignore_changes"),
        attribute: ["name"],
      },
    ]);
    expect((await runIgnoring(await newEngine(), change("svc"), refused.kept)).isEmpty).toBe(true);
  },
);

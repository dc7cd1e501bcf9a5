import { expect, test } from "@jest/globals";
import type { Diagnostic } from "../../src/framework/diagnostics.ts";
import { type GivenCluster, givenCluster, type Holder } from "../support/simulator/given-cluster.ts";
import { type Engine, type Given, givenEngine, type Kept, reaching } from "../support/provider/given-provider.ts";
import { readCode, readPage } from "../support/pages/pages.ts";
import { setOfValues } from "../support/provider/values.ts";

const guide = "docs/guides/least-privilege.md";

/** Objects to deploy, one after the other, each from its creation to its end. */
type Objects = readonly (readonly [type: string, config: Given])[];

/** What an account is to do. */
interface Task {
  readonly of: readonly ("users" | "groups" | "roles" | "tokens")[];
  readonly onlyPlans?: boolean;
}

const tasks: Readonly<Record<string, Task>> = {
  "deploy everything": { of: ["users", "groups", "roles", "tokens"] },
  "only plan, as in a pull request": { of: ["users", "groups", "roles", "tokens"], onlyPlans: true },
  "only local users": { of: ["users"] },
  "only local groups and their members": { of: ["groups"] },
  "only roles and their members": { of: ["roles"] },
  "only access tokens of existing users": { of: ["tokens"] },
};

/** @param id - of a user who is there already */
function objectsOf({ of }: Task, id: string): Objects {
  const all: Readonly<Record<Task["of"][number], Objects>> = {
    users: [["qumulo_local_user", { name: "svc-new", password: "Example-Passw0rd" }]],
    groups: [
      ["qumulo_local_group", { name: "automation" }],
      ["qumulo_local_group_member", { group_id: "514", member_id: id }],
    ],
    roles: [
      ["qumulo_role", { name: "ops", privileges: setOfValues("PRIVILEGE_QUOTA_READ") }],
      ["qumulo_role_member", { role_name: "reader", name: "svc", domain: "LOCAL" }],
      ["qumulo_role_members", { role_name: "Observers", members: setOfValues("local:svc") }],
    ],
    tokens: [["qumulo_access_token", { user: "local:svc", expires_in: "90d" }]],
  };
  return of.flatMap((kind) => all[kind]);
}

/** The privileges of each task in the guide's table. */
async function readTable(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = (await readPage(guide)).matchAll(/^\| ([^|]+?) +\| (`PRIVILEGE[^|]+?) +\|$/gm);
  return new Map([...rows].map(([, task = "", names = ""]) => [task, names.match(/PRIVILEGE_\w+/g) ?? []]));
}

async function givenClusterOfTask(): Promise<GivenCluster> {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  await cluster.admin.post("/v1/auth/roles/", {
    name: "reader",
    description: "",
    privileges: ["PRIVILEGE_QUOTA_READ"],
  });
  return cluster;
}

/** Lets the holder do a task. @returns what went wrong, and what could not be checked */
async function perform(task: Task, cluster: GivenCluster, holder: Holder): Promise<readonly Diagnostic[]> {
  const byAdmin = await givenEngine(cluster.simulator);
  const engine = await engineOf(cluster, holder);
  const found: Diagnostic[] = [];
  const { onlyPlans = false } = task;
  for (const [type, config] of objectsOf(task, cluster.user("svc").id)) {
    const outcome = await (onlyPlans ? byAdmin : engine).apply(type, config);
    found.push(...outcome.errors, ...outcome.warnings, ...(await look(engine, { type, config, kept: outcome.kept })));
    if (outcome.errors.length > 0) continue;
    const ended = await (onlyPlans ? byAdmin : engine).destroy(type, outcome.kept);
    found.push(...ended.errors);
  }
  return found;
}

async function look(
  engine: Engine,
  { type, config, kept }: { readonly type: string; readonly config: Given; readonly kept: Kept },
): Promise<readonly Diagnostic[]> {
  const refreshed = await engine.refresh(type, kept);
  const asNew = await engine.plan(type, config);
  return [...refreshed.errors, ...asNew.warnings.filter(({ summary }) => summary.includes("not checked"))];
}

async function engineOf({ simulator }: GivenCluster, { user }: Holder): Promise<Engine> {
  const engine = await givenEngine(simulator);
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });
  return engine;
}

test("the guide's table has each task, and its first one is the role that the guide makes", async () => {
  const table = await readTable();
  const [hcl = ""] = await readCode(guide, "hcl");
  const index = /^## Privileges$.*?^\|(.*?)\n\n/ms.exec(await readPage("docs/index.md"))?.[1] ?? "";

  expect([...table.keys()]).toEqual(Object.keys(tasks));
  expect(hcl.match(/PRIVILEGE_\w+/g)).toEqual(table.get("deploy everything"));
  // The provider's page says it by type; the nodes of a cluster are the one thing that is only read.
  const byType = new Set(index.match(/PRIVILEGE_\w+/g));
  byType.delete("PRIVILEGE_CLUSTER_READ");
  expect([...byType].toSorted()).toEqual(table.get("deploy everything"));
});

test.each(Object.keys(tasks))("to %s, the privileges of the guide suffice", async (name) => {
  const task = tasks[name] ?? { of: [] };
  const cluster = await givenClusterOfTask();
  const holder = await cluster.holderOf(...((await readTable()).get(name) ?? []));

  expect(await perform(task, cluster, holder)).toEqual([]);
});

test.each(Object.keys(tasks))("to %s, no privilege of the guide can be left out", async (name) => {
  const task = tasks[name] ?? { of: [] };
  const privileges = (await readTable()).get(name) ?? [];
  const idle: string[] = [];

  for (const left of privileges) {
    const cluster = await givenClusterOfTask();
    const holder = await cluster.holderOf(...privileges.filter((privilege) => privilege !== left));
    const texts = (await perform(task, cluster, holder)).map(({ detail }) => detail);
    if (!texts.some((text) => text.includes(left))) idle.push(left);
  }

  expect(idle).toEqual([]);
});

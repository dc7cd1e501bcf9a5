import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const address = "qumulo_access_token.t";
const tokensPath = "/v1/auth/access-tokens/";
const dayMs = 86_400_000;

const token = (user: string, more = "") => `
resource "qumulo_access_token" "t" {
  user                 = ${user}
  expires_in           = "90d"
  rotate_before_expiry = "7d"
  ${more}
}
`;

const literal = token('"local:svc-a"');

const byReference = (name: string, more = "") => `
resource "qumulo_local_user" "u" {
  name = "${name}"
}
${token('"local:${qumulo_local_user.u.name}"', more)}
`;

/** A module whose data source has to wait for a change, so that the user is unknown while planning. */
const byDataSource = (gid: string, userId: string) => `
resource "qumulo_local_group" "g" {
  name = "automation"
  gid  = "${gid}"
}

data "qumulo_local_user" "d" {
  id         = "${userId}"
  depends_on = [qumulo_local_group.g]
}
${token('"local:${data.qumulo_local_user.d.name}"')}
`;

async function adminOf({ cluster }: Workspace) {
  const { simulator } = cluster;
  return cluster.signIn(simulator.username, simulator.adminPassword.reveal());
}

async function remake(workspace: Workspace, id: string, name: string): Promise<string> {
  const admin = await adminOf(workspace);
  await admin.delete(`/v1/users/${id}`);
  return (await admin.post("/v1/users/", { name, primary_group: "513", password: "Test-Passw0rd" })).field("id");
}

async function statusOf({ cluster }: Workspace, state: Readonly<Record<string, unknown>>): Promise<number> {
  return (await cluster.bearing(String(state["bearer_token"])).get("/v1/session/who-am-i")).status;
}

async function tokenIds(workspace: Workspace): Promise<readonly string[]> {
  const { text } = await (await adminOf(workspace)).get(tokensPath);
  // The shape is the simulator's own.
  const { entries } = JSON.parse(text) as { readonly entries: readonly { readonly id: string }[] };
  return entries.map(({ id }) => id);
}

/** No run may tell of a mistake of the provider. */
function expectNoFault(...runs: readonly Parameters<typeof printed>[0][]): void {
  for (const run of runs) expect(printed(run)).not.toMatch(/Provider produced|bug in the provider/);
}

onEveryEngineAttached((engine) => {
  test("an account that was made again, as an administrator, gets no token by a rotation that is due", async () => {
    const clock = new SettableClock("2026-03-02T08:00:00Z");
    const workspace = await givenWorkspace(engine, literal, { localUsers: ["svc-a"], clock });
    await workspace.apply();
    const before = await tokenIds(workspace);
    const newId = await remake(workspace, workspace.cluster.user("svc-a").id, "svc-a");
    const admin = await adminOf(workspace);
    await admin.post("/v1/auth/roles/Administrators/members", { auth_id: newId });
    clock.advance(85 * dayMs);

    const refused = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(printed(refused)).toContain("Access token for an administrator");
    expectNoFault(refused);
    expect(await tokenIds(workspace)).toEqual(before);
  });

  test("an account that was made again is shown with both ids, and gets a new token in place of the dead one", async () => {
    const workspace = await givenWorkspace(engine, literal, { localUsers: ["svc-a"] });
    await workspace.apply();
    const first = await workspace.state(address);
    const oldId = workspace.cluster.user("svc-a").id;
    const newId = await remake(workspace, oldId, "svc-a");

    const plan = await workspace.plan();
    const applied = await workspace.apply();
    const second = await workspace.state(address);

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(plan.stdout).toMatch(new RegExp(`auth_id\\s+= "${oldId}" -> "${newId}"`));
    expect(printed(plan)).toContain(`the account ${newId}`);
    expectNoFault(plan, applied);
    expect([await statusOf(workspace, first), await statusOf(workspace, second)]).toEqual([401, 200]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a token follows a user that one apply makes again, and stays with one that it renames", async () => {
    const workspace = await givenWorkspace(engine, byReference("svc-a"));
    await workspace.apply();
    const first = await workspace.state(address);

    const replaced = await workspace.apply("-replace=qumulo_local_user.u");
    const second = await workspace.state(address);
    await workspace.write(byReference("svc-b", 'overlap = "48h"'));
    const renamed = await workspace.apply();
    const third = await workspace.state(address);

    expectNoFault(replaced, renamed);
    expect(second["id"]).not.toBe(first["id"]);
    expect(third).toMatchObject({ id: second["id"], user: "local:svc-b", bearer_token: second["bearer_token"] });
    expect(await statusOf(workspace, third)).toBe(200);
    expect(await tokenIds(workspace)).toEqual([third["id"]]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a plan that makes the missing user again makes a new token too", async () => {
    const workspace = await givenWorkspace(engine, byReference("svc-a"));
    await workspace.apply();
    const { id } = await workspace.state("qumulo_local_user.u");
    await (await adminOf(workspace)).delete(`/v1/users/${String(id)}`);

    const applied = await workspace.apply();

    expectNoFault(applied);
    expect(await statusOf(workspace, await workspace.state(address))).toBe(200);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a user that is unknown while planning destroys nothing, and the same account keeps its token", async () => {
    const workspace = await givenWorkspace(engine, "", { localUsers: ["svc-a"] });
    const { id } = workspace.cluster.user("svc-a");
    await workspace.write(byDataSource("7001", id));
    await workspace.apply();
    const first = await workspace.state(address);
    await workspace.write(byDataSource("7002", id));

    const plan = await workspace.plan();
    const applied = await workspace.apply();

    expect(plan.stdout).toContain("0 to add, 2 to change, 0 to destroy");
    expect(printed(plan)).toContain("Access token may be rotated");
    expectNoFault(plan, applied);
    expect(await workspace.state(address)).toEqual(first);
    expect(await tokenIds(workspace)).toEqual([first["id"]]);
  });

  test("what a create with a lost answer has left is found by the next run, which removes it", async () => {
    const workspace = await givenWorkspace(engine, literal, { localUsers: ["svc-a"] });
    const { simulator } = workspace.cluster;
    const path = /\/access-tokens\//;
    simulator.failNext({ method: "POST", path, when: "after", with: { kind: "reset" } });
    simulator.failNext({ method: "GET", path, times: Infinity, with: { kind: "status", status: 500 } });
    const failed = await workspace.run("apply", "-no-color", "-auto-approve");
    simulator.clearFaults();
    const [orphan] = await tokenIds(workspace);

    const plan = await workspace.plan();
    const applied = await workspace.apply();
    const { id } = await workspace.state(address);

    expect(printed(failed)).toContain("Whether an access token for local:svc-a was created is unknown");
    expect(printed(plan)).toContain(`Access token ${String(orphan)} was left behind`);
    expectNoFault(failed, plan, applied);
    expect(id).not.toBe(orphan);
    expect(await tokenIds(workspace)).toEqual([id]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("with ignore_changes on all or on the end, a token is rotated once and comes to rest", async () => {
    for (const ignored of ["all", "[expiration_time]"]) {
      const clock = new SettableClock("2026-03-02T08:00:00Z");
      const hcl = token('"local:svc-a"', `lifecycle {\n    ignore_changes = ${ignored}\n  }`);
      const workspace = await givenWorkspace(engine, hcl, { localUsers: ["svc-a"], clock });
      await workspace.apply();
      clock.advance(85 * dayMs);

      const due = await workspace.apply();
      const second = await workspace.state(address);
      const plan = await workspace.plan();

      expectNoFault(due, plan);
      expect(due.stdout).toContain("0 added, 1 changed, 0 destroyed");
      expect(plan.hasChanges).toBe(false);
      expect(await statusOf(workspace, second)).toBe(200);
    }
  });
});

import { expect, test } from "@jest/globals";
import type { Fault } from "../../src/simulator/http/faults.ts";
import {
  givenWorkspace,
  onEveryEngineAttached,
  onOpenTofu,
  printed,
  type Workspace,
} from "../support/engines/given-workspace.ts";

const user = `
resource "qumulo_local_user" "svc" {
  name = "svc-a"
}
`;

const role = (description: string) => `
resource "qumulo_role" "reader" {
  name        = "reader"
  description = "${description}"
  privileges  = ["PRIVILEGE_QUOTA_READ"]
}
`;

const member = `
resource "qumulo_role_member" "svc" {
  role_name = qumulo_role.reader.name
  auth_id   = qumulo_local_user.svc.id
}
`;

const expiring = `expiration_time = "2099-01-01T00:00:00Z"`;
/** Its end tells a token from those of others. */
const living = `expires_in = "90d"`;

const token = (userText: string, attributes: string) => `
resource "qumulo_access_token" "svc" {
  user = "${userText}"
  ${attributes}
}
`;

const everything = user + role("Reads") + member + token("auth_id:${qumulo_local_user.svc.id}", expiring);

const reset: Fault = { kind: "reset" };
const localUsers = ["svc-a"];

async function tokenIds({ cluster }: Workspace): Promise<readonly string[]> {
  const { text } = await cluster.admin.get("/v1/auth/access-tokens/");
  const { entries } = JSON.parse(text) as { readonly entries: readonly { readonly id: string }[] };
  return entries.map(({ id }) => id);
}

onEveryEngineAttached((engine) => {
  test("what the cluster is too busy for, and a session that ended, are tried again", async () => {
    const workspace = await givenWorkspace(engine, user + role("Reads"));
    const { simulator } = workspace.cluster;
    await workspace.apply();

    simulator.failNext({ method: "GET", path: /^\/v1\/users\//, with: { kind: "status", status: 503 } });
    simulator.failNext({ method: "GET", path: /^\/v1\/auth\/roles\//, with: { kind: "status", status: 401 } });
    simulator.failNext({ method: "POST", path: /^\/v1\/session\/login/, with: { kind: "status", status: 429 } });
    const plan = await workspace.plan();

    expect(simulator.faultsLeft()).toBe(0);
    expect(plan.hasChanges).toBe(false);
  });

  test("a token is in state even if the cluster fails right after making it", async () => {
    const workspace = await givenWorkspace(engine, token("local:svc-a", `${expiring}\n enabled = false`), {
      localUsers,
    });
    const { simulator } = workspace.cluster;
    simulator.failNext({ method: "PATCH", path: /access-tokens/, with: { kind: "status", status: 500 } });

    const failed = await workspace.run("apply", "-no-color", "-auto-approve");
    const { id, bearer_token } = await workspace.state("qumulo_access_token.svc");
    const second = await workspace.apply();

    expect(failed.exitCode).toBe(1);
    expect(await tokenIds(workspace)).not.toEqual([]);
    expect(String(bearer_token)).toMatch(/^access-v1:/);
    expect(printed(failed)).toContain(String(id));
    expect(second.exitCode).toBe(0);
    expect((await workspace.plan()).hasChanges).toBe(false);
    expect(await tokenIds(workspace)).toHaveLength(1);
  });

  test("a role that somebody else changes between plan and apply is not overwritten", async () => {
    const workspace = await givenWorkspace(engine, role("Reads"));
    const { simulator, admin } = workspace.cluster;
    await workspace.apply();
    await workspace.write(role("Reads quotas"));
    await workspace.plan("-out=saved");

    await admin.patch("/v1/auth/roles/reader", { description: "Somebody else's" });
    const overtaken = await workspace.run("apply", "-no-color", "saved");
    const kept = await admin.get("/v1/auth/roles/reader");
    simulator.failNext({ method: "PATCH", path: /roles/, times: 2, with: { kind: "status", status: 412 } });
    const refused = await workspace.run("apply", "-no-color", "-auto-approve");
    simulator.failNext({ method: "PATCH", path: /roles/, with: { kind: "status", status: 412 } });
    const third = await workspace.apply();

    expect(overtaken.exitCode).toBe(1);
    expect(printed(overtaken)).toContain(`description was "Reads" and is "Somebody else's"`);
    expect(kept.field("description")).toBe("Somebody else's");
    expect(refused.exitCode).toBe(1);
    expect(printed(refused)).toContain("It has changed since it was read. Run a plan to see how, then apply again.");
    // Nothing that is managed here had changed: worth a second try.
    expect(third.stdout).toContain("0 added, 1 changed, 0 destroyed");
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("creates that are lost on their way to the cluster are sent again", async () => {
    const workspace = await givenWorkspace(engine, user + role("Reads") + member);
    const { simulator } = workspace.cluster;
    for (const path of [/^\/v1\/users\//, /^\/v1\/auth\/roles\/$/, /\/members$/]) {
      simulator.failNext({ method: "POST", path, when: "before", with: reset });
    }

    const { stdout } = await workspace.apply();

    expect(simulator.faultsLeft()).toBe(0);
    expect(stdout).toContain("3 added, 0 changed, 0 destroyed");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a user and a membership whose creation was carried out unheard are taken for made", async () => {
    const workspace = await givenWorkspace(engine, user + role("Reads") + member);
    const { simulator, admin } = workspace.cluster;
    for (const path of [/^\/v1\/users\//, /\/members$/]) {
      simulator.failNext({ method: "POST", path, when: "after", with: reset });
    }

    const { stdout } = await workspace.apply();

    expect(simulator.faultsLeft()).toBe(0);
    expect(stdout).toContain("3 added, 0 changed, 0 destroyed");
    expect((await admin.get("/v1/users/")).body).toHaveLength(3);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a role, and a user with a known password, are managed from the first apply on, though their answers were lost", async () => {
    const known = user.replace(`"svc-a"`, `"svc-a"\n  password = "Known-Passw0rd-1"`);
    const workspace = await givenWorkspace(engine, known + role("Reads"));
    const { simulator } = workspace.cluster;
    simulator.failNext({ method: "POST", path: /^\/v1\/(users|auth\/roles)\/$/, when: "after", times: 2, with: reset });

    const applied = await workspace.apply();

    expect(applied.stdout).toContain("2 added, 0 changed, 0 destroyed");
    expect(printed(applied)).toContain("reader");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test.each([
    ["a reset connection", reset],
    ["a cut-off answer", { kind: "broken-json" }],
    ["an empty answer", { kind: "empty-body" }],
  ] satisfies [string, Fault][])(
    "a token whose bearer token is lost with %s is deleted again, and the next apply makes another",
    async (_, fault) => {
      const workspace = await givenWorkspace(engine, token("local:svc-a", living), { localUsers });
      const { simulator } = workspace.cluster;
      simulator.failNext({ method: "POST", path: /access-tokens/, when: "after", with: fault });

      const lost = await workspace.run("apply", "-no-color", "-auto-approve");
      const afterLoss = await tokenIds(workspace);
      await workspace.apply();

      expect(lost.exitCode).toBe(1);
      expect(printed(lost)).toContain("has been deleted: nothing is left behind. Run the same command again.");
      expect(afterLoss).toEqual([]);
      expect(await tokenIds(workspace)).toEqual([(await workspace.state("qumulo_access_token.svc"))["id"]]);
    },
  );

  test("a token whose creation never reached the cluster is not called undone, and the next apply makes it", async () => {
    const workspace = await givenWorkspace(engine, token("local:svc-a", living), { localUsers });
    workspace.cluster.simulator.failNext({ method: "POST", path: /access-tokens/, when: "before", with: reset });

    const lost = await workspace.run("apply", "-no-color", "-auto-approve");
    const second = await workspace.apply();

    expect(lost.exitCode).toBe(1);
    expect(printed(lost)).toContain("but the cluster may still carry out the request");
    expect(printed(lost)).toContain("Run the same command again");
    // What was left to look for is a tainted object, which the engine replaces.
    expect(second.stdout).toContain("1 added, 0 changed, 1 destroyed");
    expect(await tokenIds(workspace)).toHaveLength(1);
  });

  test("an orphaned token that could be somebody else's is left alone and named", async () => {
    const workspace = await givenWorkspace(engine, token("local:svc-a", ""), { localUsers });
    workspace.cluster.simulator.failNext({ method: "POST", path: /access-tokens/, when: "after", with: reset });

    const lost = await workspace.run("apply", "-no-color", "-auto-approve");
    const [orphan, ...others] = await tokenIds(workspace);
    await workspace.apply();

    expect(lost.exitCode).toBe(1);
    expect(others).toEqual([]);
    expect(printed(lost)).toContain(String(orphan));
    expect(await tokenIds(workspace)).toHaveLength(2);
  });

  test("deletes whose answers are lost have deleted", async () => {
    const workspace = await givenWorkspace(engine, everything);
    const { simulator, admin } = workspace.cluster;
    await workspace.apply();
    for (const path of [/^\/v1\/users\//, /\/members\//, /access-tokens/, /^\/v1\/auth\/roles\/reader$/]) {
      simulator.failNext({ method: "DELETE", path, when: "after", with: reset });
    }

    const { stdout } = await workspace.destroy();

    expect(simulator.faultsLeft()).toBe(0);
    expect(stdout).toContain("4 destroyed");
    expect((await admin.get("/v1/users/")).body).toHaveLength(2);
    expect((await admin.get("/v1/auth/roles/reader")).status).toBe(404);
  });

  test.each([
    ["a cut-off answer", { kind: "broken-json" }, "A proxy may have answered in place of the cluster"],
    ["a failure of the cluster", { kind: "status", status: 500 }, "with 500"],
  ] satisfies [string, Fault, string][])(
    "%s while reading is one clear error, and nothing is lost",
    async (...given) => {
      const [, fault, expected] = given;
      const workspace = await givenWorkspace(engine, role("Reads"));
      const { simulator } = workspace.cluster;
      await workspace.apply();

      simulator.failNext({ method: "GET", path: /roles/, times: 20, with: fault });
      const failed = await workspace.run("plan", "-no-color");
      simulator.clearFaults();

      expect(failed.exitCode).toBe(1);
      expect(printed(failed)).toContain("Role reader could not be read");
      expect(printed(failed)).toContain(expected);
      expect((await workspace.plan()).hasChanges).toBe(false);
    },
  );
});

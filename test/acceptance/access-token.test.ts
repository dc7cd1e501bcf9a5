import { expect, test } from "@jest/globals";
import {
  givenWorkspace,
  onEveryEngineAttached,
  onOpenTofu,
  printed,
  type Workspace,
} from "../support/engines/given-workspace.ts";

const token = (attributes: string) => `
resource "qumulo_access_token" "svc" {
  user = "local:svc-a"
  ${attributes}
}

output "bearer_token" {
  value     = qumulo_access_token.svc.bearer_token
  sensitive = true
}
`;

const address = "qumulo_access_token.svc";
const localUsers = ["svc-a", "svc-b"];

async function tokensOf(workspace: Workspace, name: string): Promise<readonly unknown[]> {
  const { id } = workspace.cluster.user(name);
  const { body } = await workspace.cluster.admin.get(`/v1/auth/access-tokens/?user=auth_id:${id}`);
  const entries: unknown = typeof body === "object" && body !== null && "entries" in body ? body.entries : undefined;
  const list: readonly unknown[] = Object.values(entries ?? {});
  return list;
}

onEveryEngineAttached((engine) => {
  test("expiration time and enabled change in place and keep the bearer token", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });
    await workspace.apply();
    const before = await workspace.state(address);
    const account = workspace.cluster.bearing(String(before["bearer_token"]));

    await workspace.write(token(`expiration_time = "2098-01-01T02:00:00+02:00"\n enabled = false`));
    const plan = await workspace.plan();
    await workspace.apply();
    const disabled = await account.get("/v1/session/who-am-i");
    const after = await workspace.state(address);
    await workspace.write(token(`expiration_time = "2098-01-01T00:00:00Z"`));
    await workspace.apply();
    const enabled = await account.get("/v1/session/who-am-i");

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(after).toMatchObject({ id: before["id"], bearer_token: before["bearer_token"], enabled: false });
    expect(disabled.status).toBe(401);
    expect(enabled.status).toBe(200);
    expect((await workspace.plan()).hasChanges).toBe(false);
    expect(await tokensOf(workspace, "svc-a")).toHaveLength(1);
  });

  test("an existing token is imported by its id, without its bearer token", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });
    const user = { auth_id: workspace.cluster.user("svc-a").id };
    const made = await workspace.cluster.admin.post("/v1/auth/access-tokens/", {
      user,
      expiration_time: "2099-01-01T00:00:00Z",
    });

    const imported = await workspace.run("import", "-no-color", address, made.field("id"));
    const plan = await workspace.plan();
    await workspace.run("state", "rm", address);
    await workspace.write(`${token(`expiration_time = "2099-01-01T00:00:00Z"`)}
      import {
        to = ${address}
        id = "${made.field("id")}"
      }`);
    const byBlock = await workspace.apply();

    expect(imported.exitCode).toBe(0);
    expect(plan.stdout).not.toMatch(/to add|must be replaced/);
    expect(byBlock.stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    expect(await workspace.state(address)).toMatchObject({ id: made.field("id"), bearer_token: null });
  });

  test("the bearer token is in its state attribute and its output, and nowhere else", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });

    const applied = await workspace.runWith({ TF_LOG: "TRACE" }, "apply", "-no-color", "-auto-approve");
    const bearerToken = String(await workspace.output("bearer_token"));
    const planned = await workspace.runWith({ TF_LOG: "TRACE" }, "plan", "-no-color");

    expect(applied.exitCode).toBe(0);
    expect(bearerToken).toMatch(/^access-v1:/);
    // The engines' own log included, which holds no values.
    for (const { stdout, stderr } of [applied, planned]) expect(stdout + stderr).not.toContain(bearerToken);
    expect((await workspace.stateText()).split(bearerToken)).toHaveLength(3);
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("another user is a rotation, and the old token works for the overlap", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });
    await workspace.apply();

    await workspace.write(token(`expiration_time = "2099-01-01T00:00:00Z"`).replace("svc-a", "svc-b"));
    const plan = await workspace.plan();
    await workspace.apply();

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(await tokensOf(workspace, "svc-a")).toHaveLength(1);
    expect(await tokensOf(workspace, "svc-b")).toHaveLength(1);
  });

  test("a token deleted on the cluster is planned again; one disabled there is drift", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });
    await workspace.apply();
    const { id } = await workspace.state(address);

    await workspace.cluster.admin.patch(`/v1/auth/access-tokens/${String(id)}`, { enabled: false });
    const disabled = await workspace.plan();
    await workspace.cluster.admin.delete(`/v1/auth/access-tokens/${String(id)}`);
    const deleted = await workspace.plan();

    expect(disabled.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(deleted.stdout).toContain("1 to add, 0 to change, 0 to destroy");
  });

  test("a third token is refused and the two that occupy the slots are named", async () => {
    const workspace = await givenWorkspace(engine, token(`expiration_time = "2099-01-01T00:00:00Z"`), { localUsers });
    const user = { auth_id: workspace.cluster.user("svc-a").id };
    const first = await workspace.cluster.admin.post("/v1/auth/access-tokens/", { user });
    const second = await workspace.cluster.admin.post("/v1/auth/access-tokens/", { user });

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain(first.field("id"));
    expect(printed(result)).toContain(second.field("id"));
    expect(await tokensOf(workspace, "svc-a")).toHaveLength(2);
  });

  test.each([
    ["a time without an offset", `expiration_time = "2099-01-01T00:00:00"`, "offset"],
    ["a time that is not a time", `expiration_time = "tomorrow"`, "RFC 3339"],
    ["a time in the past", `expiration_time = "2020-01-01T00:00:00Z"`, "past"],
  ])("%s is refused while planning, at the attribute", async (_, attributes, word) => {
    const workspace = await givenWorkspace(engine, token(attributes), { localUsers });

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain(word);
    expect(printed(result)).toContain("expiration_time");
  });

  test("a group where a user is needed is refused while planning", async () => {
    const workspace = await givenWorkspace(engine, token("").replace("local:svc-a", "auth_id:513"));

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("group");
  });
});

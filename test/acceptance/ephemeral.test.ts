import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngine, printed, type Workspace } from "../support/engines/given-workspace.ts";

const tokensPath = "/v1/auth/access-tokens/";
const localUsers = ["svc-a"];

/** Somebody else's provider, which works with the bearer token of an ephemeral resource. */
const asOther = (bearerToken: string) => `
provider "qumulo" {
  alias        = "other"
  bearer_token = ${bearerToken}
}

data "qumulo_who_am_i" "other" {
  provider = qumulo.other
}

output "name" {
  value = data.qumulo_who_am_i.other.name
}
`;

const token = (user = `"local:svc-a"`) => `
ephemeral "qumulo_access_token" "svc" {
  user       = ${user}
  expires_in = "5m"
}
`;

/** A resource that takes the bearer token where nothing keeps it. */
const consumer = `
resource "qumulo_local_user" "consumer" {
  name                = "consumer"
  password_wo         = ephemeral.qumulo_access_token.svc.bearer_token
  password_wo_version = "1"
}
`;

const session = `
variable "password" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "qumulo_session" "svc" {
  username = "svc-a"
  password = var.password
}
`;

function tokenRequests({ cluster }: Workspace): readonly string[] {
  const { requests } = cluster.simulator;
  return requests.filter(({ path }) => path.startsWith(tokensPath)).map(({ method }) => method);
}

async function tokensLeft({ cluster }: Workspace): Promise<unknown> {
  return (await cluster.admin.get(`${tokensPath}?user=auth_id:${cluster.user("svc-a").id}`)).body;
}

const none = expect.objectContaining({ entries: [] });

onEveryEngine((engine) => {
  if (!isAble(engine, "ephemeralResources")) {
    test("an engine without ephemeral resources does not see them, and works all the same", async () => {
      const workspace = await givenWorkspace(engine, `data "qumulo_who_am_i" "me" {}`);

      const schemas = await workspace.run("providers", "schema", "-json");
      const { hasChanges } = await workspace.plan();

      expect(schemas.stdout).not.toContain("qumulo_session");
      expect(hasChanges).toBe(false);
    });
    return;
  }

  test("a short-lived token works while planning and while applying, and each run deletes its own", async () => {
    const hcl = token() + asOther("ephemeral.qumulo_access_token.svc.bearer_token");
    const workspace = await givenWorkspace(engine, hcl, { localUsers });

    await workspace.plan();
    const planned = tokenRequests(workspace).filter((method) => method !== "GET");
    const afterPlan = await tokensLeft(workspace);
    await workspace.apply();
    const name = await workspace.output("name");

    expect(planned).toEqual(["POST", "DELETE"]);
    expect(afterPlan).toEqual(none);
    expect(name).toBe("svc-a");
    expect(await tokensLeft(workspace)).toEqual(none);
    expect(await workspace.stateText()).not.toContain("access-v1:");
  });

  test("a user that is decided while applying keeps the token to applying", async () => {
    const late = `
      resource "terraform_data" "late" {
        input            = "local:svc-a"
        triggers_replace = timestamp()
      }
      ${token("terraform_data.late.output")}
      ${consumer}`;
    const workspace = await givenWorkspace(engine, late, { localUsers });

    await workspace.plan();
    const planned = tokenRequests(workspace);
    await workspace.apply();
    const applied = tokenRequests(workspace).filter((method) => method !== "GET");
    // From the second run on as well, when there is something to replace.
    await workspace.plan();
    const plannedAgain = tokenRequests(workspace).filter((method) => method !== "GET");

    expect(planned).toEqual([]);
    expect(applied).toEqual(["POST", "DELETE"]);
    expect(plannedAgain).toEqual(applied);
    expect(await tokensLeft(workspace)).toEqual(none);
  });

  test("a run that fails deletes its token all the same", async () => {
    const workspace = await givenWorkspace(engine, token() + consumer, { localUsers });
    const status = { kind: "status", status: 500 } as const;
    workspace.cluster.simulator.failNext({ method: "POST", path: /users/, times: Infinity, with: status });

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(tokenRequests(workspace)).toContain("POST");
    expect(await tokensLeft(workspace)).toEqual(none);
  });

  test("with both slots taken the plan is refused, and the occupants are named", async () => {
    const workspace = await givenWorkspace(engine, token() + consumer, { localUsers });
    const user = { auth_id: workspace.cluster.user("svc-a").id };
    const first = await workspace.cluster.admin.post(tokensPath, { user });
    const second = await workspace.cluster.admin.post(tokensPath, { user });

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain(first.field("id"));
    expect(printed(result)).toContain(second.field("id"));
    expect(printed(result)).toContain("qumulo_session");
  });

  test("a session works without a slot, and its password is in no plan and no state", async () => {
    const hcl = session + asOther("ephemeral.qumulo_session.svc.bearer_token");
    const workspace = await givenWorkspace(engine, hcl, { localUsers });
    const { password } = workspace.cluster.user("svc-a");

    const applied = await workspace.runWith({ TF_VAR_password: password }, "apply", "-no-color", "-auto-approve");

    expect(printed(applied)).toContain("Apply complete");
    expect(await workspace.output("name")).toBe("svc-a");
    expect(tokenRequests(workspace)).toEqual([]);
    const state = await workspace.stateText();
    expect(state).not.toContain("session-v1:");
    expect(state).not.toContain(password);
  });
});

import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, printed } from "../support/engines/given-workspace.ts";

onEveryEngineAttached((engine) => {
  test("a plan that makes a token for an administrator, or locks its own account out, is refused where it says so", async () => {
    const workspace = await givenWorkspace(
      engine,
      `
resource "qumulo_access_token" "admin" {
  user       = "local:admin"
  expires_in = "90d"
}

resource "qumulo_role_members" "administrators" {
  role_name = "Administrators"
  members   = ["local:svc"]
}
`,
      { localUsers: ["svc"] },
    );
    const before = workspace.cluster.simulator.requests.length;

    const plan = await workspace.run("plan", "-no-color");

    expect(plan.exitCode).toBe(1);
    expect(printed(plan)).toMatch(
      /Error: Access token for an administrator with qumulo_access_token\.admin, on main\.tf line \d+, in resource "qumulo_access_token" "admin": \d+: user = "local:admin"/,
    );
    expect(printed(plan)).toMatch(
      /Error: This would lock out the account that runs it with qumulo_role_members\.administrators, on main\.tf line \d+, in resource "qumulo_role_members" "administrators": \d+: members = \["local:svc"\]/,
    );
    const { requests } = workspace.cluster.simulator;
    expect(requests.slice(before).filter(({ method, path }) => method !== "GET" && /tokens|roles/.test(path))).toEqual(
      [],
    );
  });
});

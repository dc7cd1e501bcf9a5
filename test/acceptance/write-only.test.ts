import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngineAttached, printed, type Workspace } from "../support/engines/given-workspace.ts";

const [first, second] = ["Canary-Wr1te-only-first", "Canary-Wr1te-only-second"];

/** The password comes from the environment, as it would from a secret store. */
const user = (version: string) => `
variable "password" {
  type      = string
  sensitive = true
}

resource "qumulo_local_user" "svc" {
  name                = "svc-a"
  password_wo         = var.password
  password_wo_version = "${version}"
}
`;

async function applyWith(workspace: Workspace, password: string): Promise<string> {
  const environment = { TF_VAR_password: password };
  const planned = await workspace.runWith(environment, "plan", "-no-color", "-out=saved");
  const shown = await workspace.runWith(environment, "show", "-no-color", "-json", "saved");
  // A variable of a saved plan is in that plan; newer engines ask for it again unless it is given.
  const applied = await workspace.runWith(environment, "apply", "-no-color", "saved");
  expect([planned.exitCode, shown.exitCode, applied.exitCode]).toEqual([0, 0, 0]);
  return shown.stdout;
}

/** What a plan says of resources, without the variables that the practitioner gave. */
function withoutVariables(planJson: string): string {
  const { variables, ...rest } = JSON.parse(planJson) as Readonly<Record<string, unknown>>;
  expect(variables).toBeDefined();
  return JSON.stringify(rest);
}

onEveryEngineAttached((engine) => {
  if (!isAble(engine, "writeOnlyAttributes")) {
    test("a write-only password is refused, and the refusal says what to use instead", async () => {
      const workspace = await givenWorkspace(engine, user("1"));

      const result = await workspace.runWith({ TF_VAR_password: first }, "validate", "-no-color");

      expect(result.exitCode).toBe(1);
      expect(printed(result)).toContain("password_wo is write-only");
      expect(printed(result)).toContain("Terraform 1.11 or later, or OpenTofu 1.11 or later");
      expect(printed(result)).not.toContain(first);
    });
    return;
  }

  test("a write-only password is set and changed, and is in no plan and no state", async () => {
    const workspace = await givenWorkspace(engine, user("1"));
    const canLogIn = async (password: string) =>
      workspace.cluster.signIn("svc-a", password).then(
        () => true,
        () => false,
      );

    const createPlan = await applyWith(workspace, first);
    const afterCreate = [await canLogIn(first), await canLogIn(second)];
    const unchanged = await workspace.runWith({ TF_VAR_password: second }, "plan", "-no-color", "-detailed-exitcode");
    await workspace.write(user("2"));
    const changePlan = await applyWith(workspace, second);
    const afterChange = [await canLogIn(first), await canLogIn(second)];

    expect(afterCreate).toEqual([true, false]);
    // Only the version says that there is another password.
    expect(unchanged.exitCode).toBe(0);
    expect(afterChange).toEqual([false, true]);
    for (const text of [withoutVariables(createPlan), withoutVariables(changePlan), await workspace.stateText()]) {
      expect(text).toContain("svc-a");
      expect(text).not.toContain(first);
      expect(text).not.toContain(second);
    }
  });

  test("taking the write-only password away leaves a password that nobody knows", async () => {
    const workspace = await givenWorkspace(engine, user("1"));
    await applyWith(workspace, first);

    await workspace.write(`resource "qumulo_local_user" "svc" {\n name = "svc-a"\n}`);
    const { stdout } = await workspace.apply();

    expect(stdout).toContain("0 added, 1 changed, 0 destroyed");
    await expect(workspace.cluster.signIn("svc-a", first)).rejects.toThrow();
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a write-only password without a version is refused, at the attribute", async () => {
    const workspace = await givenWorkspace(engine, user("1").replace(/password_wo_version.*/, ""));

    const result = await workspace.runWith({ TF_VAR_password: first }, "validate", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("password_wo_version");
  });
});

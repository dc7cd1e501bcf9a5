import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngineAttached, printed } from "../support/engines/given-workspace.ts";

const functions = `
variable "bearer_token" {
  type      = string
  sensitive = true
}

output "identity" {
  value = provider::qumulo::parse_identity("local:svc-a")
}

output "file" {
  value     = provider::qumulo::credentials_file(var.bearer_token)
  sensitive = true
}
`;

const bearerToken = "access-v1:Canary0Canary0==";

onEveryEngineAttached((engine) => {
  if (!isAble(engine, "functions")) {
    test("an engine without functions does not see them, and works all the same", async () => {
      const workspace = await givenWorkspace(engine, `data "qumulo_who_am_i" "me" {}`);

      const schemas = await workspace.run("providers", "schema", "-json");
      const { hasChanges } = await workspace.plan();

      expect(schemas.stdout).not.toContain("parse_identity");
      expect(hasChanges).toBe(false);
    });
    return;
  }

  test("both functions give what they promise", async () => {
    const workspace = await givenWorkspace(engine, functions);
    const environment = { TF_VAR_bearer_token: bearerToken };

    const applied = await workspace.runWith(environment, "apply", "-no-color", "-auto-approve");

    expect(applied.exitCode).toBe(0);
    expect(applied.stdout).not.toContain(bearerToken);
    expect(await workspace.output("identity")).toEqual({
      domain: "LOCAL",
      auth_id: null,
      uid: null,
      gid: null,
      sid: null,
      name: "svc-a",
    });
    expect(await workspace.output("file")).toBe(`{"bearer_token": "${bearerToken}", "version": 1}\n`);
  });

  test("a secret that a function is given is a secret in what it gives", async () => {
    // The output without its mark.
    const workspace = await givenWorkspace(engine, functions.replace(/\n {2}sensitive = true\n\}\s*$/, "\n}"));

    const result = await workspace.runWith({ TF_VAR_bearer_token: bearerToken }, "plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("Output refers to sensitive values");
    expect(printed(result)).not.toContain(bearerToken);
  });

  test("a refusal names the argument and what it takes", async () => {
    const workspace = await givenWorkspace(
      engine,
      `output "identity" {\n value = provider::qumulo::parse_identity("uid:many")\n}`,
    );

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("parse_identity");
    expect(printed(result)).toContain(`"uid:" takes a whole number`);
  });
});

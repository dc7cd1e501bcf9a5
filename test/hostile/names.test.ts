import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { givenDiscovery } from "../cli/discover/given-discovery.ts";
import { runCommand } from "../cli/run-command.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { kept, planOf } from "../support/plans/plan-builder.ts";

/** Names that programs trip over: keys that every object of JavaScript has by inheritance. */
const names = ["constructor", "prototype", "__proto__", "toString"];

/** A cluster on which somebody hid an escalating role behind such a name, and gave it to a plain account. */
async function givenHiddenRole(name: string) {
  const given = await givenDiscovery({ localUsers: ["svc"] });
  const { admin, user } = given.cluster;
  const privileges = ["PRIVILEGE_ROLE_WRITE"];
  await admin.post("/v1/auth/roles/", { name, description: "", privileges });
  await admin.post(`/v1/auth/roles/${name}/members`, { auth_id: user("svc").id });
  return given;
}

describe.each(names)("an escalating role named %s", (name) => {
  test("is among the roles that the provider reads", async () => {
    const { cluster } = await givenHiddenRole(name);
    const engine = await givenEngine(cluster.simulator);

    const { state } = await engine.read("qumulo_roles");

    expect(state?.["roles"]).toEqual(expect.arrayContaining([expect.objectContaining({ name })]));
  });

  test("keeps its holder from getting an access token without allow_administrator", async () => {
    const { cluster } = await givenHiddenRole(name);
    const engine = await givenEngine(cluster.simulator);
    const config = { user: "local:svc", expiration_time: "2099-01-01T00:00:00Z" };

    const { errors } = await engine.plan("qumulo_access_token", config);

    expect(errors).toMatchObject([{ summary: "Access token for an administrator" }]);
    expect(errors[0]?.detail).toContain(`role ${name}: PRIVILEGE_ROLE_WRITE.`);
  });

  test.each([["hcl"], ["cdktf"]])("is in the code that discover writes as %s", async (format) => {
    const { discover } = await givenHiddenRole(name);

    const { exitCode, out } = await discover("--format", format);

    expect(exitCode).toBe(0);
    expect(out).toMatch(new RegExp(`name(:| +=) "${name}"`));
    expect(out).toContain(`"${name}:`);
  });

  test("is what the audit tells of the cluster", async () => {
    const { env } = await givenHiddenRole(name);
    const plan = planOf([kept("qumulo_role.other", { name: "other", privileges: [] })], {
      configuration: {
        provider_config: { qumulo: { name: "qumulo", expressions: {} } },
        root_module: {
          resources: [{ mode: "managed", type: "qumulo_role", name: "other", provider_config_key: "qumulo" }],
        },
      },
    });

    const { out, exitCode } = await runCommand(["audit", "-", "--cluster", "--fail-on-existing"], {
      env,
      stdin: Readable.from([Buffer.from(JSON.stringify(plan))]),
      terminal: { columns: 1_000, isColored: false },
    });

    expect(exitCode).toBe(1);
    expect(out).toContain(`(local:svc → ${name})`);
  });
});

import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngineAttached, printed, type Workspace } from "../support/engines/given-workspace.ts";

const localUsers = ["svc-a"];

const configuration = `
resource "qumulo_local_user" "svc" {
  name = "svc-a"
}

resource "qumulo_role" "reader" {
  name       = "reader"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role_member" "svc" {
  role_name = qumulo_role.reader.name
  auth_id   = qumulo_local_user.svc.id
}

resource "qumulo_access_token" "svc" {
  user            = "auth_id:\${qumulo_local_user.svc.id}"
  expiration_time = "2099-01-01T00:00:00Z"
}
`;

function importBlock(to: string, identity: Readonly<Record<string, string>>): string {
  const attributes = Object.entries(identity).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `\nimport {\n  to = ${to}\n  identity = {\n    ${attributes.join("\n    ")}\n  }\n}\n`;
}

/** Makes on the cluster what the configuration wants, and returns the import blocks for it. */
async function makeByHand({ cluster }: Workspace): Promise<string> {
  const { admin } = cluster;
  const authId = cluster.user("svc-a").id;
  await admin.post("/v1/auth/roles/", { name: "reader", description: "", privileges: ["PRIVILEGE_QUOTA_READ"] });
  await admin.post("/v1/auth/roles/reader/members", { auth_id: authId });
  const token = await admin.post("/v1/auth/access-tokens/", {
    user: { auth_id: authId },
    expiration_time: "2099-01-01T00:00:00Z",
  });
  return [
    importBlock("qumulo_local_user.svc", { id: authId }),
    importBlock("qumulo_role.reader", { name: "reader" }),
    importBlock("qumulo_role_member.svc", { role_name: "reader", auth_id: authId }),
    importBlock("qumulo_access_token.svc", { id: token.field("id") }),
  ].join("");
}

onEveryEngineAttached((engine) => {
  if (!isAble(engine, "importByIdentity")) {
    test("an import by identity is refused by the engine, and an import by id says which id", async () => {
      const byIdentity = importBlock("qumulo_role.reader", { name: "reader" });
      const workspace = await givenWorkspace(engine, configuration, { localUsers });
      await workspace.write(configuration + byIdentity);

      const result = await workspace.run("plan", "-no-color");

      expect(result.exitCode).toBe(1);
      expect(printed(result)).toMatch(/argument named "identity"|argument "id" is required/);
    });
    return;
  }

  test("objects of every type are imported by their identities, and then need no change", async () => {
    const workspace = await givenWorkspace(engine, configuration, { localUsers });
    await workspace.write(configuration + (await makeByHand(workspace)));

    const { stdout } = await workspace.apply();
    const again = await workspace.plan();

    expect(stdout).toContain("4 imported, 0 added, 0 changed, 0 destroyed");
    expect(again.hasChanges).toBe(false);
  });

  test.each([
    ["an attribute that is not part of it", { name: "reader", id: "1" }, /id/],
    ["without what it needs", {}, /name/],
    ["of a built-in role", { name: "Observers" }, /Observers/],
    ["of a role that is not there", { name: "nobody-made-it" }, /nobody-made-it|Cannot import non-existent/],
  ])("an identity %s is refused while planning", async (_, identity, expected) => {
    const workspace = await givenWorkspace(engine, configuration, { localUsers });
    await workspace.write(configuration + importBlock("qumulo_role.reader", identity));

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toMatch(expected);
  });
});

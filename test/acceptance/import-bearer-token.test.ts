import { expect, test } from "@jest/globals";
import { givenWorkspace, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const token = `
resource "qumulo_access_token" "svc" {
  user            = "local:svc"
  expiration_time = "2099-01-01T00:00:00Z"
}
`;

onOpenTofu((engine) => {
  test("an access token is imported with its secret from the environment, and with no other secret", async () => {
    const workspace = await givenWorkspace(engine, token, { localUsers: ["svc"] });
    const { admin, user, bearing } = workspace.cluster;
    const create = async () =>
      admin.post("/v1/auth/access-tokens/", {
        user: { auth_id: user("svc").id },
        expiration_time: "2099-01-01T00:00:00Z",
      });
    const [made, other] = [await create(), await create()];
    const block = `import {\n  to = qumulo_access_token.svc\n  id = "${made.field("id")}"\n}\n`;
    await workspace.write(token + block);
    const applyWith = async (bearerToken: string) =>
      workspace.runWith({ QUMULO_IMPORT_BEARER_TOKEN: bearerToken }, "apply", "-no-color", "-auto-approve");

    const wrong = await applyWith(other.field("bearer_token"));
    const right = await applyWith(made.field("bearer_token"));

    expect(wrong.exitCode).toBe(1);
    expect(printed(wrong)).toContain("Bearer token for the import belongs to another access token");
    expect(printed(right)).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    for (const result of [wrong, right]) expect(printed(result)).not.toContain("access-v1:");
    const { bearer_token: kept } = await workspace.state("qumulo_access_token.svc");
    expect(kept).toBe(made.field("bearer_token"));
    expect((await bearing(String(kept)).get("/v1/session/who-am-i")).status).toBe(200);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });
});

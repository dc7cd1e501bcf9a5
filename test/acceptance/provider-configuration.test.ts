import { createServer } from "node:net";
import { expect, test } from "@jest/globals";
import type { ProgramResult } from "../../src/engine/errors.ts";
import { givenWorkspace, onEveryEngineAttached, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const roles = `
resource "qumulo_role" "one" {
  name       = "one"
  privileges = []
}
resource "qumulo_role" "two" {
  name       = "two"
  privileges = []
}
`;

function errorsIn(result: ProgramResult): number {
  return `${result.stdout}${result.stderr}`.split(/Error: /).length - 1;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

// With an empty block, since without one the engines add an error of their own.
const configured = `
provider "qumulo" {}
${roles}
`;

onEveryEngineAttached((engine) => {
  test("a host that another resource decides is not an error while planning", async () => {
    const workspace = await givenWorkspace(
      engine,
      `
      resource "null_resource" "host" {}
      provider "qumulo" {
        host = replace(null_resource.host.id, "/.*/", "127.0.0.1")
      }
      ${roles}
      `,
    );

    const plan = await workspace.plan();
    await workspace.apply();

    expect(plan.stdout).toContain("3 to add");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("an access token connects as well as a login", async () => {
    const workspace = await givenWorkspace(engine, configured);
    const made = await workspace.cluster.admin.post("/v1/auth/access-tokens/", { user: { auth_id: "500" } });
    const environment = {
      QUMULO_USERNAME: "",
      QUMULO_PASSWORD: "",
      QUMULO_BEARER_TOKEN: made.field("bearer_token"),
    };

    const applied = await workspace.runWith(environment, "apply", "-no-color", "-auto-approve");
    const refused = await workspace.runWith(
      { ...environment, QUMULO_BEARER_TOKEN: "access-v1:x" },
      "plan",
      "-no-color",
    );

    expect(applied.exitCode).toBe(0);
    expect(refused.exitCode).toBe(1);
    expect(errorsIn(refused)).toBe(1);
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test.each([
    ["no host", { QUMULO_HOST: "" }, /QUMULO_HOST/],
    ["a host with a scheme", { QUMULO_HOST: "https://cluster" }, /scheme/],
    ["a wrong password", { QUMULO_PASSWORD: "Wrong-Passw0rd" }, /password/],
    ["no credentials", { QUMULO_USERNAME: "", QUMULO_PASSWORD: "" }, /QUMULO_BEARER_TOKEN/],
    ["half a login", { QUMULO_PASSWORD: "" }, /password/],
    ["contradicting credentials", { QUMULO_BEARER_TOKEN: "access-v1:x" }, /bearer_token/],
    ["a certificate nobody vouches for", { QUMULO_CA_FILE: "" }, /certificate_sha256/],
    ["a CA file that is not there", { QUMULO_CA_FILE: "/nowhere/ca.pem" }, /\/nowhere\/ca\.pem/],
    ["a pin of another certificate", { QUMULO_CA_FILE: "", QUMULO_CERTIFICATE_SHA256: "ab".repeat(32) }, /fingerprint/],
    ["a bad duration", { QUMULO_REQUEST_TIMEOUT: "soon" }, /"30s"/],
  ])("%s gives one diagnostic that says what to change", async (_, environment, expected) => {
    const workspace = await givenWorkspace(engine, configured);

    const result = await workspace.runWith(environment, "plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(errorsIn(result)).toBe(1);
    expect(printed(result)).toMatch(expected);
    expect(printed(result)).not.toContain("Wrong-Passw0rd");
  });

  test("a wrong port gives one diagnostic that names host and port", async () => {
    const workspace = await givenWorkspace(engine, configured);
    const port = await freePort();

    const result = await workspace.runWith({ QUMULO_PORT: String(port) }, "plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(errorsIn(result)).toBe(1);
    expect(printed(result)).toContain(String(port));
  });

  test("a pinned fingerprint and an insecure connection both work; insecure warns", async () => {
    const workspace = await givenWorkspace(engine, configured);
    const { certificateSha256 } = workspace.cluster.simulator;

    const pinned = await workspace.runWith(
      { QUMULO_CA_FILE: "", QUMULO_CERTIFICATE_SHA256: certificateSha256 },
      "plan",
      "-no-color",
    );
    const insecure = await workspace.runWith({ QUMULO_CA_FILE: "", QUMULO_INSECURE: "true" }, "plan", "-no-color");

    expect(pinned.exitCode).toBe(0);
    expect(printed(pinned)).not.toContain("Warning");
    expect(insecure.exitCode).toBe(0);
    expect(printed(insecure)).toContain("Warning");
  });

  test.each(["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])("a certificate in the file of %s is trusted", async (name) => {
    const workspace = await givenWorkspace(engine, configured);
    const environment = { QUMULO_CA_FILE: "", [name]: workspace.place.extra?.["QUMULO_CA_FILE"] };

    const result = await workspace.runWith(environment, "plan", "-no-color");

    expect(result.exitCode).toBe(0);
    expect(printed(result)).not.toContain("Warning");
  });
});

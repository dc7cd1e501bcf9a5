import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { installPackages } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenFolder, onEveryEngine, onOpenTofu } from "../support/engines/given-workspace.ts";
import { givenQuickStart } from "../support/pages/given-quick-start.ts";
import { follow, givenReader } from "../support/pages/page-reader.ts";
import { readCode } from "../support/pages/pages.ts";
import type { Shell } from "../support/pages/shells.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const quickStart = "docs/guides/quick-start-hcl.md";
const hourMs = 3_600_000;
/** What stands in a page for these is what people have open. */
const shells = ["bash", "zsh"] as const satisfies readonly Shell[];

/** Puts the program of the fleet where a reader works, with the addresses of the test. */
async function placeProgram(folder: string, instead: Readonly<Record<string, string>>): Promise<void> {
  const ground = getAcceptanceGround();
  await cp(path.join(ground.root, "examples/fleet"), folder, { recursive: true });
  await installPackages(ground, folder);
  const main = path.join(folder, "main.ts");
  const text = Object.entries(instead).reduce(
    (said, [old, own]) => said.replace(old, own),
    await readFile(main, "utf8"),
  );
  await writeFile(main, text);
}

onEveryEngine((engine) => {
  if (!isAble(engine, "actions")) return;

  test("the run-book for a leaked token ends it by an action as well", async () => {
    const { workspace, reader, bearerToken } = await givenQuickStart(engine);
    const { admin, bearing } = workspace.cluster;

    await follow(reader, "docs/guides/when-a-token-leaks.md", {
      without: ["End it at once", "Give the program a new one"],
    });

    expect((await bearing(bearerToken).get("/v1/session/who-am-i")).status).toBe(401);
    expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [{ enabled: true }] });
  });
});

onOpenTofu((engine) => {
  test.each(shells)(
    "in one %s, the quick start with HCL leads from an empty folder to a token that works, and back",
    async (shell) => {
      const workspace = await givenFolder({ ...engine, attaches: false }, "");
      const { host, adminPassword } = workspace.cluster.simulator;
      // As on a machine where nobody has configured anything.
      const reader = await givenReader(workspace, {
        extra: { TF_CLI_CONFIG_FILE: undefined, QUMULO_USERNAME: undefined, QUMULO_PASSWORD: undefined },
        input: () => `${adminPassword.reveal()}\n`,
        shell,
      });

      await follow(reader, quickStart, { instead: { "cluster.example.com": host } });

      expect((await workspace.cluster.admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
      expect((await workspace.cluster.admin.get("/v1/users/")).body).toHaveLength(2);
    },
  );

  test("in one zsh, the quick start with CDKTF deploys its program, checks the token and destroys it all", async () => {
    const workspace = await givenFolder(engine, "");
    const reader = await givenReader(workspace, { extra: { CI: "1" }, shell: "zsh" });
    await installPackages(getAcceptanceGround(), reader.folder);
    const [cdktfJson = ""] = await readCode("docs/guides/constructs.md", "json");
    await writeFile(path.join(reader.folder, "cdktf.json"), cdktfJson);

    await follow(reader, "docs/guides/quick-start-cdktf.md");

    expect((await workspace.cluster.admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
    await expect(readFile(path.join(reader.folder, "outputs.json"))).rejects.toThrow("ENOENT");
  });

  test("the first rotation goes as its guide says, there and back", async () => {
    const clock = new SettableClock(new Date().toISOString());
    const { workspace, reader, bearerToken } = await givenQuickStart(engine, { clock });
    const { simulator, signIn, bearing } = workspace.cluster;

    await follow(reader, "docs/guides/first-rotation.md", {
      before: {
        "After the overlap": () => {
          clock.advance(49 * hourMs);
        },
      },
    });

    const admin = await signIn(simulator.username, simulator.adminPassword.reveal());
    expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [{ enabled: true }] });
    expect((await bearing(bearerToken).get("/v1/session/who-am-i")).status).toBe(401);
  });

  test.each(shells)(
    "in one %s, the run-book for a leaked token ends it for good, and gives the program another",
    async (shell) => {
      const { workspace, reader, bearerToken } = await givenQuickStart(engine, { shell });
      const { admin, bearing } = workspace.cluster;
      const enabled: unknown[] = [];
      const look = async () => {
        enabled.push((await bearing(bearerToken).get("/v1/session/who-am-i")).status);
      };

      await follow(reader, "docs/guides/when-a-token-leaks.md", {
        before: { "End it at once": look, "Give the program a new one": look, Check: look },
        without: ["With an action instead"],
      });

      expect(enabled).toEqual([200, 401, 401]);
      expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [{ enabled: true }] });
    },
  );

  test("an administrator makes the account that deploys as its guide says", async () => {
    const workspace = await givenFolder(engine, "");
    const reader = await givenReader(workspace, { shell: "bash" });

    await follow(reader, "docs/guides/least-privilege.md");

    const members = await workspace.cluster.admin.get("/v1/auth/roles/deployer/members");
    expect(members.text).toContain('"svc-deploy"');
  });

  test("in one bash, the guide's fleet of two clusters is deployed side by side, by CDKTF and by HCL", async () => {
    const adminPassword = "Example-Passw0rd";
    // A process of the provider serves one configuration at a time.
    const workspace = await givenFolder({ ...engine, attaches: false }, "", { adminPassword });
    const west = await givenCluster({ adminPassword });
    const reader = await givenReader(workspace, { extra: { CI: "1" }, shell: "bash" });
    const { host, port, certificatePem } = west.simulator;
    const caFile = path.join(workspace.folder, "west.pem");
    await writeFile(caFile, certificatePem);
    const { host: here, port: herePort } = workspace.cluster.simulator;
    await placeProgram(reader.folder, {
      '"east.example.com"': `"${here}"`,
      '"west.example.com"': `"${host}", port: ${port}, caFile: ${JSON.stringify(caFile)}`,
    });

    await follow(reader, "docs/guides/fleet.md", {
      instead: {
        'host = "east.example.com"': `host = "${here}"`,
        'host = "west.example.com"': `host    = "${host}"\n  port    = ${port}\n  ca_file = "${caFile}"`,
        // A cluster of the file does not have the environment's port, which is that of one cluster.
        '"host": "east.example.com"': `"host": "${here}", "port": ${herePort}`,
        '"host": "west.example.com"': `"host": "${host}", "port": ${port}, "ca_file": "${caFile}"`,
      },
    });

    for (const { admin } of [workspace.cluster, west]) {
      expect((await admin.get("/v1/users/")).text).toContain('"svc-monitoring"');
      expect((await admin.get("/v1/auth/roles/metrics-reader/members")).text).toContain('"svc-metrics"');
    }
  });
});

import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Engine } from "../../src/engine/identify.ts";
import type { Environment } from "../../src/engine/program.ts";
import { type GivenProxy, givenProxy, type ProxyBehavior } from "../support/simulator/given-proxy.ts";
import { givenWorkspace, onEveryEngine, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { readSavedPlan } from "../support/plans/saved-plan.ts";

/** A name that the proxy alone can look up: no name server has it. */
const hiddenName = "cluster.behind.test";
const login = "deployer:canary-pr0xy";
const role = `resource "qumulo_role" "reader" {\n  name       = "reader"\n  privileges = ["PRIVILEGE_QUOTA_READ"]\n}\n`;

/** A cluster that has no name but behind the proxy, and what the provider is told of both. */
interface Hidden {
  readonly workspace: Workspace;
  readonly proxy: GivenProxy;
  /** Where the cluster is, and nothing of the proxy. */
  readonly environment: Environment;
  /** The URL of the proxy, with this user and password. */
  readonly proxyUrl: (login: string) => string;
}

async function givenHiddenCluster(engine: Engine, hcl: string, behavior: ProxyBehavior = {}): Promise<Hidden> {
  const workspace = await givenWorkspace(engine, hcl);
  const proxy = await givenProxy({ names: { [hiddenName]: "127.0.0.1" }, ...behavior });
  return {
    workspace,
    proxy,
    environment: {
      QUMULO_HOST: hiddenName,
      // The certificate is for the names of this machine.
      QUMULO_CA_FILE: undefined,
      QUMULO_CERTIFICATE_SHA256: workspace.cluster.simulator.certificateSha256,
      QUMULO_MAX_RETRIES: "0",
      NO_PROXY: undefined,
      no_proxy: undefined,
    },
    proxyUrl: (given) => proxy.url.replace("//", `//${given}@`),
  };
}

/** The lines in which any of what a run leaves holds a part of the proxy's login. */
function linesWithLogin(...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split("\n")).filter((line) => /canary-(pr0xy|wr0ng)/.test(line));
}

onEveryEngine((engine) => {
  test("a cluster that only the proxy can name is deployed to through a proxy that asks for a password, which is nowhere printed or kept", async () => {
    const { workspace, proxy, environment, proxyUrl } = await givenHiddenCluster(engine, role, { login });
    const behind = { ...environment, HTTPS_PROXY: proxyUrl(login), TF_LOG: "TRACE" };

    const planned = await workspace.runWith(behind, "plan", "-no-color", "-out=saved");
    const applied = await workspace.runWith(behind, "apply", "-no-color", "saved");
    const asked = proxy.asked.length;
    const settled = await workspace.runWith(behind, "plan", "-no-color", "-detailed-exitcode");

    const { simulator, admin } = workspace.cluster;
    expect([planned.exitCode, applied.exitCode, settled.exitCode]).toEqual([0, 0, 0]);
    expect((await admin.get("/v1/auth/roles/reader")).status).toBe(200);
    expect(asked).toBeGreaterThan(1);
    expect(proxy.asked.length).toBeGreaterThan(asked);
    expect(new Set(proxy.asked)).toEqual(new Set([`${hiddenName}:${simulator.port}`]));
    // TLS goes through to the cluster: what the proxy carried is not to be read.
    expect(proxy.carried().includes("/v1/")).toBe(false);
    const kept = [await workspace.stateText(), readSavedPlan(await readFile(path.join(workspace.folder, "saved")))];
    const said = [planned, applied, settled].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(linesWithLogin(...kept, ...said)).toEqual([]);
  });

  test("a wrong password of the proxy, and none, is one error of the provider that says so and does not repeat it", async () => {
    const { workspace, proxy, environment, proxyUrl } = await givenHiddenCluster(engine, role, { login });
    const plan = async (url: string, logging: Environment = {}) =>
      workspace.runWith({ ...environment, HTTPS_PROXY: url, ...logging }, "plan", "-no-color");

    const wrong = await plan(proxyUrl("deployer:canary-wr0ng"), { TF_LOG: "TRACE" });
    const none = await plan(proxy.url);

    expect([wrong.exitCode, none.exitCode]).toEqual([1, 1]);
    for (const result of [wrong, none]) {
      expect(printed(result)).toContain("Error: Proxy requires a valid login");
      expect(printed(result)).toContain(`HTTPS_PROXY. The proxy ${proxy.url} refuses to connect to ${hiddenName}`);
    }
    // Without a provider block engines add an error of their own.
    expect(printed(none).match(/Error: Proxy/g)).toHaveLength(1);
    expect(printed(wrong)).toContain("does not accept this user and password (407)");
    expect(proxy.asked).toHaveLength(2);
    expect(linesWithLogin(wrong.stdout, wrong.stderr)).toEqual([]);
  });

  test("proxy in the provider block wins over the environment, and is kept nowhere", async () => {
    const hcl = `variable "proxy" {\n  type      = string\n  sensitive = true\n}\n\nprovider "qumulo" {\n  proxy = var.proxy\n}\n\n${role}`;
    const { workspace, proxy, environment, proxyUrl } = await givenHiddenCluster(engine, hcl, { login });
    const other = await givenProxy({ refusing: 403 });
    const behind = {
      ...environment,
      HTTPS_PROXY: other.url,
      NO_PROXY: hiddenName,
      TF_VAR_proxy: proxyUrl(login),
      TF_LOG: "TRACE",
    };

    const applied = await workspace.runWith(behind, "apply", "-no-color", "-auto-approve");

    expect(applied.exitCode).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(other.asked).toEqual([]);
    expect(linesWithLogin(applied.stdout, applied.stderr, await workspace.stateText())).toEqual([]);
  });

  test("a name in NO_PROXY is reached directly, and without it through the proxy", async () => {
    const { workspace, proxy, environment } = await givenHiddenCluster(engine, role);
    const behind = { ...environment, HTTPS_PROXY: proxy.url };

    const direct = await workspace.runWith({ ...behind, NO_PROXY: ".behind.test" }, "plan", "-no-color");
    const askedForDirect = proxy.asked.length;
    const through = await workspace.runWith({ ...behind, NO_PROXY: "other.test" }, "plan", "-no-color");

    // Directly nobody knows the name: that this fails tells that the proxy was not asked.
    expect([direct.exitCode, askedForDirect]).toEqual([1, 0]);
    expect(printed(direct)).toContain(hiddenName);
    expect(through.exitCode).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });
});

import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import {
  bindings,
  QumuloProvider,
  ServiceAccount,
  TokenDelivery,
  type TokenDeliveryProps,
} from "../../constructs/index.ts";
import type { Engine } from "../../src/engine/identify.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import {
  givenWorkspace,
  onEveryEngineAttached,
  onOpenTofu,
  printed,
  type Workspace,
} from "../support/engines/given-workspace.ts";
import { givenStack, templateOf } from "../support/pages/template.ts";

/** A series of tokens that rotates with its keeper, and one delivery of it. */
function program(keeper: string, delivery: Omit<TokenDeliveryProps, "token" | "program">): string {
  const stack = givenStack();
  new QumuloProvider(stack, "qumulo");
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const token = account.issueToken("token");
  for (const node of token.node.findAll()) {
    if (node instanceof bindings.accessToken.AccessToken) node.rotateWhenChanged = { keeper };
  }
  const { library } = getAcceptanceGround();
  const commandLine = [process.execPath, path.join(library, "dist/cdktf-qumulo.js")];
  new TokenDelivery(stack, "delivery", { token, program: commandLine, ...delivery });
  return templateOf(stack).text;
}

/** A folder in which a synthesized program is deployed; `deploy` replaces it and applies. */
async function givenProgram(engine: Engine) {
  const workspace = await givenWorkspace(engine, "");
  await rm(path.join(workspace.folder, "main.tf"));
  const write = async (text: string) => writeFile(path.join(workspace.folder, "cdk.tf.json"), text);
  return {
    workspace,
    write,
    deploy: async (text: string) => {
      await write(text);
      return workspace.run("apply", "-no-color", "-auto-approve");
    },
  };
}

const secretForm = /access-v1:[\w+/=]+/;

async function statusOf({ cluster }: Workspace, bearerToken: string): Promise<number> {
  return (await cluster.bearing(bearerToken).get("/v1/session/who-am-i")).status;
}

/** The attributes of the null resource, as the state file holds them. */
async function deliveryState(workspace: Workspace): Promise<string> {
  const { resources } = JSON.parse(await workspace.stateText()) as {
    readonly resources: readonly { readonly type: string }[];
  };
  return JSON.stringify(resources.filter(({ type }) => type === "null_resource"));
}

onEveryEngineAttached((engine) => {
  test("a new bearer token is delivered, and another one after a rotation, while the old one works", async () => {
    const { workspace, write, deploy } = await givenProgram(engine);
    const target = path.join(workspace.folder, "delivered");
    const processes = path.join(workspace.folder, "processes");
    const command = `ps -ww -eo args > ${processes}; echo "got $QUMULO_BEARER_TOKEN"; printenv QUMULO_BEARER_TOKEN > ${target}`;

    const created = await deploy(program("one", { command }));
    const first = (await readFile(target, "utf8")).trim();
    const settled = await workspace.plan();
    await write(program("two", { command }));
    const plan = await workspace.plan();
    const rotated = await deploy(program("two", { command }));
    const second = (await readFile(target, "utf8")).trim();

    expect([created.exitCode, rotated.exitCode, settled.hasChanges]).toEqual([0, 0, false]);
    expect(first).toMatch(secretForm);
    expect(second).not.toBe(first);
    expect(plan.stdout).toContain("1 to add, 1 to change, 1 to destroy");
    expect([await statusOf(workspace, first), await statusOf(workspace, second)]).toEqual([200, 200]);
    for (const text of [printed(created), printed(plan), printed(rotated), await deliveryState(workspace)]) {
      expect(text).not.toMatch(secretForm);
    }
    expect(await readFile(processes, "utf8")).not.toContain(second);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });
});

onOpenTofu((engine) => {
  test("a delivery that fails shows no secret and leaves the old token working, and the next run delivers again", async () => {
    const { workspace, deploy } = await givenProgram(engine);
    const target = path.join(workspace.folder, "delivered");
    const gate = path.join(workspace.folder, "closed");
    const command = `echo "tried $QUMULO_BEARER_TOKEN"; test ! -e ${gate} || exit 7; printenv QUMULO_BEARER_TOKEN > ${target}`;
    await deploy(program("one", { command }));
    const first = (await readFile(target, "utf8")).trim();
    await writeFile(gate, "");

    const failed = await deploy(program("two", { command }));
    const between = (await readFile(target, "utf8")).trim();
    const again = await deploy(program("two", { command }));
    await rm(gate);
    const delivered = await deploy(program("two", { command }));
    const second = (await readFile(target, "utf8")).trim();

    expect([failed.exitCode, again.exitCode, delivered.exitCode]).toEqual([1, 1, 0]);
    expect(printed(failed)).toContain("tried [redacted]");
    expect(printed(failed)).toContain("ended with exit status 7");
    expect(printed(failed)).not.toMatch(secretForm);
    expect([between, await statusOf(workspace, first)]).toEqual([first, 200]);
    expect(delivered.stdout).toContain("1 added, 0 changed, 1 destroyed");
    expect(await statusOf(workspace, second)).toBe(200);
    expect(second).not.toBe(first);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a credentials file is written for its owner only, and replaced as a whole after a rotation", async () => {
    const { workspace, deploy } = await givenProgram(engine);
    const credentialsFile = path.join(workspace.folder, "home", "qumulo.json");

    const created = await deploy(program("one", { credentialsFile }));
    const first = JSON.parse(await readFile(credentialsFile, "utf8")) as unknown;
    const before = await stat(credentialsFile);
    await deploy(program("two", { credentialsFile }));
    const second = JSON.parse(await readFile(credentialsFile, "utf8")) as unknown;
    const after = await stat(credentialsFile);

    expect(created.exitCode).toBe(0);
    expect(first).toEqual({ version: 1, bearer_token: expect.stringMatching(secretForm) });
    expect(second).not.toEqual(first);
    expect(after.mode & 0o777).toBe(0o600);
    expect(after.ino).not.toBe(before.ino);
    expect(await deliveryState(workspace)).not.toMatch(secretForm);
  });

  test("a bearer token that the cluster does not accept fails the run before anything is delivered", async () => {
    const { workspace, deploy } = await givenProgram(engine);
    const command = `echo ran >> ${path.join(workspace.folder, "delivered")}`;
    workspace.cluster.simulator.failNext({ path: /session\/roles/, with: { kind: "status", status: 401 } });

    const failed = await deploy(program("one", { command }));
    const next = await deploy(program("one", { command }));

    expect(failed.exitCode).toBe(1);
    expect(printed(failed)).toContain("Whose bearer token it is could not be read");
    expect(next.stdout).toContain("1 added, 0 changed, 1 destroyed");
    expect(await readFile(path.join(workspace.folder, "delivered"), "utf8")).toBe("ran\n");
  });
});

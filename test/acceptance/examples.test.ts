import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { qumuloProvider } from "../../src/provider/provider.ts";
import { importExamples } from "../../tools/reference/import-examples.ts";
import { readReferenceSources, type Texts } from "../../tools/reference/sources.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onOpenTofu, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { findPages, readBlocks } from "../support/pages/pages.ts";
import { requiredProviders } from "../support/engines/workspace-files.ts";

/** An example of one type, as a module of one configuration that has them all. */
interface Module {
  readonly name: string;
  readonly hcl: string;
}

/** An object of an example, by its address with the module's. */
interface Imported {
  readonly address: string;
  readonly byId: string;
  readonly byIdentity: string;
}

type Values = Readonly<Record<string, unknown>>;

const { root } = getAcceptanceGround();
const localUsers = ["svc-archive", "svc-index"];

/** These begin anew in every run, so they have no place in a plan that should find nothing to do. */
const withoutEphemerals = "-exclude=module.ephemeral_resources_qumulo_access_token";

let examples: Texts;

beforeAll(async () => {
  ({ examples } = await readReferenceSources(root));
});

function modules(): readonly Module[] {
  return [...examples].flatMap(([file, hcl]) => {
    const isMain = /(?:^|\/)(?:resource|data-source|ephemeral-resource|function)\.tf$/.test(file);
    return isMain ? [{ name: moduleName(file), hcl }] : [];
  });
}

function moduleName(file: string): string {
  return path.posix.dirname(file).replaceAll(/[/-]/g, "_");
}

/** Writes one configuration: the provider as its example configures it, and each other example as a module. */
async function writeConfiguration({ folder, cluster }: Workspace): Promise<void> {
  const { simulator } = cluster;
  const calls = modules().map(({ name, hcl }) => {
    const password = hcl.includes('variable "password"') ? `password = "${cluster.user("svc-archive").password}"` : "";
    return `module "${name}" {\n  source = "./${name}"\n  ${password}\n}\n`;
  });
  for (const { name, hcl } of modules()) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, "example.tf"), hcl);
    await writeFile(path.join(folder, name, "versions.tf"), requiredProviders([]));
  }
  const provider = (examples.get("provider/provider.tf") ?? "").replace("cluster.example.com", simulator.host);
  await writeFile(path.join(folder, "main.tf"), [provider, ...calls].join("\n"));
  await writeFile(path.join(folder, "cluster-ca.pem"), simulator.certificatePem);
}

/** Signs the engine in as an account with just the privileges that the provider's page lists. */
async function givenDeployer({ cluster }: Workspace): Promise<Readonly<Record<string, string>>> {
  const page = await readFile(path.join(root, "docs", "index.md"), "utf8");
  const section = /^## Privileges$(.*?)^## /ms.exec(page)?.[1] ?? "";
  const privileges = new Set([...section.matchAll(/PRIVILEGE_\w+/g)].map(([name]) => name));
  const { user } = await cluster.holderOf(...privileges);
  return { QUMULO_USERNAME: user.name, QUMULO_PASSWORD: user.password };
}

/** What the examples find on the cluster: an access token of a user whom somebody else manages. */
async function plantToken({ cluster }: Workspace): Promise<void> {
  await cluster.admin.post("/v1/auth/access-tokens/", { user: { auth_id: cluster.user("svc-archive").id } });
}

/** Attribute values of all objects in modules, by address. */
function valuesIn(shownState: string): ReadonlyMap<string, Values> {
  // The engine's own documented format; a test that reads something else from it fails.
  const state = JSON.parse(shownState) as {
    readonly values: {
      readonly root_module: {
        readonly child_modules: readonly {
          readonly resources?: readonly { readonly address: string; readonly values: Values }[];
        }[];
      };
    };
  };
  const objects = state.values.root_module.child_modules.flatMap(({ resources = [] }) => resources);
  return new Map(objects.map(({ address, values }) => [address, values]));
}

/** The import blocks of the examples, with the real ids in place of the ones that stand there for show. */
function importsOf(objects: ReadonlyMap<string, Values>): readonly Imported[] {
  return [...examples].flatMap(([file, byId]) => {
    if (!file.endsWith("/import.tf")) return [];
    const type = qumuloProvider.resources.find(({ name }) => file === `resources/qumulo_${name}/import.tf`);
    const { byIdentity = "" } = importExamples(byId, type?.identity);
    const address = `module.${moduleName(file)}.${/to = (\S+)/.exec(byId)?.[1] ?? ""}`;
    const real = (block: string): string =>
      withRealValues(block, objects.get(address) ?? {}).replace(/to = \S+/, `to = ${address}`);
    return [{ address, byId: real(byId), byIdentity: real(byIdentity) }];
  });
}

function withRealValues(block: string, values: Values): string {
  return block.replaceAll(/(?<=(\w+) += ")[^"]*/g, (shown, name: string) => {
    const value = String(values[name]);
    // What stands there for show looks like the real one.
    expect(value.replaceAll(/\d+/g, "0")).toBe(shown.replaceAll(/\d+/g, "0"));
    return value;
  });
}

onOpenTofu((engine) => {
  test("every example is applied with the privileges that the provider's page lists, and imported as its page says", async () => {
    const workspace = await givenFolder(engine, "", { localUsers });
    await writeConfiguration(workspace);
    await plantToken(workspace);
    const deployer = await givenDeployer(workspace);
    const run = async (...args: readonly string[]): Promise<string> => {
      const result = await workspace.runWith(deployer, ...args, "-no-color");
      if (result.exitCode !== 0) throw new Error(printed(result));
      return result.stdout;
    };
    const importsFile = path.join(workspace.folder, "imports.tf");

    await run("init");
    const applied = await run("apply", "-auto-approve");
    const again = await run("plan", withoutEphemerals);
    const imports = importsOf(valuesIn((await workspace.run("show", "-json")).stdout));
    await run("state", "rm", ...imports.map(({ address }) => address));
    await writeFile(importsFile, imports.map(({ byId }) => byId).join("\n"));
    const importedById = await run("plan", withoutEphemerals);
    await writeFile(importsFile, imports.map(({ byIdentity }) => byIdentity).join("\n"));
    const importedByIdentity = await run("plan", withoutEphemerals);

    expect(applied).toContain("Provisioning with 'local-exec'");
    expect(again).toContain("No changes.");
    const expected = new RegExp(`${imports.length} to import, 0 to add, \\d+ to change, 0 to destroy`);
    expect(imports.length).toBeGreaterThan(6);
    expect(importedById).toMatch(expected);
    expect(importedByIdentity).toMatch(expected);
    // Seven runs of an engine, with every type in each.
  }, 300_000);

  test("all examples, and the code in all pages, are formatted as the engine formats", async () => {
    const workspace = await givenFolder(engine, "");
    const folder = path.join(workspace.folder, "pages");
    await mkdir(folder);
    for (const page of await findPages()) {
      const blocks = (await readBlocks(page)).filter(({ language }) => /^(?:hcl|terraform)$/.test(language));
      for (const { code, line } of blocks) {
        await writeFile(path.join(folder, `${page.replaceAll("/", "-")}-${line}.tf`), code);
      }
    }

    const { exitCode, stdout } = await workspace.run(
      "fmt",
      "-check",
      "-diff",
      "-recursive",
      path.join(root, "examples"),
      folder,
    );

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });
});

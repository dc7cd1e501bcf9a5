import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { compareVersions } from "../../src/engine/version.ts";
import { getNodeExecutable } from "../../tools/release/node-executable.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onOpenTofu } from "../support/engines/given-workspace.ts";
import { follow, givenReader } from "../support/pages/page-reader.ts";
import { readPage } from "../support/pages/pages.ts";

const guide = "docs/guides/python.md";
/** The first Node that cdktn-cli takes. */
const oldestNode = "22.19.0";
/** npm and pip install some 260 packages, which takes most of a minute where nothing is in their caches. */
const timeoutMs = 300_000;

/** How this machine's npm and pip reach their registries, and what they have in the user's cache, whatever the home. */
function registryEnvironment(): Readonly<Record<string, string | undefined>> {
  const names = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|npm_config_registry|PIP_\w+|\w+_proxy)$/i;
  const { env } = process;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => names.test(name))),
    npm_config_userconfig: env["npm_config_userconfig"] ?? path.join(homedir(), ".npmrc"),
    npm_config_cache: env["npm_config_cache"] ?? path.join(homedir(), ".npm"),
    XDG_CACHE_HOME: env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"),
  };
}

/** A folder with a Node that will do: this one, or the one that releases are made with. */
async function nodeFolder(): Promise<string> {
  if (compareVersions(process.versions.node, oldestNode) >= 0) return path.dirname(process.execPath);
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  return path.dirname((await getNodeExecutable({ os: "linux", arch })).file);
}

test("the guide to Python names the versions that are tested", async () => {
  const text = await readPage(guide);
  // The project's own manifest.
  const { version, devDependencies } = JSON.parse(
    await readFile(path.join(getAcceptanceGround().root, "package.json"), "utf8"),
  ) as { readonly version: string; readonly devDependencies: Readonly<Record<string, string>> };

  const library = devDependencies["cdktn"] ?? "";

  expect(text).toContain(`cdktf-qumulo-${version}.tgz cdktn-cli@${library}\n`);
  expect(text).toContain(`pip install cdktn==${library}\n`);
  expect(text).toContain(`"cdktf-qumulo/qumulo@~> ${version}"`);
});

onOpenTofu((engine) => {
  test(
    "in one bash, the guide to Python generates bindings from a mirror, deploys its program, and plans nothing more",
    async () => {
      const workspace = await givenFolder({ ...engine, attaches: false }, "");
      const places = [await nodeFolder(), path.join(workspace.folder, "bin"), path.dirname(process.execPath)];
      const page = path.join(workspace.folder, "page");
      const reader = await givenReader(workspace, {
        extra: {
          ...registryEnvironment(),
          PATH: [...places, "/usr/bin", "/bin"].join(path.delimiter),
          PIP_CONSTRAINT: path.join(__dirname, "python-guide.constraints.txt"),
          TF_CLI_CONFIG_FILE: undefined,
          CI: "1",
        },
        shell: "bash",
      });

      await follow(reader, guide, { instead: { "../cdktf-qumulo/": `${getAcceptanceGround().folder}/` } });

      expect((await workspace.cluster.admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
      expect((await stat(path.join(page, "imports/qumulo/provider_functions"))).isDirectory()).toBe(true);
      await expect(stat(path.join(page, "outputs.json"))).rejects.toThrow("ENOENT");
    },
    timeoutMs,
  );
});

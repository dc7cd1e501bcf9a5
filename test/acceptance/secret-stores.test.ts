import { execFile } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { installPackages as installPrograms } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type GivenOpenBao, givenOpenBao } from "../support/engines/given-open-bao.ts";
import { givenFolder, onOpenTofu } from "../support/engines/given-workspace.ts";
import { follow, givenReader, type PageReader } from "../support/pages/page-reader.ts";
import { readCode, readPage } from "../support/pages/pages.ts";
import { installPackages } from "../support/python/python-packages.ts";

const run = promisify(execFile);
const anyBearerToken = /access-v1:[A-Za-z0-9+/=]+/;

/** Puts `bao` where a reader finds it. It first writes down the list of processes. */
async function placeOpenBao({ folder }: { readonly folder: string }, { program }: GivenOpenBao): Promise<string> {
  const seen = path.join(folder, "processes");
  const script = `#!/bin/sh\nps -ww -eo args >> ${seen}\nexec ${program} "$@"\n`;
  await writeFile(path.join(folder, "bin", "bao"), script, { mode: 0o755 });
  return seen;
}

/** What the schema of Kubernetes says about a manifest; other fields than its own are refused. */
async function validateManifest(file: string): Promise<string> {
  const check = async (python: string, env: object, args: readonly string[]) =>
    run(python, ["-m", "kubernetes_validate", ...args], { env: { ...process.env, ...env } });
  const { python, env } = await installPackages(
    {
      name: "kubernetes-schemas",
      pins: path.join(__dirname, "kubernetes.requirements.txt"),
      isUsable: async (found) => (await check(found.python, found.env, ["--version"])).stdout !== "",
      advice: "This test needs Python 3.10 or later, with venv or pip, and the Python package index.",
    },
    { env: process.env },
  );
  return (await check(python, env, ["--strict", file])).stdout;
}

/** The token in a manifest, and what else there is to say about it. */
async function lookAt({ folder }: PageReader) {
  const file = path.join(folder, "secret.yaml");
  const { mode } = await stat(file);
  // As the schema has found it to be.
  const { data } = parse(await readFile(file, "utf8")) as { readonly data: Readonly<Record<string, string>> };
  const token = Buffer.from(data["token"] ?? "", "base64").toString();
  return { mode: mode & 0o777, said: await validateManifest(file), token };
}

test("what the guide to Kubernetes takes from a store is what the guide to the store delivers", async () => {
  // The blocks of the page, which External Secrets defines.
  const [store, secret] = (await readCode("docs/guides/kubernetes.md", "yaml")).map((code) => parse(code) as unknown);
  const delivered = await readPage("docs/guides/vault.md");

  expect(delivered).toContain('bao kv put -mount=secret -cas="$version" qumulo/backup token=-\n');
  expect(delivered).toContain("bao policy write qumulo-reader ");
  expect(store).toMatchObject({
    metadata: { name: "vault", namespace: "backup" },
    spec: { provider: { vault: { path: "secret", version: "v2", auth: { kubernetes: { role: "qumulo-reader" } } } } },
  });
  expect(secret).toMatchObject({
    metadata: { namespace: "backup" },
    spec: {
      secretStoreRef: { kind: "SecretStore", name: "vault" },
      data: [{ secretKey: "token", remoteRef: { key: "qumulo/backup", property: "token" } }],
    },
  });
});

onOpenTofu((engine) => {
  test("the guide to OpenBao and Vault gets tokens and their successors into a real store, and nowhere else", async () => {
    const store = await givenOpenBao();
    const workspace = await givenFolder(engine, "");
    const reader = await givenReader(workspace, {
      extra: { ...store.place, VAULT_TOKEN: store.rootToken },
      shell: "bash",
    });
    const processes = await placeOpenBao(workspace, store);
    await installPrograms(getAcceptanceGround(), reader.folder);
    const put = "printf late | bao kv put -mount=secret";
    let states = "";

    const results = await follow(reader, "docs/guides/vault.md", {
      before: {
        "By a write-only attribute": async () => {
          const late = await reader.run(`${put} -cas=1 qumulo/backup token=-`);
          const blind = await reader.run(`${put} qumulo/backup token=-`);
          const curious = await reader.run("bao kv get -mount=secret qumulo/backup");
          const lost = await reader.run("QUMULO_BEARER_TOKEN=lost VAULT_TOKEN=ended sh to-store.sh");

          expect(late.out).toContain("check-and-set parameter did not match the current version");
          expect(blind.out).toContain("check-and-set parameter required");
          expect([curious.out, lost.out].join("\n").match(/permission denied/g)).toHaveLength(2);
          expect([late, blind, curious, lost].map(({ exitCode }) => exitCode)).not.toContain(0);
        },
        "Clean up": async () => {
          expect(await reader.run("tofu plan -detailed-exitcode")).toMatchObject({ exitCode: 0 });
          for (const name of ["terraform.tfstate", "terraform.backup.tfstate"]) {
            states += await readFile(path.join(reader.folder, name), "utf8");
          }
        },
      },
    });

    const printed = results.map(({ out }) => out).join("\n");
    expect(printed).not.toMatch(anyBearerToken);
    expect(await readFile(processes, "utf8")).not.toMatch(anyBearerToken);
    // Each state has the token that works, and has it once.
    const kept = states.match(new RegExp(anyBearerToken, "g")) ?? [];
    expect([kept.length, new Set(kept).size]).toEqual([2, 2]);
  });

  test("the guide to Kubernetes writes a valid manifest for its owner only, and another one after a rotation", async () => {
    const workspace = await givenFolder(engine, "");
    const reader = await givenReader(workspace, { shell: "zsh" });
    const seen: Awaited<ReturnType<typeof lookAt>>[] = [];
    const look = async () => {
      seen.push(await lookAt(reader));
    };

    const results = await follow(reader, "docs/guides/kubernetes.md", {
      before: { "What a rotation does": look, "From a store": look },
    });

    const manifest = { mode: 0o600, said: expect.stringContaining("passed for resource secret/qumulo-backup") };
    expect(seen).toEqual([manifest, manifest].map((one) => ({ ...one, token: expect.stringMatching(anyBearerToken) })));
    expect(new Set(seen.map(({ token }) => token)).size).toBe(2);
    expect(results.map(({ out }) => out).join("\n")).not.toMatch(anyBearerToken);
  });
});

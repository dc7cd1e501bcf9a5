import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { parse } from "yaml";
import { lateFiles } from "../../src/vocabulary/provider-files.ts";
import type { Environment } from "../../src/engine/program.ts";
import { ControlClient } from "../../src/simulator/index.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onEveryEngine, type TestedEngine, type Workspace } from "../support/engines/given-workspace.ts";
import { type ImageConfig, startInImage, unpackImage } from "../support/engines/image-root.ts";
import { buildOras, startOciRegistry } from "../support/engines/oci-registry.ts";
import { readBlocks } from "../support/pages/pages.ts";
import { cycloneDxFaults } from "../support/release/cyclonedx-faults.ts";
import { findWine } from "../support/engines/wine.ts";

const run = promisify(execFile);
const { root, folder, engines } = getAcceptanceGround();
const release = path.join(folder, "release");
const project = path.join(folder, "installed");
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
/** A PATH on which there is nothing, and no Node in particular. */
const noPrograms = { PATH: path.join(folder, "no-programs") };
const started: ChildProcess[] = [];

beforeAll(async () => {
  const platforms = ["--platform", platform, "--platform", "windows_amd64"];
  await run("npx", ["tsx", "tools/release.ts", "--output", release, ...platforms], { cwd: root });
}, 600_000);

afterAll(() => {
  for (const child of started) child.kill("SIGTERM");
});

function openTofu(): TestedEngine {
  const found = engines.find(({ name }) => name === "opentofu");
  if (found === undefined) throw new Error("There is no OpenTofu.");
  return found;
}

/** A block of the page about installing that has this text, with this place instead of the one that stands there. */
async function blockWith(text: string, instead: Readonly<Record<string, string>> = {}): Promise<string> {
  const blocks = await readBlocks("docs/guides/installing.md");
  const found = blocks.map(({ code }) => code).find((code) => code.includes(text));
  if (found === undefined) throw new Error(`No block of the page has ${text}.`);
  return Object.entries(instead).reduce((code, [said, own]) => code.replaceAll(said, own), found);
}

/** The version of the release, as the package's file name has it. */
async function readVersion(): Promise<string> {
  const [tarball = ""] = await readdir(path.join(release, "npm"));
  return /-(\d.*)\.tgz$/.exec(tarball)?.[1] ?? "";
}

/** Installs the provider with a CLI configuration, and applies the example with it. */
async function installAndApply(workspace: Workspace, cliConfig: string, extra: Environment = {}): Promise<Applied> {
  const cliConfigFile = path.join(workspace.folder, "from-the-page.tfrc");
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const result = await workspace.runWith({ ...extra, TF_CLI_CONFIG_FILE: cliConfigFile }, ...args);
    if (result.exitCode !== 0) throw new Error(`${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
    return result.stdout;
  };
  await writeFile(cliConfigFile, cliConfig);
  await cp(path.join(root, "examples/hcl"), workspace.folder, { recursive: true });
  await succeed("init", "-no-color");
  await succeed("apply", "-no-color", "-auto-approve");
  const environment = { HOME: workspace.folder, TERRAFORM_BINARY_NAME: workspace.engine.program };
  return {
    run: succeed,
    bearerToken: await succeed("output", "-raw", "bearer_token"),
    environment: { ...environment, TF_CLI_CONFIG_FILE: cliConfigFile },
  };
}

interface Applied {
  readonly bearerToken: string;
  /** What makes other programs find the same engine and the same provider. */
  readonly environment: Environment;
  /** Runs a command of the engine, which must succeed, and returns what it prints. */
  readonly run: (...args: readonly string[]) => Promise<string>;
}

/** The user of a bearer token, as the workspace's cluster knows them. */
async function userOf(bearerToken: string, { cluster }: Workspace): Promise<unknown> {
  return (await cluster.bearing(bearerToken).get("/v1/session/who-am-i")).body;
}

test("the sums of a release and those of its registry archives are what sha256sum finds", async () => {
  const [name = ""] = (await readdir(path.join(release, "registry"))).filter((file) => file.endsWith("_SHA256SUMS"));

  const checked = await run("sh", ["-c", await blockWith("sha256sum --check")], { cwd: release });
  const archives = await run("sha256sum", ["--check", name], { cwd: path.join(release, "registry") });

  expect(checked.stdout).toContain(`${platform}.zip: OK`);
  expect(archives.stdout).toMatch(/_manifest\.json: OK/);
});

test("the bill of materials follows the official schema, and names each package of which a program has code", async () => {
  const bill = await readFile(path.join(release, `cdktf-qumulo-${await readVersion()}.cdx.json`), "utf8");
  const sums = await readFile(path.join(release, "SHA256SUMS"), "utf8");
  const notices = await readFile(path.join(root, "dist/THIRD_PARTY_NOTICES.txt"), "utf8");
  const listed = /^(\S+) {2}(?:\S+[.]zip|\S+[.]tgz|simulator-image\/index[.]json)$/gm;
  const files = [...sums.matchAll(listed)].map(([, digest]) => digest ?? "");
  const packages = [...notices.matchAll(/^(\S+) (\d\S+) under /gm)].map(([, name, version]) => ({ name, version }));

  // The bill's own format, which the schema holds.
  const { components } = JSON.parse(bill) as {
    components: readonly { readonly name: string; readonly version: string }[];
  };
  const named = components.map(({ name, version }) => ({ name, version }));

  expect(cycloneDxFaults(bill)).toBe("");
  expect(named).toEqual(expect.arrayContaining([...packages, { name: "node", version: expect.any(String) }]));
  expect(packages.length).toBeGreaterThan(5);
  expect(files.filter((digest) => !bill.includes(digest))).toEqual([]);
  expect(sums).toContain(".cdx.json\n");
});

test("the archive for Windows holds an executable of Windows with the provider inside, and there is no script for it", async () => {
  const name = `terraform-provider-qumulo_${await readVersion()}_windows_amd64.zip`;

  const archived = unzipSync(await readFile(path.join(release, "registry", name)));
  const executable = Buffer.from(archived[`terraform-provider-qumulo_v${await readVersion()}.exe`] ?? []);
  const late = await Promise.all(lateFiles.map(async (file) => readFile(path.join(root, "dist", file), "utf8")));
  const butForRequests = late.flatMap((text) => text.split(/require\("[.]\/provider[^"]*"\)/));
  const scripts = await readdir(path.join(release, "script-mirror"), { recursive: true });

  // The beginning of every executable of Windows, and what Node looks for in itself.
  expect(executable.subarray(0, 2).toString()).toBe("MZ");
  expect(executable.includes("NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1")).toBe(true);
  expect(butForRequests.every((piece) => executable.includes(piece))).toBe(true);
  expect(scripts.filter((file) => file.includes("windows"))).toEqual([]);
});

const wine = findWine(process.env);

(wine === undefined ? test.skip : test)(
  "the executable for Windows applies over a port with TLS, in Wine",
  async () => {
    const workspace = await givenFolder(openTofu(), "");
    const environment = { WINEPREFIX: path.join(workspace.folder, "wine"), WINEDEBUG: "-all" };
    const mirror = await mirrorInWine(workspace.folder);
    const config = await blockWith("filesystem_mirror", { "/opt/cdktf-qumulo/mirror": mirror });
    // Wine prepares its folder when it first starts, which takes some seconds.
    await run(wine ?? "", ["wineboot", "--init"], { env: { ...process.env, ...environment } });

    const applied = await installAndApply(workspace, config, environment);
    await applied.run("plan", "-no-color", "-detailed-exitcode");

    const runs = (await readdir(workspace.folder)).filter((name) => name.startsWith("run-"));
    const ends = runs.map(async (name) => readFile(path.join(workspace.folder, name, "ended"), "utf8"));
    expect(await userOf(applied.bearerToken, workspace)).toMatchObject({ name: "svc-backup" });
    expect(runs.length).toBeGreaterThan(3);
    for (const ended of await Promise.all(ends)) expect(ended).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|\S+\n0\n$/);
  },
  300_000,
);

/**
 * A mirror in which the executable for Windows stands for this machine's, started by a script in Wine. Each run leaves a
 * folder `run-…` with what it printed and its exit status.
 */
async function mirrorInWine(place: string): Promise<string> {
  const version = await readVersion();
  const archive = path.join(release, "registry", `terraform-provider-qumulo_${version}_windows_amd64.zip`);
  const executable = path.join(place, "provider.exe");
  await writeFile(executable, unzipSync(await readFile(archive))[`terraform-provider-qumulo_v${version}.exe`] ?? "");
  const installed = path.join(place, "mirror/registry.opentofu.org/cdktf-qumulo/qumulo", version, platform);
  await mkdir(installed, { recursive: true });
  // In Wine, Node cannot open the pipes of an engine that is not in Wine: what it prints goes through a file.
  const script = `#!/bin/sh
cd "$(mktemp -d "${place}/run-XXXXXX")" && touch printed
"${wine ?? ""}" "${executable}" "$@" >printed 2>error </dev/null &
tail --follow --sleep-interval=0.1 --pid=$! printed
wait $!
echo "$?" | cat printed - >ended
`;
  await writeFile(path.join(installed, `terraform-provider-qumulo_v${version}`), script, { mode: 0o755 });
  return path.join(place, "mirror");
}

test("the sums are signed as the page says, and the signature is good", async () => {
  // Its agent listens on a socket in this folder, whose path may not be long.
  const home = await mkdtemp(path.join(tmpdir(), "gpg-"));
  const env = { PATH: process.env["PATH"], GNUPGHOME: home };
  const gpg = async (...args: readonly string[]) => run("gpg", ["--batch", "--passphrase", "", ...args], { env });
  const sums = path.join(release, "registry", `terraform-provider-qumulo_${await readVersion()}_SHA256SUMS`);
  try {
    await gpg("--quick-generate-key", "releases@example.com", "rsa3072", "sign", "1d");
    const key = { KEY: "releases@example.com" };
    const all = path.join(release, "SHA256SUMS");

    for (const command of ["--armor --detach-sign", "_SHA256SUMS.sig"]) {
      await run("sh", ["-ec", await blockWith(command, key)], { cwd: folder, env });
    }
    const verified = await gpg("--verify", `${sums}.sig`, sums);
    const verifiedAll = await gpg("--verify", `${all}.asc`, all);

    expect(verified.stderr).toContain("Good signature");
    expect(verifiedAll.stderr).toContain("Good signature");
  } finally {
    await run("gpgconf", ["--kill", "all"], { env });
    await rm(home, { recursive: true, force: true });
  }
});

test("a dry run of publishing finds the release ready, and signs and verifies it", async () => {
  const platforms = ["--platform", platform, "--platform", "windows_amd64"];
  const args = ["tsx", "tools/publish-dry-run.ts", "--release", release, ...platforms];

  // As long as nothing is published it ends with 1: what is missing is in the project.
  const tried: unknown = await run("npx", args, { cwd: root }).catch((error: unknown) => error);

  const { stdout } = tried as { readonly stdout: string };
  for (const title of ["The npm package", "The layout", "Checksums", "Signing and verifying", "One version"]) {
    expect(stdout).toMatch(new RegExp(`^✓ +\\d+\\. ${title}`, "m"));
  }
  expect(stdout).toContain("--provenance --access public");
  expect(stdout).toContain("Not known:");
});

test("what the page says of npm and of other registries is about the files of this release", async () => {
  const version = await readVersion();

  expect(await blockWith("npm install")).toContain(`./cdktf-qumulo-${version}.tgz\n`);
  expect(await blockWith("required_providers")).toContain(`"~> ${version}"`);
});

onEveryEngine((engine) => {
  test("the script form is installed from a packed filesystem mirror and applies", async () => {
    const workspace = await givenFolder(engine, "");
    const mirror = path.join(release, "script-mirror");
    const config = await blockWith("filesystem_mirror", { "/opt/cdktf-qumulo/mirror": mirror });
    const applied = await installAndApply(workspace, config);

    expect(await userOf(applied.bearerToken, workspace)).toMatchObject({ name: "svc-backup" });
  });
});

describe("on OpenTofu alone", () => {
  test("the self-contained form is installed from a packed filesystem mirror and applies where there is no Node", async () => {
    const workspace = await givenFolder(openTofu(), "");
    const config = await blockWith("filesystem_mirror", { "/opt/cdktf-qumulo/mirror": path.join(release, "mirror") });

    const applied = await installAndApply(workspace, config, noPrograms);

    expect(await userOf(applied.bearerToken, workspace)).toMatchObject({ name: "svc-backup" });
  });

  test("an archive that is copied by hand, as it is, is installed and applies", async () => {
    const workspace = await givenFolder(openTofu(), "");
    const commands = await blockWith("cp registry", { linux_amd64: platform });

    await run("sh", ["-ec", commands], { cwd: release, env: { ...process.env, HOME: workspace.folder } });
    const applied = await installAndApply(workspace, "");

    expect(await userOf(applied.bearerToken, workspace)).toMatchObject({ name: "svc-backup" });
  });

  test("the provider is installed from an OCI registry that was filled as the page says, and applies", async () => {
    const workspace = await givenFolder(openTofu(), "");
    const building = { modulesFolder: path.join(root, "engine"), env: process.env };
    const oras = await buildOras(building);
    const registry = await startOciRegistry(path.join(workspace.folder, "registry"), building);
    try {
      const instead = { "registry.example.com": registry.address };
      const trust = { SSL_CERT_FILE: registry.certificateFile };
      const places = { HOME: workspace.folder, PATH: `${path.dirname(oras)}:/usr/bin:/bin` };

      await run("sh", ["-ec", await blockWith("oras cp", instead)], { cwd: folder, env: { ...trust, ...places } });
      const config = await blockWith("oci_mirror", instead);
      const applied = await installAndApply(workspace, config, { ...noPrograms, ...trust });

      expect(await userOf(applied.bearerToken, workspace)).toMatchObject({ name: "svc-backup" });
    } finally {
      await registry.close();
    }
  }, 600_000);
});

describe("the image of the simulator", () => {
  const imageRoot = path.join(folder, "image-root");
  let image: ImageConfig;

  beforeAll(async () => {
    image = await unpackImage(path.join(release, "simulator-image"), imageRoot);
  });

  /** Runs a program in the image, and gives its first line, or what it ends with. */
  async function runInImage(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const child = startInImage(imageRoot, image, { command, env });
    started.push(child);
    const exited = once(child, "exit").then(([status]) => `ended with ${String(status)}`);
    return Promise.race([exited, once(child.stdout ?? child, "data").then(([data]) => String(data))]);
  }

  test("it holds no shell, runs as a user who is not root, and names its ports", async () => {
    const [shell, other] = await Promise.all(["bin/sh", "usr/bin/env"].map(async (file) => isThere(file)));

    expect([shell, other]).toEqual([false, false]);
    expect(image.config).toMatchObject({
      User: "10001:10001",
      WorkingDir: "/data",
      ExposedPorts: { "8000/tcp": {}, "8001/tcp": {} },
    });
  });

  test("the service of the compose file starts in it, is healthy, keeps its cluster and is controlled", async () => {
    const text = await readFile(path.join(root, "examples/simulator-service/compose.yaml"), "utf8");
    const { qumulo } = (parse(text) as { services: Readonly<Record<string, ComposeService>> }).services;
    const version = await readVersion();
    // Free ports in place of those that are the container's own.
    const flags = [...(qumulo?.command ?? []).map((word) => (word === "8001" ? "0" : word)), "--port", "0", "--json"];
    const secrets = {
      QUMULO_SIMULATOR_ADMIN_PASSWORD: "Test-Password-1",
      QUMULO_SIMULATOR_CONTROL_SECRET: "s".repeat(24),
    };

    const line = await runInImage([...image.config.Entrypoint, ...flags], secrets);
    const told = JSON.parse(line) as { readonly port: number; readonly ca_file: string; readonly control_url: string };
    const [kind, ...check] = image.config.Healthcheck.Test;
    const healthy = await runInImage([...check, "--port", String(told.port)]);
    const unhealthy = await runInImage([...check, "--port", new URL(told.control_url).port]);
    const url = told.control_url.replace("0.0.0.0", "127.0.0.1");
    const described = await new ControlClient({ url, secret: "s".repeat(24) }).describe();

    expect(qumulo?.image).toBe(`localhost/cdktf-qumulo-simulator:${version}`);
    expect(Object.keys(qumulo?.environment ?? {})).toEqual(Object.keys(secrets));
    expect([kind, healthy, unhealthy]).toEqual(["CMD", "ended with 0", "ended with 1"]);
    expect(described.port).toBe(told.port);
    expect(await readFile(path.join(imageRoot, told.ca_file), "utf8")).toBe(described.certificate_pem);
  });

  async function isThere(file: string): Promise<boolean> {
    return stat(path.join(imageRoot, file)).then(
      () => true,
      () => false,
    );
  }
});

interface ComposeService {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

describe("the npm package, installed into an empty folder", () => {
  const program = path.join(project, "node_modules/.bin/cdktf-qumulo");

  beforeAll(async () => {
    const [tarball = ""] = await readdir(path.join(release, "npm"));
    // Uses the libraries as well, from programs of every kind.
    const args = ["tools/check-package.ts", path.join(release, "npm", tarball), project];
    await run("npx", ["tsx", ...args], { cwd: root });
  }, 600_000);

  /** Starts the simulator of the package. */
  async function simulate(): Promise<Environment> {
    const child = spawn(program, ["simulate", "--json", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    started.push(child);
    const [line] = (await once(child.stdout, "data")) as readonly Buffer[];
    // The command documents this line.
    const told = JSON.parse(String(line)) as Readonly<Record<string, string | number>>;
    return {
      QUMULO_HOST: String(told["host"]),
      QUMULO_PORT: String(told["port"]),
      QUMULO_CA_FILE: String(told["ca_file"]),
      QUMULO_USERNAME: String(told["username"]),
      QUMULO_PASSWORD: String(told["password"]),
    };
  }

  test("its provider applies to its simulator, and its other commands agree with what was applied", async () => {
    const workspace = await givenFolder(openTofu(), "");
    const { QUMULO_USERNAME: username, QUMULO_PASSWORD: password, ...connection } = await simulate();

    const installed = await run(program, ["install", "--mirror", "mirror"], { cwd: project });
    const [, config = ""] = /^(provider_installation \{$[\s\S]*^\}$)/m.exec(installed.stdout) ?? [];
    const login = { ...connection, QUMULO_USERNAME: username, QUMULO_PASSWORD: password };
    const applied = await installAndApply(workspace, config, login);
    const verified = await run(program, ["verify", "--json"], {
      env: { PATH: process.env["PATH"], ...connection, QUMULO_BEARER_TOKEN: applied.bearerToken },
    });
    const env = { ...process.env, ...login, ...applied.environment };
    const examined = await run(program, ["doctor", "--json"], { env });
    const discovered = await run(program, ["discover", "--format", "hcl"], { env });
    await writeFile(path.join(project, "state.json"), await applied.run("show", "-json"));
    const audited = await run(program, ["audit", "state.json", "--fail-on", "critical"], { cwd: project });

    expect(JSON.parse(verified.stdout)).toMatchObject({ user: { name: "svc-backup" } });
    expect(audited.stdout).toContain("svc-backup");
    expect(JSON.parse(examined.stdout)).toMatchObject({ works: true });
    expect(discovered.stdout).toContain('resource "qumulo_local_user" "svc-backup"');
  });
});

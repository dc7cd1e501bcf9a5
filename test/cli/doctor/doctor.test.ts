import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as v from "valibot";
import type { CheckId } from "../../../src/cli/doctor/check.ts";
import { doctorReportSchema } from "../../../src/cli/doctor/render-json.ts";
import { readLauncher } from "../../../tools/launcher.ts";
import { engineScript, givenMachine, type Machine, writeLateFiles } from "../../support/processes/fake-programs.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { SettableClock } from "../../support/simulator/settable-clock.ts";
import { givenBearer } from "../given-bearer.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

let machine: Machine;
let providerFile: string;

beforeEach(async () => {
  machine = await givenMachine();
  providerFile = path.join(machine.folder, "provider");
  await writeFile(providerFile, `${await readLauncher()}\n`, { mode: 0o755 });
  await writeLateFiles(machine.folder, "");
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.12.6"));
  await machine.addProgram("node", "echo v22.1.0");
});

afterEach(async () => {
  await machine.remove();
});

type Report = v.InferOutput<typeof doctorReportSchema>;

/** Every check, by the ids of the checks. */
type Found = Readonly<Record<CheckId, Report["checks"][number]>>;

interface DoctorRun extends CommandRun {
  readonly checks: Found;
}

async function doctor(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<DoctorRun> {
  const run = await runCommand(["doctor", "--json", ...args], { env: { ...env, ...machine.env, ...keep(env) } });
  const { checks, works } = v.parse(doctorReportSchema, JSON.parse(run.out));
  expect(works).toBe(run.exitCode === 0);
  return { ...run, checks: Object.fromEntries(checks.map((check) => [check.id, check])) as Found };
}

/** What a test says of the machine counts. */
function keep(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== "PATH" && name !== "HOME"));
}

async function install(args: readonly string[] = []): Promise<void> {
  const { exitCode } = await runCommand(["install", ...args], { env: machine.env, providerFile });
  expect(exitCode).toBe(0);
}

async function writeConfig(text: string, name = ".tofurc"): Promise<string> {
  const file = path.join(machine.folder, name);
  await writeFile(file, text);
  return file;
}

const allPrivileges = [
  ...["PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_LOCAL_USER_WRITE"],
  ...["PRIVILEGE_LOCAL_GROUP_READ", "PRIVILEGE_LOCAL_GROUP_WRITE"],
  ...["PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE", "PRIVILEGE_IDENTITY_READ"],
  ...["PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ACCESS_TOKENS_WRITE"],
];

test("where all works it ends with 0, and says of each thing what was met", async () => {
  const { env } = await givenBearer({ privileges: allPrivileges });
  await install();

  const { exitCode, checks, error } = await doctor(env);

  expect([exitCode, error]).toEqual([0, ""]);
  expect(checks.engine).toMatchObject({ status: "works", facts: { name: "opentofu", version: "1.12.6" } });
  expect(checks.provider_opentofu).toMatchObject({ status: "works", facts: { version: "1.2.3" } });
  expect(checks.provider_terraform.status).toBe("works");
  expect(checks.host.status).toBe("works");
  expect(checks.certificate.status).toBe("works");
  expect(checks.core).toMatchObject({ status: "works", facts: { version: "7.8.2" } });
  expect(checks.credentials.found).toBe("A bearer token (QUMULO_BEARER_TOKEN).");
  expect(checks.login).toMatchObject({ status: "works", facts: { user: "svc-backup" } });
  expect(checks.token_end.found).toMatch(/^Access token \d+ never ends\.$/);
  expect(checks.privileges.status).toBe("works");
});

test("without a cluster only the machine is checked, and that is said", async () => {
  await install();

  const { exitCode, checks } = await doctor();
  const text = await runCommand(["doctor"], { env: machine.env });

  expect(exitCode).toBe(0);
  expect(checks.privileges).toMatchObject({ status: "not_checked" });
  expect(text.out).toMatch(/^- not checked +settings, host, certificate, Qumulo Core/m);
  expect(text.out).toMatch(/give --host, or set\s+QUMULO_HOST/);
});

test("an engine that is not there does not work, and it is said how to get one", async () => {
  const { exitCode, checks } = await doctor({ TERRAFORM_BINARY_NAME: "/not/there" });

  expect(exitCode).toBe(1);
  expect(checks.engine.status).toBe("fails");
  expect(checks.engine.found).toContain('TERRAFORM_BINARY_NAME is "/not/there", and there is no such program.');
});

test("an older engine works, and what it lacks is named with the version that brings it", async () => {
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.6.0"));

  const { checks } = await doctor();

  expect(checks.engine.status).toBe("attention");
  expect(checks.engine.found).toContain("provider functions (from 1.7.0), ephemeral resources (from 1.11.0)");
});

test("an engine below the oldest that works is refused", async () => {
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.5.9"));

  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(1);
  expect(checks.engine.do).toContain("OpenTofu 1.5.9");
  expect(checks.engine.do).toContain("is older than OpenTofu 1.6.0");
});

test("a CLI configuration that is named and not there is found out", async () => {
  const file = path.join(machine.folder, "none.rc");

  const { exitCode, checks } = await doctor({ TF_CLI_CONFIG_FILE: file });

  expect(exitCode).toBe(1);
  expect(checks.cli_configuration).toMatchObject({ status: "fails" });
  expect(checks.cli_configuration.found).toContain(`TF_CLI_CONFIG_FILE names ${file}`);
  expect(checks.cli_configuration.do).toContain("unset TF_CLI_CONFIG_FILE");
});

test("a provider that is not installed fails for the engine in use, and asks for attention for the other", async () => {
  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(1);
  expect(checks.provider_opentofu).toMatchObject({ status: "fails", do: 'Run "cdktf-qumulo install".' });
  expect(checks.provider_terraform.status).toBe("attention");
});

test("whoever has started this by npx is told to go on with npx", async () => {
  const { checks } = await doctor({ npm_command: "exec" });

  expect(checks.provider_opentofu).toMatchObject({ do: 'Run "npx cdktf-qumulo install".' });
});

test("a provider of another version asks for attention", async () => {
  await runCommand(["install"], { env: machine.env, providerFile, version: "1.2.2" });

  const { checks } = await doctor();

  expect(checks.provider_opentofu.status).toBe("attention");
  expect(checks.provider_opentofu.found).toMatch(
    /^Version 1\.2\.2 \(.*\) is installed, and this program has version 1\.2\.3\.$/,
  );
});

test("a provider that is not executable fails", async () => {
  await install();
  const before = await doctor();
  await chmod(String(before.checks.provider_opentofu.facts?.["file"]), 0o644);

  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(1);
  expect(checks.provider_opentofu.found).toContain("is not executable");
  expect(checks.provider_opentofu.do).toContain("chmod +x");
});

test.each([
  ["none.md", "", "it is run by node, and there is none on the PATH"],
  ["node", "echo v20.18.0", "is Node.js 20.18.0, and 20.18.1 is the oldest that works"],
])("a machine without a fitting Node.js (%s) fails, also for a provider that names it first", async (...given) => {
  const [name, script, says] = given;
  for (const start of [await readLauncher(), "#!/usr/bin/env node"]) {
    await writeFile(providerFile, `${start}\n`);
    await install();
    await chmod(path.join(machine.folder, "bin/node"), 0o644);
    if (script !== "") await machine.addProgram(name, script);
    await chmod(path.join(machine.folder, "bin/node"), script === "" ? 0o644 : 0o755);

    const { checks } = await doctor();

    expect(checks.provider_opentofu).toMatchObject({ status: "fails" });
    expect(checks.provider_opentofu.found).toContain(says);
  }
});

test("a provider that names a program which is not there fails", async () => {
  await writeFile(providerFile, "#!/not/there/sh\n");
  await install();

  const { checks } = await doctor();

  expect(checks.provider_opentofu).toMatchObject({ status: "fails", do: "Install /not/there/sh." });
  expect(checks.provider_opentofu.found).toContain("it is run by /not/there/sh, and there is none.");
});

test("a configuration that skips the folders is found out, though the provider is in one", async () => {
  await install();
  const file = await writeConfig("provider_installation {\n  direct {}\n}\n");

  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(1);
  expect(checks.cli_configuration.found).toContain(`${file}. It says where providers come from`);
  expect(checks.provider_opentofu.found).toContain(`${file} names no mirror for it`);
  expect(checks.provider_opentofu.do).toContain(`make sure that the block it prints is in ${file}`);
});

test("the mirror of a CLI configuration is looked into, for the sources that it is about", async () => {
  const mirror = path.join(machine.folder, "mirror");
  await install(["--mirror", mirror]);
  await writeConfig(
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    include = ["registry.opentofu.org/*/*"]\n  }\n}\n`,
  );

  const { checks } = await doctor();

  expect(checks.provider_opentofu.status).toBe("works");
  expect(checks.provider_opentofu.found).toContain(mirror);
  expect(checks.provider_terraform.status).toBe("attention");
});

test("a development override is told as what it is", async () => {
  const folder = path.join(machine.folder, "build");
  await mkdir(folder);
  await writeFile(path.join(folder, "terraform-provider-qumulo"), "#!/usr/bin/env node\n", { mode: 0o755 });
  await writeConfig(
    `provider_installation {\n  dev_overrides { "cdktf-qumulo/qumulo" = "${folder}" }\n  direct {}\n}\n`,
  );

  const { exitCode, checks } = await doctor();

  expect(exitCode).toBe(0);
  expect(checks.provider_opentofu.status).toBe("attention");
  expect(checks.provider_opentofu.found).toContain("by dev_overrides");
});

test("a network mirror is named, and not asked", async () => {
  await writeConfig(
    'provider_installation {\n  network_mirror { url = "https://jane:s3cr@et@mirror.example.com/?token=s3cret" }\n}\n',
  );

  const { checks } = await doctor();

  expect(checks.provider_opentofu.found).toContain("network_mirror https://mirror.example.com/?[redacted],");
  expect(JSON.stringify(checks)).not.toMatch(/jane|s3cr/);
});

const skipped = { status: "not_checked", found: 'Because "host" does not work.' };

test("where nothing listens, the host fails and nothing after it is checked", async () => {
  const { env } = await givenBearer();

  const { exitCode, checks } = await doctor({ ...env, QUMULO_PORT: "1" });

  expect(exitCode).toBe(1);
  expect(checks.settings.status).toBe("works");
  expect(checks.host).toMatchObject({ status: "fails", found: "Cluster refused the connection." });
  expect(checks.certificate).toMatchObject(skipped);
  expect(checks.privileges).toMatchObject(skipped);
});

test("a self-signed certificate is shown by its fingerprint, with the flag that takes it", async () => {
  const { env, simulator } = await givenBearer();

  const { exitCode, checks } = await doctor({ ...env, QUMULO_CA_FILE: "" });
  const pinned = await doctor({ ...env, QUMULO_CA_FILE: "" }, ["--certificate-sha256", simulator.certificateSha256]);
  const unchecked = await doctor({ ...env, QUMULO_CA_FILE: "" }, ["--insecure"]);

  expect(exitCode).toBe(1);
  expect(checks.host.status).toBe("works");
  const fingerprint = String(checks.certificate.facts?.["sha256"]);
  expect(checks.certificate.status).toBe("fails");
  expect(fingerprint.replaceAll(":", "").toLowerCase()).toBe(simulator.certificateSha256);
  expect(checks.certificate.found).toContain("It is self-signed");
  expect(checks.certificate.do).toContain(fingerprint);
  expect(checks.certificate.do).toContain("--certificate-sha256");
  expect(pinned.checks.certificate.found).toMatch(/^It is the one whose fingerprint is pinned\. It ends 20/);
  expect(unchecked.checks.certificate.status).toBe("attention");
});

test("settings that contradict each other fail before anybody is asked", async () => {
  const { env } = await givenBearer();

  const { checks } = await doctor({ ...env, QUMULO_USERNAME: "admin" });

  expect(checks.settings.status).toBe("fails");
  expect(checks.settings.do).toContain("QUMULO_USERNAME and QUMULO_BEARER_TOKEN are both set");
});

test("an old cluster works, and what it lacks is named", async () => {
  const { env } = await givenBearer({ coreVersion: "5.3.2" });

  const { checks } = await doctor(env);

  expect(checks.core.status).toBe("attention");
  expect(checks.core.found).toContain("Qumulo Core 5.3.2. It lacks disabling access tokens (from 5.3.3).");
});

test("a clock that differs asks for attention, one that agrees does not", async () => {
  const { env } = await givenBearer();
  const cluster = await givenCluster({ clock: new SettableClock(new Date().toISOString()) });
  const { simulator } = cluster;

  const behind = await doctor(env);
  const { checks } = await doctor({
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_CERTIFICATE_SHA256: simulator.certificateSha256,
  });

  expect(behind.checks.clock.status).toBe("attention");
  expect(behind.checks.clock.found).toMatch(/^The cluster's clock is \d+d\S* behind this machine's\./);
  expect(checks.clock.status).toBe("works");
});

test("missing credentials and refused ones each fail with what to do, and no secret is shown", async () => {
  const { env, token, admin } = await givenBearer();
  const missing = await doctor({ ...env, QUMULO_BEARER_TOKEN: "" });
  await admin.delete(`/v1/auth/access-tokens/${token.id}`);

  const refused = await doctor(env);

  expect(missing.checks.credentials).toMatchObject({ status: "fails", found: "No credentials for the cluster." });
  expect(missing.checks.login.found).toBe('Because "credentials" does not work.');
  expect(refused.checks.credentials.status).toBe("works");
  expect(refused.checks.login).toMatchObject({ status: "fails", found: "Bearer token was rejected." });
  expect(refused.out).not.toContain(token.bearerToken);
});

// The machine's clock goes on while the cluster's stands still.
test.each([
  ["2026-03-09T08:00:00Z", "attention"],
  ["2026-03-09T08:00:30Z", "works"],
])("a token that ends %s, seen a week before, is %s", async (expirationTime, status) => {
  const { env } = await givenBearer({ expirationTime });

  const { checks } = await doctor(env);

  expect(checks.token_end).toMatchObject({ status, facts: { expiration_time: expirationTime } });
});

test("missing privileges are named by what needs them; --resource leaves out what is not managed", async () => {
  const { env } = await givenBearer({ privileges: allPrivileges.filter((name) => name !== "PRIVILEGE_ROLE_WRITE") });

  const { exitCode, checks } = await doctor(env);
  const local = await doctor(env, ["--resource", "qumulo_local_user", "qumulo_access_token"]);

  expect(exitCode).toBe(1);
  expect(checks.privileges.found).toContain("qumulo_role (PRIVILEGE_ROLE_WRITE)");
  expect(checks.privileges.facts).toEqual({ missing: ["PRIVILEGE_ROLE_WRITE"] });
  expect(local.checks.privileges.status).toBe("works");
});

test("text is as wide as the terminal, and colored there unless NO_COLOR is set", async () => {
  const terminal = { columns: 60, isColored: true };

  const colored = await runCommand(["doctor"], { env: machine.env, terminal });
  const plain = await runCommand(["doctor"], { env: { ...machine.env, NO_COLOR: "1" }, terminal });

  expect(colored.out).toContain("\u001b[32m✓\u001b[39m \u001b[1mengine\u001b[22m");
  expect(plain.out).not.toContain("\u001b");
  const shortWords = plain.out.split("\n").filter((line) => !/\S{30}/.test(line));
  expect(Math.max(...shortWords.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test("a wrong flag ends with 2", async () => {
  const { exitCode, error } = await runCommand(["doctor", "--resource", "qumulo_roles"]);

  expect(exitCode).toBe(2);
  expect(error).toContain("Allowed choices are qumulo_local_user");
});

test("the table of needed privileges is that of the provider's page", async () => {
  const { neededPrivileges } = await import("../../../src/provider/needed-privileges.ts");
  const { qumuloProvider } = await import("../../../src/provider/provider.ts");
  const page = await readFile("docs/index.md", "utf8");

  const types = qumuloProvider.resources.map(({ name }) => `qumulo_${name}`);
  expect(Object.keys(neededPrivileges).toSorted()).toEqual([...types].toSorted());
  for (const [type, privileges] of Object.entries(neededPrivileges)) {
    const row = page.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${type}\``)) ?? "";
    expect(row.match(/PRIVILEGE_\w+/g)).toEqual([...privileges]);
  }
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as v from "valibot";
import { doctorReportSchema } from "../../../src/cli/doctor/render-json.ts";
import { createCertificate } from "../../../src/simulator/certificate.ts";
import { startSimulator } from "../../../src/simulator/index.ts";
import { engineScript, givenMachine, type Machine } from "../../support/processes/fake-programs.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { SettableClock } from "../../support/simulator/settable-clock.ts";
import { oldAuthority, weakAuthorities } from "../../support/simulator/weak-authorities.ts";
import { givenBearer } from "../given-bearer.ts";
import { runCommand } from "../run-command.ts";

let machine: Machine;

beforeEach(async () => {
  machine = await givenMachine();
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.12.6"));
});

afterEach(async () => {
  await machine.remove();
});

/** One check of the JSON report. */
async function find(
  id: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<v.InferOutput<typeof doctorReportSchema>["checks"][number] | undefined> {
  const { out } = await runCommand(["doctor", "--json", ...args], { env: { ...env, ...machine.env } });
  return v.parse(doctorReportSchema, JSON.parse(out)).checks.find((check) => check.id === id);
}

const dayMs = 86_400_000;
const certificateDays = 3_650;
/** More than a test takes. */
const marginMs = 60_000;

/** A cluster whose certificate ends so long from now, and the environment that trusts it. */
async function givenEnd(
  leftMs: number,
  aheadMs = 0,
): Promise<{ env: Readonly<Record<string, string>>; sha256: string }> {
  const hosts = ["127.0.0.1"];
  const made = createCertificate(hosts, new Date(Date.now() + leftMs - certificateDays * dayMs));
  const dataFolder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-doctor-"));
  // A folder that has a certificate has a cluster.
  await (await startSimulator({ dataFolder })).close();
  await writeFile(path.join(dataFolder, "certificate-key.pem"), made.privateKeyPem, { mode: 0o600 });
  await writeFile(path.join(dataFolder, "certificate.pem"), made.certificatePem, { mode: 0o600 });
  const clock = new SettableClock(new Date(Date.now() + aheadMs).toISOString());
  const { simulator } = await givenCluster({ dataFolder, clock });
  folders.push(dataFolder);
  const { host, port } = simulator;
  return {
    env: { QUMULO_HOST: host, QUMULO_PORT: String(port), QUMULO_CA_PEM: made.certificatePem },
    sha256: made.sha256,
  };
}

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

test.each([
  [21 * dayMs + marginMs, 0, "works"],
  [21 * dayMs - marginMs, 0, "attention"],
  [30 * dayMs, 8 * dayMs, "works"],
  [30 * dayMs, 10 * dayMs, "attention"],
])("a certificate with %i ms left here, where the cluster is %i ms ahead, is %s", async (leftMs, aheadMs, status) => {
  const { env } = await givenEnd(leftMs, aheadMs);

  const check = await find("certificate", env);

  expect(check?.status).toBe(status);
  expect(Math.abs(Date.parse(String(check?.facts?.["not_after"])) - Date.now() - leftMs)).toBeLessThan(marginMs);
  expect(check?.do ?? "").toBe(
    status === "works" ? "" : "Renew it on the cluster before then: deploys are refused as soon as it has ended.",
  );
});

test("a pinned certificate that ends soon will have another fingerprint, and one that has ended is taken", async () => {
  const soon = await givenEnd(dayMs);
  const ended = await givenEnd(dayMs, 2 * dayMs);

  const first = await find("certificate", soon.env, "--certificate-sha256", soon.sha256);
  const second = await find("certificate", ended.env, "--certificate-sha256", ended.sha256);

  expect(first).toMatchObject({ status: "attention", do: expect.stringContaining("its fingerprint changes") });
  expect(first?.found).toMatch(/^It is the one whose fingerprint is pinned\. It ends 20\S+Z, in (1d|23h)/);
  expect(second?.found).toMatch(/ It ended 20\S+Z\.$/);
});

test("a CLI configuration that the engine cannot read fails with what the engine says", async () => {
  const complaint = "Error: Error parsing /home/x/.tofurc: At 3:2: object expected closing RBRACE got: EOF";
  await machine.addProgram(
    "tofu",
    `echo 'There are some problems with the CLI configuration:' >&2\necho '${complaint}' >&2\n${engineScript("OpenTofu", "1.12.6")}`,
  );

  const check = await find("cli_configuration", {});

  expect(check?.status).toBe("fails");
  expect(check?.found).toContain("OpenTofu says about it: Error parsing /home/x/.tofurc: At 3:2");
  expect(check?.do).toContain("Correct that file");
});

test("a bearer token that was broken in two is told before anybody is asked, without a word of it", async () => {
  const { env } = await givenBearer();

  const check = await find("settings", { ...env, QUMULO_BEARER_TOKEN: "access-v1:first\nsecond" });

  expect(check).toMatchObject({ status: "fails", found: "Bearer token is invalid." });
  expect(check?.do).toContain("It contains blanks, line breaks or other characters");
  expect(JSON.stringify(check)).not.toMatch(/first|second/);
});

test("where credentials are missing, what is set on the command line is named", async () => {
  const { env } = await givenBearer();

  const none = await find("credentials", { ...env, QUMULO_BEARER_TOKEN: "" });
  const half = await find("credentials", { ...env, QUMULO_BEARER_TOKEN: "", QUMULO_USERNAME: "admin" });

  expect(none?.do).toMatch(
    /^Set QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN, or give --credentials-file, or run "qq /,
  );
  expect(half?.do).toMatch(/ Set QUMULO_PASSWORD too\.$/);
});

test.each(Object.entries(weakAuthorities))("an authority with %s fails, and nobody is asked", async (_what, pem) => {
  const { env, simulator } = await givenBearer();
  const before = simulator.requests.length;
  const authorities = `${simulator.certificatePem}${pem}`;

  const check = await find("settings", { ...env, QUMULO_CA_FILE: "", QUMULO_CA_PEM: authorities });

  expect(check).toMatchObject({ status: "fails", found: "QUMULO_CA_PEM holds a weak certificate." });
  expect(simulator.requests).toHaveLength(before);
});

test("an authority that has signed itself with SHA-1 is worth attention, and the cluster is asked all the same", async () => {
  const { env, simulator } = await givenBearer();
  const authorities = `${simulator.certificatePem}${oldAuthority}`;

  const check = await find("settings", { ...env, QUMULO_CA_FILE: "", QUMULO_CA_PEM: authorities });
  const next = await find("certificate", { ...env, QUMULO_CA_FILE: "", QUMULO_CA_PEM: authorities });

  expect(check).toMatchObject({ status: "attention", found: "QUMULO_CA_PEM holds an old certificate." });
  expect(check?.do).toContain('"CN=Old root" is signed with SHA-1');
  expect(next?.status).toBe("works");
});

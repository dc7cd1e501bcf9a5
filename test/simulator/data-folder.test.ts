import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { type Simulator, SimulatorError, type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { createCertificate } from "../../src/simulator/certificate.ts";
import { type Party, partyWith } from "../support/simulator/given-cluster.ts";
import { asOrdinaryUser } from "../support/processes/ordinary-user.ts";
import { bundleSimulator, type Served } from "../support/simulator/simulator-process.ts";

let program: ReturnType<typeof bundleSimulator>;
let parent: string;
let folder: string;
const cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  program = bundleSimulator();
});

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "data-"));
  folder = join(parent, "cluster");
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(parent, { recursive: true, force: true });
});

afterAll(() => {
  program.remove();
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ dataFolder: folder, ...options });
  cleanUps.push(simulator.close);
  return simulator;
}

function startProcess(largestFile?: number) {
  const simulator = program.start(largestFile);
  cleanUps.push(async () => simulator.kill());
  return simulator;
}

function partyOf(served: Pick<Served, "host" | "port" | "certificatePem">, bearerToken?: string): Party {
  const agent = new Agent({ keepAlive: true, ca: served.certificatePem });
  cleanUps.push(async () => {
    agent.destroy();
    return Promise.resolve();
  });
  return partyWith({ simulator: served, agent, bearerToken });
}

async function signIn(served: Pick<Served, "host" | "port" | "certificatePem">, password: string): Promise<Party> {
  const reply = await partyOf(served).post("/v1/session/login", { username: "admin", password });
  return partyOf(served, reply.field("bearer_token"));
}

async function asAdmin(simulator: Simulator): Promise<Party> {
  return signIn(simulator, simulator.adminPassword.reveal());
}

test("a cluster goes on where it was stopped, with its certificate, password, sessions and tokens", async () => {
  const first = await start();
  const admin = await asAdmin(first);
  await admin.post("/v1/users/", { name: "svc", primary_group: "513", password: "Service-1234" });
  const token = await admin.post("/v1/auth/access-tokens/", { user: { name: "svc" } });
  const state = await admin.get("/v1/node/state");
  await first.close();

  const second = await start();

  const whoAmI = await partyOf(second, token.field("bearer_token")).get("/v1/session/who-am-i");
  const stateAgain = await partyOf(second, admin.bearerToken).get("/v1/node/state");
  expect(whoAmI.field("name")).toBe("svc");
  expect(stateAgain.text).toBe(state.text);
  expect(second.certificatePem).toBe(first.certificatePem);
  expect(second.certificateSha256).toBe(first.certificateSha256);
  expect(second.adminPassword.equals(first.adminPassword)).toBe(true);
});

test("the folder is made for its owner alone, holds no password but the generated one, and names its certificate", async () => {
  const simulator = await start();
  const admin = await asAdmin(simulator);
  await admin.post("/v1/users/", { name: "svc", primary_group: "513", password: "Service-1234" });

  const names = await readdir(folder);
  const modes = await Promise.all(
    names.map(async (name) => ((await stat(join(folder, name))).mode & 0o777).toString(8)),
  );
  const records = await readFile(join(folder, "cluster.db"), "latin1");

  expect(((await stat(folder)).mode & 0o777).toString(8)).toBe("700");
  expect(new Set(modes)).toEqual(new Set(["600"]));
  expect(records).toContain("svc");
  expect(records).not.toContain("Service-1234");
  expect(records).not.toContain(simulator.adminPassword.reveal());
  expect(await readFile(simulator.certificateFile ?? "", "utf8")).toBe(simulator.certificatePem);
});

test("a chosen password becomes admin's, is not kept, and must be given again", async () => {
  const generated = (await start()).adminPassword;
  await cleanUps.pop()?.();

  const chosen = await start({ adminPassword: "Chosen-1234" });
  const withChosen = await signIn(chosen, "Chosen-1234");
  const withGenerated = await partyOf(chosen).post("/v1/session/login", {
    username: "admin",
    password: generated.reveal(),
  });
  await chosen.close();
  const without = startSimulator({ dataFolder: folder });

  expect(withChosen.bearerToken).toBeDefined();
  expect(withGenerated.status).toBe(401);
  await expect(without).rejects.toThrow(/password of admin .* is not known.*--admin-password/);
  await expect(without).rejects.toBeInstanceOf(SimulatorError);
  expect(await readdir(folder)).not.toContain("admin-password");
  expect((await start({ adminPassword: "Chosen-1234" })).adminPassword.reveal()).toBe("Chosen-1234");
});

test("a password that was changed over the API is not told wrong", async () => {
  const first = await start();
  const admin = await asAdmin(first);
  await admin.post("/v1/users/500/setpassword", { new_password: "Changed-1234" });
  await first.close();

  await expect(startSimulator({ dataFolder: folder })).rejects.toThrow("is not known");
});

test("a name for a new cluster does not rename one that is there", async () => {
  const first = await start();
  await first.close();

  const second = await start({ clusterName: "another" });
  const reply = await (await asAdmin(second)).get("/v1/cluster/settings");

  expect(reply.field("cluster_name")).toBe("simulator");
});

test("two simulators of one process cannot have one folder, under whatever name", async () => {
  const first = await start();
  await symlink(folder, join(parent, "alias"));

  const second = startSimulator({ dataFolder: folder });
  const third = startSimulator({ dataFolder: join(parent, "alias") });

  await expect(second).rejects.toThrow(
    `${folder} is in use by a simulator of this process, which listens at 127.0.0.1 port ${first.port}`,
  );
  await expect(third).rejects.toThrow("is in use");
  expect((await partyOf(first).get("/v1/version")).status).toBe(200);
});

test("a folder that another process has is refused with that process, and free once it is killed", async () => {
  const other = startProcess();
  const { port } = await other.serve(folder);

  const meanwhile = startSimulator({ dataFolder: folder });
  await expect(meanwhile).rejects.toThrow(
    `${folder} is in use by process ${other.pid}, which listens at 127.0.0.1 port ${port}`,
  );
  await other.kill();

  await expect(start()).resolves.toMatchObject({ username: "admin" });
});

test("of processes that want a new folder at the same time, one has it", async () => {
  const attempts = await Promise.allSettled([1, 2, 3].map(async () => startProcess().serve(folder)));

  const refusals = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [String(attempt.reason)] : []));
  expect(refusals).toHaveLength(2);
  for (const refusal of refusals) expect(refusal).toContain(`${folder} is in use`);
});

test("stopped cleanly, the folder holds the cluster and nothing of the process", async () => {
  const other = startProcess();
  await other.serve(folder);

  await other.stop();

  expect((await readdir(folder)).sort()).toEqual([
    "admin-password",
    "certificate-key.pem",
    "certificate.pem",
    "cluster.db",
    "cluster.db.lock",
  ]);
});

test("a taken port leaves the folder free", async () => {
  const taken = await startSimulator();
  cleanUps.push(taken.close);

  await expect(startSimulator({ dataFolder: folder, port: taken.port })).rejects.toThrow("cannot listen");

  await expect(start()).resolves.toMatchObject({ username: "admin" });
});

test("a torn file of records is refused, and nothing of the folder is touched", async () => {
  await (await start()).close();
  await truncate(join(folder, "cluster.db"), 5_000);

  const attempt = startSimulator({ dataFolder: folder });

  await expect(attempt).rejects.toBeInstanceOf(SimulatorError);
  await expect(attempt).rejects.toThrow(/cluster\.db is damaged: .*Restore it from a copy, or delete its folder/);
  expect((await stat(join(folder, "cluster.db"))).size).toBe(5_000);
});

test.each([
  ["certificate.pem", "not a certificate", /certificate\.pem is damaged or missing/],
  ["certificate-key.pem", "not a key", /certificate-key\.pem is damaged or missing/],
  ["certificate-key.pem", undefined, /certificate-key\.pem is damaged or missing/],
  ["certificate-key.pem", createCertificate(["a"], new Date()).privateKeyPem, /do not belong together/],
  ["certificate.pem", createCertificate(["a"], new Date()).certificatePem, /do not belong together/],
])("a %s that is %j is refused", async (name, content, message) => {
  await (await start()).close();
  if (content === undefined) await rm(join(folder, name));
  else await writeFile(join(folder, name), content);

  const attempt = startSimulator({ dataFolder: folder });

  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(/delete certificate\.pem and certificate-key\.pem/);
});

test("a certificate that is gone is not made anew beside its key, which says that there was one", async () => {
  await (await start()).close();
  const key = await readFile(join(folder, "certificate-key.pem"), "utf8");
  await rm(join(folder, "certificate.pem"));

  const attempt = startSimulator({ dataFolder: folder });

  await expect(attempt).rejects.toBeInstanceOf(SimulatorError);
  await expect(attempt).rejects.toThrow(
    /certificate\.pem is missing next to certificate-key\.pem.*Restore it from a copy/,
  );
  expect(await readFile(join(folder, "certificate-key.pem"), "utf8")).toBe(key);
});

test.each([["certificate.pem"], ["certificate-key.pem"], ["certificate.pem", "certificate-key.pem"]])(
  "a cluster that is gone is not made anew beside %s",
  async (...left) => {
    await (await start()).close();
    for (const name of await readdir(folder)) if (!left.includes(name)) await rm(join(folder, name));

    const attempt = startSimulator({ dataFolder: folder });

    await expect(attempt).rejects.toThrow(/cluster\.db is missing next to .*Restore cluster\.db from a copy; or/);
    expect((await readdir(folder)).toSorted()).toEqual(left.toSorted());
    for (const name of left) await rm(join(folder, name));
    expect((await start()).isNew).toBe(true);
  },
);

test.each([
  ["before the key has its name", "certificate-key.pem", "certificate.pem"],
  ["before the certificate has its name", "certificate.pem", undefined],
])("making a certificate that was interrupted %s is finished", async (_when, name, further) => {
  await (await start()).close();
  await rename(join(folder, name), join(folder, `${name}.new`));
  if (further !== undefined) await rename(join(folder, further), join(folder, `${further}.new`));

  const simulator = await start();

  expect((await partyOf(simulator).get("/v1/version")).status).toBe(200);
});

test("a certificate that has expired is refused, and another one is made once it is deleted", async () => {
  await (await start()).close();
  const old = createCertificate(["127.0.0.1"], new Date("2001-01-01T00:00:00Z"));
  await writeFile(join(folder, "certificate.pem"), old.certificatePem);
  await writeFile(join(folder, "certificate-key.pem"), old.privateKeyPem);

  const attempt = startSimulator({ dataFolder: folder });
  await expect(attempt).rejects.toThrow(/is valid from .* to .*2010/);
  for (const name of ["certificate.pem", "certificate-key.pem"]) await rm(join(folder, name));
  const simulator = await start();

  expect((await partyOf(simulator).get("/v1/version")).status).toBe(200);
});

test("a host that the certificate is not valid for is refused, and one that it does is served", async () => {
  await (await start()).close();

  await expect(startSimulator({ dataFolder: folder, host: "127.0.0.9" })).rejects.toThrow(
    /is not valid for 127\.0\.0\.9, only for .*127\.0\.0\.1/,
  );
  for (const host of ["localhost", "0.0.0.0"]) await (await start({ host })).close();
});

test("a folder with other things in it is refused, and they stay", async () => {
  await mkdir(folder);
  await writeFile(join(folder, "letters.txt"), "dear");

  await expect(startSimulator({ dataFolder: folder })).rejects.toThrow(/holds letters\.txt, and no cluster/);

  expect(await readdir(folder)).toEqual(["letters.txt"]);
});

test("what is not a folder, and where none can be made, is refused with its name", async () => {
  await writeFile(join(parent, "file"), "");
  await chmod(parent, 0o755);

  const onFile = startSimulator({ dataFolder: join(parent, "file") });
  await expect(onFile).rejects.toThrow(`${join(parent, "file")} is a file, and a folder is needed.`);
  const forbidden = asOrdinaryUser(parent, async () => {
    await chmod(parent, 0o555);
    return startSimulator({ dataFolder: folder });
  });
  await expect(forbidden).rejects.toThrow(`The folder ${folder} cannot be used`);
  await chmod(parent, 0o755);
});

test("a change for which the disk has no room is refused and does not count; what was answered stays", async () => {
  const simulator = startProcess(400);
  const served = await simulator.serve(folder);
  const admin = await signIn(served, served.password);
  const answered: string[] = [];
  let status = 200;
  let refusal: unknown;
  while (status === 200) {
    const name = `role-${answered.length}`;
    const reply = await admin.post("/v1/auth/roles/", { name, description: "x".repeat(20_000), privileges: [] });
    status = reply.status;
    refusal = reply.body;
    if (status === 200) answered.push(name);
  }
  const whileFull = await admin.get("/v1/auth/roles/");
  const removal = await admin.delete("/v1/auth/roles/role-0");

  const complaints = await simulator.kill();
  const again = await start();
  const roles = (await (await asAdmin(again)).get("/v1/auth/roles/")).body;

  const builtIn = ["Administrators", "Data-Administrators", "Observers"];
  expect(status).toBe(500);
  expect(refusal).toMatchObject({ error_class: "storage_error", description: expect.stringContaining("has room") });
  expect(JSON.stringify(refusal)).not.toContain("defect");
  expect(complaints).toMatch(/A change could not be written to .*cluster\.db.*does not count/);
  expect(complaints).not.toMatch(/the simulator failed|\n\s+at /);
  expect(Object.keys(Object(whileFull.body) as object).sort()).toEqual([...builtIn, ...answered].sort());
  expect(removal.status).toBe(200);
  expect(Object.keys(Object(roles) as object).sort()).toEqual([...builtIn, ...answered.slice(1)].sort());
});

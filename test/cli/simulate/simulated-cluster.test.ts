import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { givenCluster } from "../given-simulator.ts";
import { runCommand } from "../run-command.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "simulated-cluster-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const seed = {
  version: 1,
  users: [{ name: "svc-backup", id: "1004" }],
  access_tokens: [{ user: "local:svc-backup", bearer_token: "access-v1:of-the-seed" }],
};

async function givenFile(name: string, content: unknown): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
  return file;
}

test("with --data a cluster goes on where it was, with its certificate and its password", async () => {
  const data = path.join(folder, "cluster");
  const first = await givenCluster(["--data", data]);
  await first.send("POST", "/v1/groups/", { name: "automation" });
  await first.stop();

  const second = await givenCluster(["--data", data]);
  const groups = (await second.send("GET", "/v1/groups/")).body;
  const { out } = await second.stop();

  expect(groups).toContainEqual(expect.objectContaining({ id: "1000", name: "automation" }));
  expect(second).toMatchObject({ ca_file: path.join(data, "certificate.pem"), password: first.password });
  expect(JSON.parse(out)).toMatchObject({ ca_file: first.ca_file });
});

test("the file with the certificate is named from the root, wherever the folder was named from", async () => {
  const cluster = await givenCluster(["--data", path.relative(process.cwd(), path.join(folder, "cluster"))]);
  await cluster.stop();

  expect(cluster.ca_file).toBe(path.join(folder, "cluster", "certificate.pem"));
});

test("a folder that a running simulator has is refused, with who has it", async () => {
  const data = path.join(folder, "cluster");
  const running = await givenCluster(["--data", data]);

  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--data", data]);
  await running.stop();

  expect(exitCode).toBe(1);
  expect(error).toContain(`error: ${data} is in use`);
  expect(error).toContain(`port ${running.port}. Stop that one, or choose another folder.`);
});

test("a seed fills a new cluster, and is left unused with a note when there is one already", async () => {
  const [file, data] = [await givenFile("seed.json", seed), path.join(folder, "cluster")];
  const first = await givenCluster(["--data", data, "--seed", file]);
  const seeded = await first.send("DELETE", "/v1/users/1004");
  const { error: silence } = await first.stop();

  const second = await givenCluster(["--data", data, "--seed", file]);
  const afterwards = await second.send("GET", "/v1/users/1004");
  const { error: note } = await second.stop();

  expect({ seeded: seeded.status, afterwards: afterwards.status, silence }).toEqual({
    seeded: 200,
    afterwards: 404,
    silence: "",
  });
  expect(note).toContain(`note: ${data} holds a cluster already, so --seed was not used.`);
});

test("a name for a new cluster wins over that of its seed, and is left unused with a note when there is one", async () => {
  const file = await givenFile("seed.json", { version: 1, cluster: { name: "of-the-seed" } });
  const data = path.join(folder, "cluster");
  const first = await givenCluster(["--data", data, "--seed", file, "--cluster-name", "of-the-flag"]);
  await first.stop();

  const second = await givenCluster(["--data", data, "--seed", file, "--cluster-name", "another"]);
  const settings = (await second.send("GET", "/v1/cluster/settings")).body;
  const { error } = await second.stop();

  expect(settings).toEqual({ cluster_name: "of-the-flag" });
  expect(error).toBe(`note: ${data} holds a cluster already, so --seed and --cluster-name were not used.\n`);
});

test.each<[string, string, string]>([
  ["a comma too many", `{\n  "version": 1,\n}`, ":3:1 is not JSON: unexpected } here."],
  ["a text without its quotation marks", `{ "password": Hunter2 }`, ":1:15 is not JSON: unexpected character here."],
  ["nothing", "", ":1:1 is not JSON: unexpected end of input here."],
  ["lists in lists without end", "[".repeat(200_000), " is nested too deeply, and a seed has five levels at most."],
  ["a field twice", `{ "version": 1,\n "users": [], "users": [] }`, ":2:15 names the field users twice."],
  ["an unknown field", `{ "version": 1,\n "user": [] }`, ":2:2 user: there is no such field; did you mean users?"],
  ["a missing field", `{ "version": 1,\n "users": [\n {} ] }`, ":3:2 users[0].name: the field is missing"],
  [
    "an unknown group",
    `{ "version": 1, "users": [{ "name": "a",\n "primary_group": "b" }] }`,
    `:2:2 users[0].primary_group: there is no local group named "b"`,
  ],
])("a seed file with %s is refused at its line and column", async (_name, content, message) => {
  const file = await givenFile("seed.json", content);

  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--seed", file]);

  expect(exitCode).toBe(1);
  expect(error).toContain(`${file}${message}`);
  expect(error).not.toContain("Hunter2");
});

test("a seed file with very many faults shows the first twenty, and how many follow", async () => {
  const file = await givenFile("seed.json", { version: 1, users: Array.from({ length: 50 }, () => ({ name: "" })) });

  const { error } = await runCommand(["simulate", "--port", "0", "--seed", file]);

  expect(error.trim().split("\n")).toHaveLength(22);
  expect(error).toMatch(/ {2}… and 30 more\n$/);
});

test("a seed file that is not there is refused", async () => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--seed", "/not/there.json"]);

  expect({ exitCode, error }).toEqual({
    exitCode: 1,
    error: expect.stringContaining("error: --seed /not/there.json cannot be read: ENOENT"),
  });
});

test("a stored cluster and a running one are exported, and fill another one", async () => {
  const [file, data] = [await givenFile("seed.json", seed), path.join(folder, "cluster")];
  const [whileRunning, stored] = [path.join(folder, "running.json"), path.join(folder, "stored.json")];
  const first = await givenCluster(["--data", data, "--seed", file]);
  const byFolder = await runCommand(["simulate", "--data", data, "--export", whileRunning]);
  const byPort = await runCommand(["simulate", "--port", String(first.port), "--export", "-"]);
  await first.stop();
  const afterwards = await runCommand(["simulate", "--data", data, "--export", stored]);

  const second = await givenCluster(["--seed", stored]);
  const users = (await second.send("GET", "/v1/users/")).body;
  await second.stop();

  expect([byFolder, byPort, afterwards].map(({ exitCode, error }) => [exitCode, error])).toEqual(
    [1, 2, 3].map(() => [0, ""]),
  );
  expect(await readFile(stored, "utf8")).toBe(await readFile(whileRunning, "utf8"));
  expect(byPort.out).toBe(await readFile(stored, "utf8"));
  expect((await stat(stored)).mode & 0o777).toBe(0o600);
  expect(users).toContainEqual(expect.objectContaining({ id: "1004", name: "svc-backup" }));
});

test.each<[string, readonly string[], string]>([
  ["no simulator runs", ["--port", "1"], "No simulator of this user runs at 127.0.0.1 port 1."],
  ["the folder holds no cluster", ["--data", "/not/there"], "/not/there holds no cluster."],
])("an export is refused when %s", async (_name, args, message) => {
  const { exitCode, error } = await runCommand(["simulate", ...args, "--export", path.join(folder, "seed.json")]);

  expect(exitCode).toBe(1);
  expect(error).toContain(`error: ${message}`);
});

test("flags that an export has no use for are refused, and nothing is written", async () => {
  const file = path.join(folder, "copy.json");
  const { exitCode, error } = await runCommand(["simulate", "--export", file, "--seed", "a.json", "--latency", "5"]);

  expect(exitCode).toBe(2);
  expect(error).toBe("error: --export writes a cluster as it is, and ends: leave --seed, --latency out.\n");
});

test("an export that cannot be written is refused, and leaves nothing behind", async () => {
  const running = await givenCluster([]);

  const { exitCode, error } = await runCommand([
    "simulate",
    "--port",
    String(running.port),
    "--export",
    "/not/there/seed.json",
  ]);
  await running.stop();

  expect(exitCode).toBe(1);
  expect(error).toContain("error: --export /not/there/seed.json cannot be written: ENOENT");
});

test("with --core-version the cluster is of that version, and a path that came later is named", async () => {
  const cluster = await givenCluster(["--core-version", "5.3.0"]);

  const version = (await cluster.send("GET", "/v1/version")).body;
  const later = await cluster.send("POST", "/v1/identity/find", { name: "admin" });
  const { error } = await cluster.stop();

  expect(version).toMatchObject({ revision_id: "Qumulo Core 5.3.0" });
  expect(later.status).toBe(404);
  expect(error).toBe("warning: POST /v1/identity/find is not served: Qumulo Core 5.3.0 does not have it yet.\n");
});

test.each(["7.8.3", "4.9.9", "seven", "7.8"])("--core-version %s is refused with what is accepted", async (version) => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--core-version", version]);

  expect(exitCode).toBe(2);
  expect(error).toContain(`"${version}" is not a version of Qumulo Core that can be simulated.`);
  expect(error).toContain("from 5.0.0 to 7.8.2");
});

test("with --clock the cluster's time stands still", async () => {
  const cluster = await givenCluster(["--clock", "2030-01-31T12:00:00.5+01:00"]);

  await cluster.send("POST", "/v1/auth/access-tokens/", { user: { name: "admin" } });
  const tokens = (await cluster.send("GET", "/v1/auth/access-tokens/")).body;
  await cluster.stop();

  expect(tokens).toMatchObject({ entries: [{ creation_time: "2030-01-31T11:00:00.5Z" }] });
});

test("writing the file of --clock-file moves the cluster's time, and nonsense in it is told once", async () => {
  const file = await givenFile("clock", "2030-01-01T00:00:00Z\n");
  const cluster = await givenCluster(["--clock-file", file]);

  await writeFile(file, "2030-01-01T09:59:59Z");
  const before = await cluster.send("GET", "/v1/session/who-am-i");
  await writeFile(file, "tomorrow");
  const meanwhile = [await cluster.send("GET", "/v1/users/"), await cluster.send("GET", "/v1/users/")];
  await writeFile(file, "2030-01-01T10:00:00Z");
  const after = await cluster.send("GET", "/v1/session/who-am-i");
  const { error } = await cluster.stop();

  expect([before, ...meanwhile, after].map(({ status }) => status)).toEqual([200, 200, 200, 401]);
  expect(error).toBe(
    `warning: --clock-file ${file} holds "tomorrow", and an RFC 3339 time with an offset, such as "2030-01-31T12:00:00Z" or "2030-01-31T14:00:00+02:00", in UTC of a year from 0000 to 9999, is needed. The clock stays at 2030-01-01T09:59:59.000Z.\n`,
  );
});

test.each<[readonly string[], number, string]>([
  [["--clock", "noon"], 2, `--clock "noon" is not a time: an RFC 3339 time with an offset`],
  [["--clock", "9999-12-31T23:59:59-01:00"], 2, `--clock "9999-12-31T23:59:59-01:00" is not a time: `],
  [["--clock", "0000-01-01T00:00:00+01:00"], 2, `--clock "0000-01-01T00:00:00+01:00" is not a time: `],
  [["--clock-file", "/not/there"], 1, "--clock-file /not/there cannot be read: ENOENT"],
  [["--clock", "2030-01-01T00:00:00Z", "--clock-file", "x"], 2, "--clock and --clock-file exclude each other"],
  [["--fault", "POST /v1/users/ explode"], 2, `--fault: "explode" is not a kind of fault.`],
  [["--vary", "empty-unauthorised"], 2, "--vary empty-unauthorised is unknown. Did you mean empty-unauthorized?"],
  [["--host", "not.there.invalid"], 1, "The simulator cannot listen at not.there.invalid port 0: "],
])("%j is refused with %d and what is accepted", async (args, status, message) => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", ...args]);

  expect(exitCode).toBe(status);
  expect(error).toContain(`error: ${message}`);
});

test("an address of another machine is answered with advice about addresses, not about ports", async () => {
  const { error } = await runCommand(["simulate", "--port", "0", "--host", "192.0.2.1"]);

  expect(error).toContain("Choose an address of this machine");
});

test("faults, variations and counters are reached by flags", async () => {
  const counters = path.join(folder, "counters.json");
  const cluster = await givenCluster([
    "--fault",
    "GET /v1/users/ 503 skip=1",
    "--fault",
    "GET /v1/groups/* 429 x2 retry-after=7",
    "--vary",
    "empty-unauthorized",
    "--counters",
    counters,
  ]);

  const replies = [
    await cluster.send("GET", "/v1/users/"),
    await cluster.send("GET", "/v1/users/"),
    await cluster.send("GET", "/v1/groups/513"),
    await cluster.send("GET", "/v1/groups/514"),
    await cluster.send("GET", "/v1/groups/513"),
  ];
  await cluster.stop();

  expect(replies.map(({ status }) => status)).toEqual([200, 503, 429, 429, 200]);
  expect(JSON.parse(await readFile(counters, "utf8"))).toEqual({
    requests: { "POST /v1/session/login": 1, "GET /v1/users/": 2, "GET /v1/groups/{id}": 3 },
    statuses: { "200": 3, "429": 2, "503": 1 },
    faults: { status: 3 },
    unknownPaths: 0,
  });
});

test("with --host the cluster listens at that address, which its certificate stands for", async () => {
  const cluster = await givenCluster(["--host", "127.0.0.2", "--cluster-name", "lab"]);

  const settings = (await cluster.send("GET", "/v1/cluster/settings")).body;
  await cluster.stop();

  expect(cluster.url).toBe(`https://127.0.0.2:${cluster.port}`);
  expect(settings).toEqual({ cluster_name: "lab" });
});

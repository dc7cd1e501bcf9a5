import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import type { ListedToken } from "../../../src/cli/tokens/inventory.ts";
import { renderCsv } from "../../../src/cli/tokens/render-csv.ts";
import { tokensSchema } from "../../../src/cli/tokens/render-json.ts";
import { renderPrometheus } from "../../../src/cli/tokens/render-prometheus.ts";
import { renderText } from "../../../src/cli/tokens/render-text.ts";
import type { Seed } from "../../../src/simulator/index.ts";
import { type GivenCluster, givenCluster, type GivenOptions } from "../../support/simulator/given-cluster.ts";
import { SettableClock } from "../../support/simulator/settable-clock.ts";
import { environmentOf, runCommand } from "../run-command.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const seed: Seed = {
  version: 1,
  users: ["ends", "ended", "never", "off"].map((name, index) => ({ name, id: String(1_001 + index) })),
  access_tokens: [
    { user: "local:never", id: "4" },
    { user: "local:ends", id: "1", expiration_time: "2026-03-12T08:00:00Z", creation_time: "2026-01-01T00:00:00Z" },
    { user: "local:ended", id: "2", expiration_time: "2026-03-01T08:00:00Z" },
    { user: "local:off", id: "3", expiration_time: "2027-03-02T08:00:00Z", enabled: false },
    { user: "local:ends", id: "5", expiration_time: "2028-03-02T08:00:00Z" },
  ],
};

/** How a cluster is reached, as an environment and as an entry of a file of clusters. */
async function reaching({ simulator }: GivenCluster) {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-tokens-"));
  folders.push(folder);
  const { host, port, certificateSha256 } = simulator;
  return {
    folder,
    env: { ...environmentOf(simulator), QUMULO_MAX_RETRIES: "0" },
    entry: { host, port, certificate_sha256: certificateSha256 },
  };
}

async function givenTokens(options: GivenOptions = {}) {
  const cluster = await givenCluster({ seed, clock: new SettableClock("2026-03-02T08:00:00Z"), ...options });
  const { folder, env, entry } = await reaching(cluster);
  const write = async (name: string, content: unknown) => {
    const file = path.join(folder, name);
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  return {
    ...cluster,
    env,
    entry,
    folder,
    write,
    tokens: async (...args: string[]) => runCommand(["tokens", ...args], { env }),
  };
}

test("all access tokens are listed in the order in which they end, with their users", async () => {
  const { tokens } = await givenTokens();

  const { exitCode, out, error } = await tokens();

  expect([exitCode, error]).toEqual([0, ""]);
  expect(out).toMatch(/^127\.0\.0\.1\n5 access tokens\.\n\nUSER +TOKEN +ENDS +CREATED +BY\n/);
  expect(out.match(/^local:.*$/gm)?.map((line) => line.replaceAll(/ {2,}/g, "  "))).toEqual([
    expect.stringMatching(/^local:ended {2}2 {2}2026-03-01, 1d ago/),
    expect.stringMatching(/^local:ends {2}1 {2}2026-03-12, in 10d {2}2026-01-01 {2}local:admin$/),
    expect.stringMatching(/^local:off {2}3 {2}2027-03-02, in 365d, disabled/),
    expect.stringMatching(/^local:ends {2}5 {2}2028-03-02, in 731d/),
    expect.stringMatching(/^local:never {2}4 {2}never/),
  ]);
});

test.each<[readonly string[], number, readonly string[]]>([
  [["--expiring", "10d"], 1, ["2", "1"]],
  [["--expiring", "9d23h"], 1, ["2"]],
  [["--never-expires"], 1, ["4"]],
  [["--unused-slots"], 1, ["2", "3"]],
  [["--expiring", "1d", "--never-expires"], 1, ["2", "4"]],
  [["--of", "ends"], 0, ["1", "5"]],
  [["--of", "auth_id:1001", "--never-expires"], 0, []],
  [["--of", "local:never", "--never-expires"], 1, ["4"]],
])("%j chooses among them, and ends with %d", async (flags, exitCode, expected) => {
  const { tokens } = await givenTokens();

  const run = await tokens(...flags, "--format", "json");

  const report = v.parse(tokensSchema, JSON.parse(run.out));
  expect(report.clusters.flatMap((cluster) => cluster.tokens.map(({ id }) => id))).toEqual(expected);
  expect([run.exitCode, run.error]).toEqual([exitCode, ""]);
});

test.each<[readonly string[], string]>([
  [["--never-expires"], "1 of 5 access tokens is what was looked for."],
  [["--unused-slots"], "2 of 5 access tokens are what was looked for."],
  [["--of", "ends", "--never-expires"], "None of 2 access tokens is what was looked for."],
  [["--of", "admin"], "No access tokens."],
  [["--of", "admin", "--never-expires"], "No access tokens."],
])("%j is answered in words: %s", async (flags, sentence) => {
  const { tokens } = await givenTokens();

  expect((await tokens(...flags)).out.split("\n")[1]).toBe(sentence);
});

test("JSON tells all that is known of each, by its schema", async () => {
  const { tokens } = await givenTokens();

  const { out } = await tokens("--format", "json");

  const report = v.parse(tokensSchema, JSON.parse(out));
  expect(report).toMatchObject({
    is_whole: true,
    clusters: [{ time: expect.stringMatching(/^2026-03-02T08:00:0\d\.\d{3}Z$/), total: 5, failure: null }],
  });
  expect(report.clusters[0]?.tokens[1]).toEqual({
    id: "1",
    user: { auth_id: "1001", domain: "LOCAL", name: "ends" },
    creator: { auth_id: "500", domain: "LOCAL", name: "admin" },
    creation_time: "2026-01-01T00:00:00Z",
    expiration_time: "2026-03-12T08:00:00Z",
    enabled: true,
    standing: "works",
    seconds_left: expect.any(Number),
    managed_by: null,
  });
  expect(report.clusters[0]?.tokens.map(({ standing }) => standing)).toEqual([
    "ended",
    "works",
    "disabled",
    "works",
    "works",
  ]);
});

test("Prometheus gets the end of each, and whether all is known, in a file that is written whole", async () => {
  const { tokens, folder } = await givenTokens();
  const output = path.join(folder, "tokens.prom");

  const { exitCode, out } = await tokens("--format", "prometheus", "--output", output);

  expect([exitCode, out]).toEqual([0, ""]);
  const lines = (await readFile(output, "utf8")).split("\n");
  const series = 'cluster="127.0.0.1",user="local:never",auth_id="1003",token_id="4",enabled="true"';
  expect(lines).toContain(`qumulo_access_token_expiry_timestamp_seconds{${series}} +Inf`);
  expect(lines.find((line) => line.includes('token_id="1"'))).toMatch(/ 1773302400$/);
  expect(lines).toContain('qumulo_access_tokens_known{cluster="127.0.0.1"} 1');
  for (const line of lines) expect(line).toMatch(/^(# (HELP|TYPE) .*|\w+\{(\w+="[^"]*",?)+\} ([\d.]+|\+Inf|NaN))?$/);
});

test.each([
  '=HYPERLINK("http://x"),"\\',
  "+1",
  "-1",
  "@SUM(1)",
  "a\r\nb",
  "\u001b[31m",
  "\u202eabc",
  '","',
  "::error::x",
])("the name %j cannot break out of a format: no formula, no label, no line, no color", (name) => {
  const user = { domain: undefined, authId: "1", uid: undefined, gid: undefined, sid: undefined, name };
  const token: ListedToken = {
    id: "2",
    user,
    creator: user,
    creationTime: "2026-01-01T00:00:00Z",
    expirationTime: undefined,
    enabled: true,
    standing: "works",
    secondsLeft: undefined,
    place: { state: name, address: name },
  };
  const cluster = { name, host: name, now: undefined, tokens: [token], total: 1, failure: undefined };
  const report = { clusters: [cluster], isSelective: false, hasStates: true };

  const csv = renderCsv(report);
  const metrics = renderPrometheus(report).split("\n");
  const text = renderText(report, { width: 200, isColored: false });

  expect(csv.split("\r\n")).toHaveLength(3);
  expect(csv.split("\r\n")[1]).not.toMatch(/(^|,)"?[=+@-]/);
  expect(metrics).toHaveLength(7);
  expect(metrics[2]).toMatch(/^\w+\{(\w+="([^"\\]|\\["\\])*",?){7}\} \+Inf$/);
  expect(text.split("\n")).toHaveLength(6);
  const all = csv + metrics.join("\n") + text;
  for (const unseen of ["\u001b", "\u202e"]) expect(all).not.toContain(unseen);
  expect(all).not.toMatch(/(^|\s)::error::/m);
});

describe("states", () => {
  const values = { id: "1", previous_token: { id: "5", expiration_time: null } };
  const shownState = {
    format_version: "1.0",
    terraform_version: "1.12.6",
    values: {
      root_module: {
        child_modules: [
          {
            address: "module.a",
            resources: [
              { address: "module.a.qumulo_access_token.t[0]", mode: "managed", type: "qumulo_access_token", values },
            ],
          },
        ],
      },
    },
  };
  const storedState = {
    version: 4,
    resources: [
      { mode: "data", type: "qumulo_access_token", name: "seen", instances: [{ attributes: { id: "4" } }] },
      {
        module: "module.a",
        mode: "managed",
        type: "qumulo_access_token",
        name: "t",
        instances: [{ index_key: "x", attributes: values }, {}],
      },
    ],
  };

  test.each([
    ["what show -json prints", shownState, "module.a.qumulo_access_token.t[0]"],
    ["a state file", storedState, 'module.a.qumulo_access_token.t["x"]'],
  ])("tell by %s what manages a token and its predecessor", async (_, state, address) => {
    const { tokens, write } = await givenTokens();
    const file = await write("state.json", state);

    const { out } = await tokens("--state", `east=${file}`, "--format", "json");
    const text = await tokens("--state", file);

    const report = v.parse(tokensSchema, JSON.parse(out));
    const places = report.clusters.flatMap((cluster) => cluster.tokens.map(({ id, managed_by }) => [id, managed_by]));
    const place = { state: "east", address };
    expect(Object.fromEntries(places)).toEqual({ "1": place, "2": null, "3": null, "4": null, "5": place });
    expect(text.out).toContain(`${file}: ${address}`);
    expect(text.out).toContain("no given state");
  });

  test.each([
    ["is not there", undefined, "cannot be read: ENOENT"],
    ["is not JSON", "{", "cannot be read: It is not JSON"],
    ["is encrypted", { encrypted_data: "x" }, "is not a state"],
  ])("that %s ends with 2 before a cluster is asked", async (_, content, message) => {
    const { tokens, write, folder, simulator } = await givenTokens();
    const file = content === undefined ? path.join(folder, "none") : await write("state.json", content);
    const before = simulator.requests.length;

    const { exitCode, out, error } = await tokens("--state", file);

    expect([exitCode, out]).toEqual([2, ""]);
    expect(error).toContain(message);
    expect(simulator.requests).toHaveLength(before);
  });
});

describe("a fleet", () => {
  test("is listed by the names of its clusters, and one that cannot be read does not hide the others", async () => {
    const { tokens, write, entry } = await givenTokens();
    const file = await write("fleet.json", { east: entry, west: { ...entry, port: 1 } });

    const { exitCode, out, error } = await tokens("--clusters", file, "--format", "json");
    const metrics = await tokens("--clusters", file, "--format", "prometheus");
    const text = await tokens("--clusters", file);

    const report = v.parse(tokensSchema, JSON.parse(out));
    expect(exitCode).toBe(3);
    expect(report).toMatchObject({
      is_whole: false,
      clusters: [
        { name: "east", total: 5 },
        { name: "west", total: 0 },
      ],
    });
    expect(report.clusters[1]?.failure).toContain("Cluster refused the connection.");
    expect(error).toMatch(/^error: west: Cluster refused the connection\./);
    expect(error).toContain(`port in ${file}`);
    expect(error).not.toContain("--port");
    expect(metrics.out).toContain('qumulo_access_tokens_known{cluster="west"} 0\n');
    expect(text.out).toContain("west (127.0.0.1)\nIts access tokens are not known: they could not be read.");
  });

  test("each cluster has a login of its own, by files next to that of the clusters", async () => {
    const { admin, env, write, entry } = await givenTokens();
    const made = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: "500" } });
    await write("east.cred", { version: 1, bearer_token: made.field("bearer_token") });
    const file = await write("fleet.json", { east: { ...entry, credentials_file: "east.cred" } });

    const { exitCode, error } = await runCommand(["tokens", "--clusters", file], {
      env: { ...env, QUMULO_USERNAME: "", QUMULO_PASSWORD: "" },
    });

    expect([exitCode, error]).toEqual([0, ""]);
  });

  test.each<[string, unknown, string]>([
    ["a list", [], "holds not an object"],
    ["nothing", {}, "names no cluster"],
    ["no JSON", "east: x", "is not JSON"],
    ["no host", { east: { port: 8_000 } }, "east has no host"],
    ["a misspelled setting", { east: { hots: "x" } }, 'east: hots is not known. Did you mean "host"?'],
    ["a password", { east: { host: "x", password: "s3cret" } }, "password is secret and does not belong here"],
    ["a nested value", { east: { host: {} } }, "east: host takes a text"],
    ["a control character", { "e\u001b[31m": { host: {} } }, "e<U+001B>[31m: host takes a text"],
  ])("a file of clusters that holds %s is refused", async (_, content, message) => {
    const { tokens, write } = await givenTokens();
    const file = await write("fleet.json", content);

    const { exitCode, error } = await tokens("--clusters", file);

    expect(exitCode).toBe(2);
    expect(error).toContain(message);
    expect(error).not.toContain("s3cret");
  });

  test("a wrong setting of one cluster is told with its name", async () => {
    const { tokens, write, entry } = await givenTokens();
    const file = await write("fleet.json", { east: entry, west: { host: "x", port: "many" } });

    const { exitCode, error } = await tokens("--clusters", file);

    expect(exitCode).toBe(3);
    expect(error).toMatch(/^error: west: Port/);
  });
});

test.each([
  [["--expiring", "soon"], '--expiring "soon" is not a length of time'],
  [["--of", ""], '--of "" is not a user'],
  [["--clusters", "x", "--host", "y"], "Leave out --host"],
  [["--format", "xml"], "Allowed choices are text, json, csv, prometheus."],
])("%j is refused", async (flags, message) => {
  const { tokens } = await givenTokens();

  const { exitCode, error } = await tokens(...flags);

  expect(exitCode).toBe(2);
  expect(error).toContain(message);
});

test("a login that may not read access tokens is told so, and nothing is said to be fine", async () => {
  const { admin, env } = await givenTokens();
  const made = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: "1003" } });

  const { exitCode, out, error } = await runCommand(["tokens", "--expiring", "1d"], {
    env: { ...env, QUMULO_USERNAME: "", QUMULO_PASSWORD: "", QUMULO_BEARER_TOKEN: made.field("bearer_token") },
  });

  expect(exitCode).toBe(3);
  expect(out).toContain("Its access tokens are not known");
  expect(error).toContain("PRIVILEGE_ACCESS_TOKENS_READ");
});

test("progress is told where somebody waits", async () => {
  const { tokens } = await givenTokens();

  expect((await tokens("--progress")).error).toBe("Reading access tokens of 127.0.0.1\nRead 5 of 127.0.0.1\n");
});

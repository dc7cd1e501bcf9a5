import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { givenUnconfiguredEngine } from "../support/provider/given-provider.ts";
import { planOfOneRole } from "./hostile-plans.ts";
import { givenLyingCluster, type Lying, type LyingCluster } from "./lying-cluster.ts";

const root = path.resolve(__dirname, "../..");
/** More than a call takes as arguments. */
const many = 200_000;
/** More requests than any command here needs: of endless pages, it gives up before. */
const mostRequests = 1_000;
const timeoutMs = 120_000;
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-whole-"));
  program = path.join(folder, "cdktf-qumulo.cjs");
  const flags = ["--bundle", "--platform=node", "--format=cjs", "--log-level=error", "--external:libsql"];
  await promisify(execFile)(path.join(root, "node_modules/.bin/esbuild"), [
    path.join(root, "src/bin/cdktf-qumulo.ts"),
    ...flags,
    `--outfile=${program}`,
  ]);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const user = (id: string, name: string): object => ({
  id,
  name,
  sid: "",
  uid: "",
  primary_group: "513",
  home_directory: null,
});
const identity = (authId: string, name: string): object => ({
  domain: "LOCAL",
  auth_id: authId,
  uid: null,
  gid: null,
  sid: "",
  name,
});
const half = "half \ud800 and \udc00";

/** What a cluster says that has one user, one role and one token. */
interface World {
  readonly users: unknown;
  readonly privileges: readonly string[];
  readonly roleNames: readonly string[];
  readonly roles: unknown;
  readonly members: unknown;
  readonly tokens: unknown;
  /** Groups of the user. */
  readonly groupIds: readonly object[];
}

const plainWorld: World = {
  users: [user("1004", "svc")],
  privileges: ["PRIVILEGE_ROLE_READ"],
  roleNames: ["reader"],
  roles: { reader: { description: "", privileges: ["PRIVILEGE_QUOTA_READ"] } },
  members: { members: { 1004: identity("1004", "svc") }, paging: { next: "" } },
  tokens: { entries: [tokenOf("7", "1004", "svc")], paging: { next: "" } },
  groupIds: [],
};

function tokenOf(id: string, authId: string, name: string): object {
  const it = identity(authId, name);
  return { id, user: it, creator: it, creation_time: "2020-01-01T00:00:00Z", enabled: true };
}

function saying(world: World, bytes: (asked: string) => Buffer | undefined = () => undefined): Lying {
  const answers: readonly (readonly [RegExp, unknown])[] = [
    [/\/version$/, { revision_id: "Qumulo Core 7.8.2" }],
    [
      /\/identity\/expand$/,
      { id: identity("1004", "svc"), type: "USER", equivalent_ids: [], group_ids: world.groupIds },
    ],
    [/\/login$/, { bearer_token: "session-v1:ABCDEFGHIJKLMNOPQRSTUVWXYZ" }],
    [/\/who-am-i$/, { ...user("1004", "svc"), privileges: world.privileges, access_token_id: "7" }],
    [/\/session\/roles$/, world.roleNames],
    [/\/access-tokens\/\d+$/, tokenOf("7", "1004", "svc")],
    [/\/access-tokens\//, world.tokens],
    [/\/members/, world.members],
    [/\/roles\//, world.roles],
    [/\/users\/$/, world.users],
    [/\/groups\/$/, []],
  ];
  return ({ path: asked }) => {
    const endless = bytes(asked);
    if (endless !== undefined) return { body: endless };
    const [place = ""] = asked.split("?");
    const body = answers.find(([known]) => known.test(place))?.[1];
    return body === undefined ? { status: 404, body: { error_class: "x", description: "y" } } : { body };
  };
}

const halfWorld: World = {
  users: [user("1004", half)],
  privileges: [half],
  roleNames: [half],
  roles: { [half]: { description: half, privileges: [half] } },
  members: { members: { 1004: identity("1004", half) }, paging: { next: "" } },
  tokens: { entries: [tokenOf("7", "1004", half)], paging: { next: "" } },
  groupIds: [],
};

function crowdedWorld(count: number): World {
  const everybody = Array.from({ length: count }, (_, index) => String(index + 1_001));
  return {
    users: everybody.map((id) => user(id, `user-${id}`)),
    privileges: everybody.map((id) => `PRIVILEGE_${id}`),
    roleNames: everybody.map((id) => `role-${id}`),
    roles: { reader: { description: "", privileges: everybody.map((id) => `PRIVILEGE_${id}`) } },
    members: {
      members: Object.fromEntries(everybody.map((id) => [id, identity(id, `user-${id}`)])),
      paging: { next: "" },
    },
    tokens: { entries: everybody.map((id) => tokenOf(id, id, `user-${id}`)), paging: { next: "" } },
    groupIds: everybody.map((id) => identity(id, `group-${id}`)),
  };
}

/** Every page of a list leads to another one. */
function endlessPages(): { readonly lying: Lying; readonly asked: () => number } {
  let asked = 0;
  const honest = saying(plainWorld);
  const lying: Lying = (heard) => {
    asked += 1;
    const [place = ""] = heard.path.split("?");
    const next = `${place}?after=${asked}`;
    if (place.endsWith("/access-tokens/")) return { body: { entries: [], paging: { next } } };
    if (place.endsWith("/members")) return { body: { members: {}, paging: { next } } };
    return honest(heard);
  };
  return { lying, asked: () => asked };
}

/** Longer than any list is read. */
const endless = Buffer.alloc(140 * 2 ** 20, " ");
const endlessBody = saying(plainWorld, (asked) =>
  /\/(users|roles|access-tokens|session\/roles)\/?$/.test(asked) ? endless : undefined,
);

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

async function run(cluster: LyingCluster, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...cluster.env, PATH: process.env["PATH"], HOME: folder, TMPDIR: folder },
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  const pieces = { out: "", error: "" };
  child.stdout.on("data", (piece: Buffer) => (pieces.out += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (pieces.error += piece.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(planOfOneRole);
  const [code] = (await once(child, "close")) as [unknown];
  return { code, ...pieces };
}

/** It ends by itself with a status that is promised, and shows nobody the inside of the program. */
function expectOrder({ code, out, error }: Ended): void {
  expect([0, 1, 2, 3]).toContain(code);
  expect(error).not.toMatch(/met an unexpected error|^\s+at .*:\d+:\d+|cdktf-qumulo\.cjs:\d+/m);
  expect(error.length).toBeLessThan(10_000);
  expect(out + error).not.toMatch(/\p{Surrogate}/u);
}

const commands: readonly (readonly [name: string, args: readonly string[], entries: number])[] = [
  ["discover --format hcl", ["discover", "--format", "hcl"], 30_000],
  ["discover --format cdktf", ["discover", "--format", "cdktf"], many],
  ["audit --cluster", ["audit", "-", "--cluster"], many],
  ["verify", ["verify"], many],
  ["doctor", ["doctor"], many],
];

describe.each(commands)("%s, as a command of its own", (name, args, entries) => {
  test(
    "refuses names with halves of characters in words",
    async () => {
      const cluster = await givenLyingCluster();
      const { privileges, roleNames } = plainWorld;
      const worlds = [halfWorld, { ...halfWorld, privileges, roleNames }];

      for (const world of worlds) {
        cluster.say(saying(world));
        const ended = await run(cluster, args);
        expectOrder(ended);
        expect((ended.out + ended.error).replaceAll(/\s+/g, " ")).toMatch(/not Unicode|user +svc|svc lacks/);
      }
    },
    timeoutMs,
  );

  test(
    `takes a page with ${entries} entries`,
    async () => {
      const cluster = await givenLyingCluster();
      cluster.say(saying(crowdedWorld(entries)));

      const ended = await run(cluster, args);

      expectOrder(ended);
      // What is code has all of them; what people read has some.
      if (!name.startsWith("discover")) expect(ended.out.length).toBeLessThan(100_000);
    },
    timeoutMs,
  );

  test(
    "leaves endless pages after a while",
    async () => {
      const cluster = await givenLyingCluster();
      const { lying, asked } = endlessPages();
      cluster.say(lying);

      expectOrder(await run(cluster, args));

      expect(asked()).toBeLessThan(mostRequests);
    },
    timeoutMs,
  );

  test(
    "leaves an endless answer after a while",
    async () => {
      const cluster = await givenLyingCluster();
      cluster.say(endlessBody);

      expectOrder(await run(cluster, args));
    },
    timeoutMs,
  );
});

describe("a plan of an access token", () => {
  const config = { user: "local:svc", expires_in: "90d" };

  test.each<[string, () => Lying, RegExp]>([
    ["names with halves of characters", () => saying({ ...halfWorld, users: plainWorld.users }), /not Unicode/],
    ["pages with 200,000 entries", () => saying({ ...crowdedWorld(many), users: plainWorld.users }), /200000|more/],
    ["endless pages", () => endlessPages().lying, /pages/],
    ["an endless answer", () => endlessBody, /more than 134217728 bytes/],
  ])(
    "ends on a cluster with %s in words that nobody has to report",
    async (_what, lying, expected) => {
      const cluster = await givenLyingCluster();
      cluster.say(lying());
      const engine = givenUnconfiguredEngine();

      const said = [...(await engine.configure(cluster.config))];
      const { errors, warnings } = await engine.plan("qumulo_access_token", config);
      const texts = [...said, ...errors, ...warnings].map(({ summary, detail }) => `${summary}: ${detail}`);

      expect(texts.join("\n")).toMatch(expected);
      for (const text of texts) {
        expect(text).not.toMatch(/met an unexpected error|URIError|RangeError/);
        expect(text.length).toBeLessThan(10_000);
      }
    },
    timeoutMs,
  );
});

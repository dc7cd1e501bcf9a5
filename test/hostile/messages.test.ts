import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { encodeDiagnostics } from "../../src/plugin/protocol6/diagnostics.ts";
import { runCommand } from "../cli/run-command.ts";
import { givenUnconfiguredEngine } from "../support/provider/given-provider.ts";
import { fc } from "../support/search.ts";
import { planOfOneRole } from "./hostile-plans.ts";
import { hostileText, hostileValue, unseenIn } from "./hostile-values.ts";
import { givenLyingCluster, type Heard, type Lie, type Lying, type LyingCluster } from "./lying-cluster.ts";

/** More of them search longer. */
const runs = Number(process.env["HOSTILE_RUNS"] ?? 40);

/** How a proxy or a cluster may repeat what it was sent. */
const repetitions: readonly ((sent: string) => string)[] = [
  (sent) => sent,
  (sent) => JSON.stringify(sent),
  (sent) => encodeURIComponent(sent),
  (sent) => new URLSearchParams({ sent }).toString(),
  (sent) => Buffer.from(sent).toString("base64"),
  (sent) => Buffer.from(`x${sent}`).toString("base64url"),
  (sent) => Buffer.from(sent).toString("base64").replaceAll(/.{10}/g, "$&\n"),
  (sent) => Buffer.from(sent).toString("hex"),
  (sent) => sent.split("").join("\u200b"),
  (sent) => sent.slice(-30),
];

/** What is in an answer beside what belongs there. */
interface Told {
  readonly status: number;
  readonly shape: "error" | "text" | "keys" | "value" | "page" | "bytes";
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly value: unknown;
  readonly repeat: (sent: string) => string;
  /** Which requests are answered so: those whose path has this in it. */
  readonly at: string;
}

const told: fc.Arbitrary<Told> = fc.record({
  status: fc.constantFrom(200, 200, 201, 204, 301, 400, 401, 403, 404, 409, 412, 429, 500, 503),
  shape: fc.constantFrom("error", "error", "text", "keys", "value", "page", "bytes"),
  headers: fc.constantFrom<Readonly<Record<string, string>>[]>(
    {},
    {},
    { date: "not a date", etag: '"\u00e9"' },
    { date: "Fri, 31 Dec 9999 23:59:59 GMT", "retry-after": "-1" },
    { "retry-after": "9".repeat(400), "content-type": "text/html" },
    { "content-encoding": "gzip" },
    { location: "https://elsewhere.example.com/", "set-cookie": "a=b" },
    { "content-length": "3" },
    { "x-big": "x".repeat(15_000) },
  ),
  text: hostileText,
  value: hostileValue,
  repeat: fc.constantFrom(...repetitions),
  at: fc.constantFrom("/v1/", "/v1/version", "login", "who-am-i", "session/roles", "access-tokens", "users", "roles"),
});

/** A cluster that tells the truth but at one place. */
function lyingAt({ status, shape, headers, text, value, repeat, at }: Told): Lying {
  const lie = (heard: Heard): unknown => {
    const repeated = repeat(`${heard.authorization} ${heard.body}`);
    switch (shape) {
      case "error":
        return { error_class: `${text}${repeated}`, description: `${repeated} ${text}`, module: repeated, stack: [] };
      case "text":
        return `<html>${repeated}${text}`;
      case "keys":
        return { [repeated]: value, [text]: {}, __proto__: null };
      case "value":
        return value;
      case "bytes":
        return Buffer.from([0xff, 0xfe, 0xef, 0xbb, 0xbf, 0, ...Buffer.from(repeated, "utf16le")]);
      case "page":
        return { entries: [], members: {}, paging: { next: `/v1/x?${repeated}${text}` } };
    }
  };
  return (heard) =>
    heard.path.includes(at) ? { status, headers, body: status === 204 ? "" : lie(heard) } : truth(heard);
}

const user = { id: "1004", name: "svc", sid: "", uid: "", primary_group: "513", home_directory: null };
const identity = { domain: "LOCAL", auth_id: "1004", uid: null, gid: null, sid: "", name: "svc" };
const token = { id: "7", user: identity, creator: identity, creation_time: "2020-01-01T00:00:00Z", enabled: true };

function truth({ path: asked }: Heard): Lie {
  const answers: readonly (readonly [RegExp, unknown])[] = [
    [/\/version$/, { revision_id: "Qumulo Core 7.8.2" }],
    [/\/login$/, { bearer_token: "session-v1:ABCDEFGHIJKLMNOPQRSTUVWXYZ" }],
    [/\/who-am-i$/, { ...user, privileges: ["PRIVILEGE_DEBUG"], access_token_id: "7" }],
    [/\/session\/roles$/, ["Observers"]],
    [/\/access-tokens\/\d+$/, token],
    [/\/access-tokens\//, { entries: [token], paging: { next: "" } }],
    [/\/members/, { members: { 1004: identity }, paging: { next: "" } }],
    [/\/roles\//, { reader: { description: "", privileges: [] } }],
    [/\/(users|groups)\/$/, []],
  ];
  const body = answers.find(([place]) => place.test(asked))?.[1];
  return body === undefined ? { status: 404, body: { error_class: "x", description: "y" } } : { body };
}

/** Every piece of a secret that would tell something, in the spellings of {@link repetitions}. */
function piecesOf(secret: string): readonly string[] {
  const spellings = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("hex"),
    ...[0, 1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
        .toString("base64")
        .slice(4, -4),
    ),
  ];
  return spellings.flatMap((spelling) =>
    Array.from({ length: Math.max(0, spelling.length - 13) }, (_, start) => spelling.slice(start, start + 14)),
  );
}

/** What of the secrets is in an output, whatever stands between the characters. */
function secretsIn(output: string, { secrets }: LyingCluster): readonly string[] {
  const joined = output.replaceAll(/<U\+[0-9A-F]+>|\\u[0-9a-f]{4}|\s/g, "");
  const all = [secrets.password, secrets.bearerToken, "session-v1:ABCDEFGHIJKLMNOPQRSTUVWXYZ"].flatMap(piecesOf);
  return all.filter((piece) => joined.includes(piece.replaceAll(/\s/g, "")));
}

const commands: readonly (readonly [string, readonly string[], "env" | "loginEnv"])[] = [
  ["verify", ["verify"], "env"],
  ["verify --json", ["verify", "--json", "--expect-user", "svc", "--valid-for", "1d"], "env"],
  ["doctor", ["doctor"], "loginEnv"],
  ["doctor --json", ["doctor", "--json"], "env"],
  ["discover", ["discover", "--format", "hcl"], "loginEnv"],
  ["audit --cluster", ["audit", "-", "--cluster"], "env"],
];

describe.each(commands)("a cluster that lies to %s", (name, args, as) => {
  test("is asked to the end while it tells the truth", async () => {
    const cluster = await givenLyingCluster();
    const asked: string[] = [];
    cluster.say((heard) => {
      asked.push(heard.path);
      return truth(heard);
    });

    const { out } = await runCommand(args, { env: cluster[as], stdin: Readable.from([Buffer.from(planOfOneRole)]) });

    expect(asked.at(-1)).toMatch(/access-tokens|roles/);
    expect(out).not.toBe("");
  });

  test("gets none of its secrets printed, and no character that a terminal obeys", async () => {
    const cluster = await givenLyingCluster();

    await fc.assert(
      fc.asyncProperty(told, async (lie) => {
        cluster.say(lyingAt(lie));
        const { exitCode, out, error } = await runCommand(args, {
          env: cluster[as],
          stdin: Readable.from([Buffer.from(planOfOneRole)]),
        });

        expect([0, 1, 2, 3]).toContain(exitCode);
        expect(secretsIn(out + error, cluster)).toEqual([]);
        expect(unseenIn(out)).toEqual([]);
        expect(unseenIn(error)).toEqual([]);
        expect(error).not.toMatch(/^(::|##\[)/m);
        expect(error).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      }),
      { numRuns: name.startsWith("doctor") ? Math.ceil(runs / 4) : runs },
    );
  });
});

test("a cluster that lies to the provider gets none of its secrets into diagnostics", async () => {
  const cluster = await givenLyingCluster();

  await fc.assert(
    fc.asyncProperty(told, async (lie) => {
      cluster.say(lyingAt(lie));
      const engine = givenUnconfiguredEngine();
      const said = [...(await engine.configure(cluster.config))];
      if (said.length === 0) {
        const config = { user: "auth_id:1004", expires_in: "90d" };
        const reads = [
          await engine.read("qumulo_roles"),
          await engine.read("qumulo_who_am_i"),
          await engine.read("qumulo_access_tokens", { user: "auth_id:1004" }),
          await engine.plan("qumulo_access_token", config),
          await engine.apply("qumulo_local_user", { name: "svc", password: cluster.secrets.password }),
        ];
        said.push(...reads.flatMap(({ errors, warnings }) => [...errors, ...warnings]));
      }
      const encoded = encodeDiagnostics(said).flatMap(({ summary = "", detail = "" }) => [summary, detail]);

      expect(secretsIn(encoded.join(" "), cluster)).toEqual([]);
      expect(encoded.flatMap((text) => (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text) ? [text] : []))).toEqual([]);
    }),
    { numRuns: runs },
  );
});

test("nothing secret of a lying cluster is in what discover writes", async () => {
  const cluster = await givenLyingCluster();

  await fc.assert(
    fc.asyncProperty(told, async (lie) => {
      cluster.say(lyingAt(lie));
      const output = path.join(cluster.folder, "code");
      await runCommand(["discover", "--format", "cdktf", "--output", output, "--force"], { env: cluster.loginEnv });
      const files = await readdir(output).catch(() => []);

      for (const file of files) expect(secretsIn(await readFile(path.join(output, file), "utf8"), cluster)).toEqual([]);
    }),
    { numRuns: runs },
  );
});

import { chmod, mkdir, readdir, readFile, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { writeProgram } from "../../support/processes/fake-programs.ts";
import { givenBearer, writeFileIn } from "../given-bearer.ts";
import { runCommand } from "../run-command.ts";

test("a credentials file is written for its owner only, once the cluster has accepted the bearer token", async () => {
  const { env, folder, token } = await givenBearer();
  const file = path.join(folder, "new", "folder", "qumulo.json");

  const { exitCode, out, error } = await runCommand(["deliver", "--credentials-file", file], { env });

  expect([exitCode, error]).toEqual([0, ""]);
  expect(await readFile(file, "utf8")).toBe(`{"bearer_token": "${token.bearerToken}", "version": 1}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  expect(out).toContain(`Wrote ${file}, readable by its owner only.\nThe cluster accepts the bearer token`);
  expect(out).not.toContain(token.bearerToken);
});

test("an old credentials file gives way in one step, whatever its mode, and leaves no draft behind", async () => {
  const { env, folder, token } = await givenBearer();
  const place = path.join(folder, "place");
  await mkdir(place);
  const file = await writeFileIn(place, "old");
  await chmod(file, 0o644);
  const before = await stat(file);

  const { exitCode } = await runCommand(["deliver", "--credentials-file", file], { env });

  const after = await stat(file);
  expect(exitCode).toBe(0);
  expect(after.ino).not.toBe(before.ino);
  expect(after.mode & 0o777).toBe(0o600);
  expect(await readFile(file, "utf8")).toContain(token.bearerToken);
  expect(await readdir(place)).toEqual(["credentials.json"]);
});

test("a credentials file that cannot be written fails, and leaves what is there", async () => {
  const { env, folder, token } = await givenBearer();
  const place = path.join(folder, "place");
  await mkdir(path.join(place, "taken"), { recursive: true });

  const { exitCode, error } = await runCommand(["deliver", "--credentials-file", path.join(place, "taken")], { env });

  expect(exitCode).toBe(1);
  expect(error).toMatch(/^error: .*taken cannot be written: EISDIR/);
  expect(error).not.toContain(token.bearerToken);
  expect(await readdir(place)).toEqual(["taken"]);
});

test("a link is replaced by the file, and what it leads to stays as it is", async () => {
  const { env, folder } = await givenBearer();
  const target = await writeFileIn(folder, "elsewhere", "target");
  const link = path.join(folder, "link");
  await symlink(target, link);

  await runCommand(["deliver", "--credentials-file", link], { env });

  expect(await readFile(target, "utf8")).toBe("elsewhere");
});

test("a command finds the bearer token in its environment, and in none of its arguments", async () => {
  const { env, folder, token } = await givenBearer();
  const seen = path.join(folder, "seen");
  const listed = path.join(folder, "listed");
  const command = `printf %s "$QUMULO_BEARER_TOKEN" > ${seen}; ps -ww -eo args > ${listed}`;

  const { exitCode, out } = await runCommand(["deliver", "--command", command], { env });

  expect(exitCode).toBe(0);
  expect(await readFile(seen, "utf8")).toBe(token.bearerToken);
  expect(await readFile(listed, "utf8")).not.toContain(token.bearerToken);
  expect(out).toContain("The cluster accepts the bearer token");
});

test("the command that the help shows gives a store the bearer token without a line break", async () => {
  const { env, folder, token } = await givenBearer();
  const { out: help } = await runCommand(["deliver", "--help"]);
  const [, command = ""] = /deliver --command '(.* vault kv put .*)'$/m.exec(help) ?? [];
  // It keeps what it is given, to the last character, as those of Vault and OpenBao do for `token=-`.
  const stored = path.join(folder, "stored");
  await writeProgram(path.join(folder, "bin", "vault"), `cat > ${stored}`);

  await runCommand(["deliver", "--command", command], { env: { ...env, PATH: `${folder}/bin:/usr/bin:/bin` } });

  expect(await readFile(stored, "utf8")).toBe(token.bearerToken);
});

test("what a command prints is passed on without the bearer token, however it is spelled", async () => {
  const { env } = await givenBearer();
  const command = [`echo "token: $QUMULO_BEARER_TOKEN."`, `printf %s "$QUMULO_BEARER_TOKEN" | base64 -w 0 >&2`].join(
    "\n",
  );

  const { exitCode, out, error } = await runCommand(["deliver", "--command", command], { env });

  expect(exitCode).toBe(0);
  expect(out).toMatch(/^token: \[redacted\]\.\n/);
  expect(error).toMatch(/^\[redacted\]=*$/);
});

test("a command does not learn the login of whoever applies, unless it is given on purpose", async () => {
  const { env, folder } = await givenBearer();
  const seen = path.join(folder, "seen");
  const login = {
    QUMULO_USERNAME: "admin",
    QUMULO_PASSWORD: "Administrators-Passw0rd",
    QUMULO_CREDENTIALS_FILE: "",
    QUMULO_IMPORT_BEARER_TOKEN: "access-v1:another",
  };
  const given = {
    ...env,
    ...login,
    VAULT_TOKEN: "vault-token",
    QUMULO_DELIVERY_SECRETS: "VAULT_TOKEN,QUMULO_USERNAME",
  };

  const { exitCode } = await runCommand(["deliver", "--command", `env > ${seen}`], { env: given });

  const variables = (await readFile(seen, "utf8")).split("\n");
  expect(exitCode).toBe(0);
  expect(variables).toEqual(expect.arrayContaining(["VAULT_TOKEN=vault-token", "QUMULO_USERNAME=admin"]));
  expect(variables.join()).not.toMatch(/Passw0rd|another|QUMULO_(PASSWORD|IMPORT|CREDENTIALS|DELIVERY)/);
});

test("what a failing command prints holds no secret of its environment, in any of the usual spellings", async () => {
  const { env, token } = await givenBearer();
  const secrets = { VAULT_TOKEN: "hvs.CAESIJ+/secret==", DB_PASSWORD: "correct horse battery" };
  const names = ["QUMULO_BEARER_TOKEN", ...Object.keys(secrets)];
  const command = [
    ...names.map((name) => `echo "$${name}"; printf 'user:%s' "$${name}" | base64 -w 20`),
    ...names.map((name) => `printf %s "$${name}" | od -An -tx1 >&2`),
    "exit 3",
  ].join("\n");

  const { exitCode, out, error } = await runCommand(["deliver", "--command", command], {
    env: { ...env, ...secrets, QUMULO_DELIVERY_SECRETS: Object.keys(secrets).join(",") },
  });

  const printed = (out + error).replaceAll(/\s/g, "");
  expect(exitCode).toBe(1);
  for (const secret of [token.bearerToken, ...Object.values(secrets)]) {
    const bytes = Buffer.from(secret);
    expect(printed).not.toContain(secret.replaceAll(" ", ""));
    expect(printed).not.toContain(Buffer.from(`user:${secret}`).toString("base64").slice(8, -4));
    expect(printed).not.toContain(bytes.toString("hex"));
  }
});

test("a command that fails ends with 1", async () => {
  const { env } = await givenBearer();

  const { exitCode, out, error } = await runCommand(["deliver", "--command", "echo no >&2; exit 7"], { env });

  expect([exitCode, out]).toEqual([1, ""]);
  expect(error).toBe(
    "no\nerror: The command that delivers the bearer token ended with exit status 7. What it printed is above.\n",
  );
});

type Given = Awaited<ReturnType<typeof givenBearer>>;

const obstacles: readonly (readonly [string, (given: Given) => Promise<unknown>, RegExp])[] = [
  ["is deleted", async ({ admin, token }) => admin.delete(`/v1/auth/access-tokens/${token.id}`), /was rejected/],
  [
    "is disabled",
    async ({ admin, token }) => admin.patch(`/v1/auth/access-tokens/${token.id}`, { enabled: false }),
    /was rejected/,
  ],
  ["cannot be checked", async ({ simulator }) => simulator.close(), /cannot be reached|refused/i],
];

test.each(obstacles)("what was delivered before stays when the token %s", async (_, putInTheWay, message) => {
  const given = await givenBearer();
  const file = await writeFileIn(given.folder, "the token before");
  const ran = path.join(given.folder, "ran");
  await putInTheWay(given);

  const written = await runCommand(["deliver", "--credentials-file", file], { env: given.env });
  const run = await runCommand(["deliver", "--command", `touch ${ran}`], { env: given.env });

  for (const { exitCode, out, error } of [written, run]) {
    expect([exitCode, out]).toEqual([1, ""]);
    expect(error).toMatch(message);
  }
  expect(await readFile(file, "utf8")).toBe("the token before");
  await expect(stat(ran)).rejects.toThrow("ENOENT");
});

test("a credentials file that the environment names is neither the token nor the place", async () => {
  const { env, folder, token } = await givenBearer();
  const other = await writeFileIn(folder, "of the provider", "other");
  const file = path.join(folder, "backup.json");

  const { exitCode } = await runCommand(["deliver", "--credentials-file", file], {
    env: { ...env, QUMULO_CREDENTIALS_FILE: other },
  });

  expect(exitCode).toBe(0);
  expect(await readFile(file, "utf8")).toContain(token.bearerToken);
  expect(await readFile(other, "utf8")).toBe("of the provider");
});

const toCommand = ["--command", "touch delivered"];

test.each([
  { when: "there is no bearer token", env: { QUMULO_BEARER_TOKEN: " " }, args: toCommand, says: "It is empty." },
  { when: "it is none", env: { QUMULO_BEARER_TOKEN: "two words" }, args: toCommand, says: "It contains blanks" },
  { when: "no way is given", env: {}, args: [], says: "either --command or --credentials-file" },
  {
    when: "two ways are given",
    env: {},
    args: [...toCommand, "--credentials-file", "x"],
    says: "either --command or --credentials-file",
  },
  { when: "there is no cluster", env: { QUMULO_HOST: "" }, args: toCommand, says: "There is no cluster to ask" },
])("it ends with 2 before anything is delivered when $when", async ({ env: changes, args, says }) => {
  const { env, simulator } = await givenBearer();
  const before = simulator.requests.length;

  const { exitCode, out, error } = await runCommand(["deliver", ...args], { env: { ...env, ...changes } });

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(says);
  expect(error).not.toContain("two words");
  expect(simulator.requests).toHaveLength(before);
});

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach } from "@jest/globals";

/** A PostgreSQL server of a test. */
export interface GivenPostgres {
  /** PostgreSQL's own variables, with which every client reaches it as its administrator. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its programs are. */
  readonly programs: string;
}

/** An id that is nobody's, by custom. PostgreSQL refuses to run as root. */
const nobody = 65_534;
const password = "Postgres-Passw0rd";

const running: { readonly server: ChildProcess; readonly folder: string }[] = [];

afterEach(async () => {
  for (const { server, folder } of running.splice(0)) {
    // It ends at once, and its connections with it.
    server.kill("SIGQUIT");
    if (server.exitCode === null) await once(server, "exit");
    await rm(folder, { recursive: true, force: true });
  }
});

/**
 * Starts a PostgreSQL server for one test. It listens on a socket in a folder of its own, and asks for a password.
 *
 * @throws {Error} when PostgreSQL is not installed: tests are never skipped
 */
export async function givenPostgres(): Promise<GivenPostgres> {
  const programs = await findPrograms();
  const folder = await mkdtemp(path.join(tmpdir(), "postgres-"));
  const data = path.join(folder, "data");
  const passwordFile = path.join(folder, "password");
  await mkdir(data);
  await writeFile(passwordFile, password);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) for (const place of [folder, data, passwordFile]) await chown(place, nobody, nobody);
  const as = isRoot ? { uid: nobody, gid: nobody, cwd: folder } : { cwd: folder };
  const initialize = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "--no-sync"];
  await promisify(execFile)(path.join(programs, "initdb"), initialize, as);
  const settings = ["-c", "listen_addresses=", "-c", `unix_socket_directories=${folder}`, "-c", "fsync=off"];
  const server = spawn(path.join(programs, "postgres"), ["-D", data, ...settings], {
    ...as,
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.push({ server, folder });
  await untilReady(server);
  const env = { PGHOST: folder, PGUSER: "postgres", PGPASSWORD: password, PGSSLMODE: "disable" };
  return { env, programs };
}

async function findPrograms(): Promise<string> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  const [newest] = versions.toSorted((one, other) => Number(other) - Number(one));
  if (newest !== undefined) return path.join("/usr/lib/postgresql", newest, "bin");
  const { stdout } = await promisify(execFile)("pg_config", ["--bindir"]).catch((cause: unknown) => {
    throw new Error("These tests need a PostgreSQL server: install the package postgresql.", { cause });
  });
  return stdout.trim();
}

async function untilReady(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (server.stderr === null) throw new Error("The server has no output to read.");
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (line.includes("ready to accept connections")) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${said.join("\n")}`);
}

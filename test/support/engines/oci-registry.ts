import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { type BuildOptions, buildPinned } from "../../../src/engine/build/build.ts";
import type { ProgramPin } from "../../../src/engine/build/pins.ts";
import { EngineError } from "../../../src/engine/errors.ts";
import { runProgram } from "../../../src/engine/program.ts";
import { createCertificate } from "../../../src/simulator/certificate.ts";

/** A program of the Go module in which those about OCI registries are pinned. */
type OciPin = Pick<ProgramPin, "name" | "title" | "version" | "package">;

const oras: OciPin = { name: "oras", title: "ORAS", version: "1.3.6", package: "oras.land/oras/cmd/oras" };

const registry: OciPin = {
  name: "registry",
  title: "the registry Distribution",
  version: "3.1.2",
  package: "github.com/distribution/distribution/v3/cmd/registry",
};

/** ORAS speaks without TLS to whatever is called localhost. */
const host = "127.0.0.1";

/** An empty OCI registry of one test. */
export interface OciRegistry {
  /** Host and port. OpenTofu speaks to no registry without TLS. */
  readonly address: string;
  readonly certificateFile: string;
  readonly close: () => Promise<void>;
}

/** The client that fills registries. Builds it where it is not in the user's cache. */
export async function buildOras(options: BuildOptions): Promise<string> {
  return build(oras, ["version"], options);
}

/** Starts the registry Distribution with TLS, on a port of its own, with all that is its own in a folder. */
export async function startOciRegistry(folder: string, options: BuildOptions): Promise<OciRegistry> {
  const program = await build(registry, ["--version"], options);
  await mkdir(folder);
  const { configFile, certificateFile } = await writeSettings(folder);
  const child = spawn(program, ["serve", configFile], { stdio: ["ignore", "ignore", "pipe"], env: {} });
  try {
    return { address: `${host}:${await readPort(child)}`, certificateFile, close: async () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

async function build(pin: OciPin, args: readonly string[], options: BuildOptions): Promise<string> {
  const { name, version } = pin;
  const whole: ProgramPin = { ...pin, executable: name, module: "oci", linkerFlags: "-s -w" };
  const check = async (program: string): Promise<void> => {
    const result = await runProgram(program, args, { cwd: process.cwd(), env: options.env });
    if (result.stdout.includes(version)) return;
    throw new EngineError("build", `${program} does not answer as ${name} ${version}.`, { result });
  };
  return buildPinned(whole, check, options);
}

async function writeSettings(
  folder: string,
): Promise<{ readonly configFile: string; readonly certificateFile: string }> {
  const { certificatePem, privateKeyPem } = createCertificate([host], new Date());
  const [certificateFile, keyFile, configFile] = ["registry.pem", "registry.key", "registry.json"].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  await writeFile(certificateFile, certificatePem);
  await writeFile(keyFile, privateKeyPem);
  const settings = {
    version: "0.1",
    storage: { filesystem: { rootdirectory: path.join(folder, "storage") } },
    http: { addr: `${host}:0`, tls: { certificate: certificateFile, key: keyFile } },
  };
  // It reads YAML, of which JSON is a part.
  await writeFile(configFile, JSON.stringify(settings));
  return { configFile, certificateFile };
}

/** The port is the system's choice, which the registry tells in its log. */
async function readPort(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error("The registry has no log.");
  const said: string[] = [];
  for await (const [line] of on(createInterface(child.stderr), "line", { close: ["close"] })) {
    const [, port] = /listening on [^"]*:(\d+), tls/.exec(String(line)) ?? [];
    if (port !== undefined) return port;
    said.push(String(line));
  }
  throw new Error(`The registry ended:\n${said.join("\n")}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}

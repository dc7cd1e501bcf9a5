import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectPlain, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { buildSync } from "esbuild";
import { certificatePem } from "../../../src/certificate/self-signed.ts";
import { createCertificate } from "../../../src/plugin/certificate.ts";
import { GRPCBroker, GRPCController, GRPCStdio } from "../protocol6/generated/go_plugin_pb.ts";
import { Health } from "../protocol6/generated/grpc_health_pb.ts";
import { Provider } from "../protocol6/generated/tfplugin6_pb.ts";

const cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Key and certificate of an engine, both PEM. */
export interface EngineCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Where a plugin listens, as its handshake says. */
export interface Handshake {
  readonly line: string;
  readonly network: string;
  readonly address: string;
  /** PEM, or `undefined` for a plain connection. */
  readonly certificate: string | undefined;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** All services of a plugin over one connection. */
export interface Connection {
  readonly provider: Client<typeof Provider>;
  readonly controller: Client<typeof GRPCController>;
  readonly stdio: Client<typeof GRPCStdio>;
  readonly broker: Client<typeof GRPCBroker>;
  readonly health: Client<typeof Health>;
  /** Cuts the connection, as the death of an engine does. */
  cut: () => void;
}

/** Makes a certificate as engines do: for one process, on the curve P-521. */
export function createEngineCertificate(): EngineCertificate {
  const { privateKey, certificateDer } = createCertificate({ now: new Date(), curve: "P-521" });
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: certificatePem(certificateDer),
  };
}

/** A running provider program, seen from an engine. */
export class PluginProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  stdout = "";
  stderr = "";
  readonly #connections: Connection[] = [];

  constructor(
    program: string,
    env: NodeJS.ProcessEnv,
    options: {
      readonly args?: readonly string[];
      /** What Node is started with in place of the program and its arguments. */
      readonly nodeArgs?: readonly string[];
      readonly stdin?: number;
    } = {},
  ) {
    this.child = spawn(process.execPath, [...(options.nodeArgs ?? [program, ...(options.args ?? [])])], {
      env: { PATH: process.env["PATH"], ...env },
      stdio: [options.stdin ?? "ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = new Promise((resolve) => {
      this.child.once("close", (code, signal) => {
        resolve({ code, signal });
      });
    });
  }

  /** Resolves when standard output or error, taken together, hold the text; rejects when the process ends without. */
  async says(text: string): Promise<void> {
    await this.#prints(() => `${this.stdout}${this.stderr}`.includes(text), JSON.stringify(text));
  }

  async #prints(isThere: () => boolean, what: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (isThere()) resolve();
      };
      this.child.stdout?.on("data", look);
      this.child.stderr?.on("data", look);
      this.child.once("close", () => {
        reject(new Error(`the process ended without ${what}: ${this.stdout}${this.stderr}`));
      });
      look();
    });
  }

  /** The handshake, once it is there. */
  async handshake(): Promise<Handshake> {
    await this.#prints(() => this.stdout.includes("\n"), "a handshake");
    const line = this.stdout.slice(0, this.stdout.indexOf("\n"));
    const [, , network = "", address = "", , certificate = ""] = line.split("|");
    return {
      line,
      network,
      address,
      certificate: certificate === "" ? undefined : certificatePem(Buffer.from(certificate, "base64")),
    };
  }

  /** Connects as the engine with this certificate, or with none. */
  async connect(engine?: EngineCertificate): Promise<Connection> {
    const handshake = await this.handshake();
    return this.connectTo(handshake, engine);
  }

  /** Connects to a known address. */
  connectTo(handshake: Omit<Handshake, "line">, engine?: EngineCertificate): Connection {
    const scheme = handshake.certificate === undefined ? "http" : "https";
    const sessionManager = new Http2SessionManager(`${scheme}://localhost`, undefined, {
      createConnection: () => open(handshake, engine),
      // As much as the provider has room for: an engine has no limit of its own, and Node 26 holds clients to theirs.
      maxSessionMemory: 1024,
    });
    const transport = createGrpcTransport({ baseUrl: `${scheme}://localhost`, sessionManager });
    const connection: Connection = {
      provider: createClient(Provider, transport),
      controller: createClient(GRPCController, transport),
      stdio: createClient(GRPCStdio, transport),
      broker: createClient(GRPCBroker, transport),
      health: createClient(Health, transport),
      cut: () => {
        sessionManager.abort();
      },
    };
    this.#connections.push(connection);
    return connection;
  }

  /** Ends whatever is left. */
  async dispose(): Promise<void> {
    for (const connection of this.#connections) connection.cut();
    this.child.kill("SIGKILL");
    await this.exited;
  }
}

/** The environment that an engine gives, with whatever a test adds or takes away. */
export function engineEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    TF_PLUGIN_MAGIC_COOKIE: cookie,
    PLUGIN_PROTOCOL_VERSIONS: "6,5",
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    ...more,
  };
}

/** Bundles a program of `test/support` into a directory of its own. */
export function bundle(name: string): { readonly program: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), "program-"));
  const program = join(directory, "program.cjs");
  buildSync({
    entryPoints: [join(__dirname, "..", `${name}.ts`)],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
  return {
    program,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Opens the connection that a handshake offers. */
export function open(handshake: Omit<Handshake, "line">, engine?: EngineCertificate): Socket {
  const port = Number(handshake.address.split(":").at(-1));
  const target = handshake.network === "unix" ? { path: handshake.address } : { port, host: "127.0.0.1" };
  if (handshake.certificate === undefined) return connectPlain(target);
  return connectTls({
    ...target,
    ...engine,
    ca: handshake.certificate,
    servername: "localhost",
    ALPNProtocols: ["h2"],
  });
}

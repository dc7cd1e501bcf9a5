import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import path from "node:path";
import { connect as connectTls } from "node:tls";
import { certificatePem } from "../../src/certificate/self-signed.ts";
import { createCertificate } from "../../src/plugin/certificate.ts";
import { pluginEnvironment } from "../plugin-environment.ts";

/** That of another build, before a change, where `BENCH_PROVIDER` names its folder. */
const provider = path.join(
  process.env["BENCH_PROVIDER"] ?? path.resolve(import.meta.dirname, "../../dist"),
  "terraform-provider-qumulo",
);

/** How an engine starts a provider: with an environment, and with a key of its own. */
export interface EngineStart {
  readonly env: NodeJS.ProcessEnv;
  readonly key: string;
  readonly cert: string;
}

/** Milliseconds from spawn. */
export interface StartTimes {
  readonly handshakeMs: number;
  /** Until the whole answer to the first call of every engine, `GetProviderSchema`, is there. */
  readonly schemaMs: number;
}

/** Makes a certificate as engines do, once for all starts. */
export function prepareEngineStart(): EngineStart {
  const { certificateDer, privateKey } = createCertificate({ now: new Date(), curve: "P-521" });
  const cert = certificatePem(certificateDer);
  return {
    env: { ...process.env, ...pluginEnvironment, PLUGIN_CLIENT_CERT: cert },
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert,
  };
}

/** Starts the provider as engines do, asks for its schema, and ends it. */
export async function timeStart({ env, key, cert }: EngineStart): Promise<StartTimes> {
  const started = performance.now();
  const child = spawn(provider, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  try {
    let line = "";
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      line += String(chunk);
      if (line.includes("\n")) break;
    }
    const handshakeMs = performance.now() - started;
    const [, network, address, certificate] =
      /^1\|6\|(unix|tcp)\|([^|]+)\|grpc\|([^|\n]+)\n$/.exec(line) ?? fail(`The provider said: ${line}`);
    await askForSchema({ network, address, key, cert, ca: certificatePem(Buffer.from(certificate ?? "", "base64")) });
    return { handshakeMs, schemaMs: performance.now() - started };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

interface Reached {
  readonly network: string | undefined;
  readonly address: string | undefined;
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

async function askForSchema({ network, address = "", ...identity }: Reached): Promise<void> {
  const port = Number(address.split(":").at(-1));
  const target = network === "unix" ? { path: address } : { port, host: "127.0.0.1" };
  const session = connectHttp2("https://localhost", {
    createConnection: () => connectTls({ ...target, ...identity, servername: "localhost", ALPNProtocols: ["h2"] }),
  });
  try {
    const stream = session.request({
      ":method": "POST",
      ":path": "/tfplugin6.Provider/GetProviderSchema",
      "content-type": "application/grpc",
      te: "trailers",
    });
    let status: unknown;
    let bytes = 0;
    stream.on("trailers", (trailers: Readonly<Record<string, unknown>>) => (status = trailers["grpc-status"]));
    stream.on("data", (piece: Buffer) => (bytes += piece.length));
    // An empty message: the prefix of gRPC alone.
    stream.end(Buffer.alloc(5));
    await once(stream, "close");
    if (status !== "0" || bytes < 1_000) fail(`The schema was answered with status ${String(status)}, ${bytes} bytes`);
  } finally {
    session.destroy();
  }
}

function fail(message: string): never {
  throw new Error(message);
}

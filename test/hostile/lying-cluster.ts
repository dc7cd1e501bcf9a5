import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "@jest/globals";
import { createCertificate } from "../../src/simulator/certificate.ts";
import type { Given } from "../support/provider/given-provider.ts";

/** A request as the liar hears it. */
export interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

/** An answer: a text or bytes as they are, anything else as JSON. */
export interface Lie {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the liar says. */
export type Lying = (heard: Heard) => Lie;

/** A server that looks like a cluster. */
export interface LyingCluster {
  /** Changes what it says from now on. */
  readonly say: (lying: Lying) => void;
  /** Secrets of whoever asks. */
  readonly secrets: { readonly password: string; readonly bearerToken: string };
  /** The environment of a command with a bearer token. */
  readonly env: Readonly<Record<string, string>>;
  /** The environment of a command that logs in. */
  readonly loginEnv: Readonly<Record<string, string>>;
  /** A provider's configuration that logs in. */
  readonly config: Given;
  /** A folder that goes away after the test. */
  readonly folder: string;
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const secrets = { password: 'S3cret/"pass+wörd\\9', bearerToken: `access-v1:${"Abc+/123".repeat(12)}==` } as const;

/** Starts a server that says whatever a test wants; it is closed after the test. */
export async function givenLyingCluster(): Promise<LyingCluster> {
  const { certificatePem, privateKeyPem } = createCertificate(["127.0.0.1"], new Date());
  let lying: Lying = () => ({ status: 404 });
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
    hear(request).then(
      (heard) => {
        const { status = 200, headers = {}, body } = lying(heard);
        response.writeHead(status, headers);
        const isRaw = typeof body === "string" || Buffer.isBuffer(body);
        response.end(isRaw ? body : JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-hostile-"));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const caFile = path.join(folder, "cluster.pem");
  await writeFile(caFile, certificatePem);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const place = {
    QUMULO_HOST: "127.0.0.1",
    QUMULO_PORT: String(port),
    QUMULO_CA_FILE: caFile,
    QUMULO_MAX_RETRIES: "0",
  };
  return {
    say(next) {
      lying = next;
    },
    secrets,
    env: { ...place, QUMULO_BEARER_TOKEN: secrets.bearerToken },
    loginEnv: { ...place, QUMULO_USERNAME: "admin", QUMULO_PASSWORD: secrets.password },
    config: {
      host: "127.0.0.1",
      port,
      ca_pem: certificatePem,
      username: "admin",
      password: secrets.password,
      max_retries: 0,
    },
    folder,
  };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    authorization: request.headers.authorization ?? "",
    body: Buffer.concat(chunks).toString(),
  };
}

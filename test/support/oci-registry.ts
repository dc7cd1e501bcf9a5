import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import path from "node:path";
import { createCertificate } from "../../src/plugin/certificate.ts";

/** An OCI registry with one repository of any name, which can be read only. */
export interface OciRegistry {
  /** Host and port. OpenTofu speaks to no registry without TLS. */
  readonly address: string;
  readonly certificatePem: string;
  readonly close: () => Promise<void>;
}

/** What a request is answered with. */
interface Answer {
  readonly type: string;
  readonly digest?: string;
  readonly content: Uint8Array;
}

interface LayoutIndex {
  readonly manifests: readonly { readonly digest: string; readonly annotations?: Readonly<Record<string, string>> }[];
}

const tagAnnotation = "org.opencontainers.image.ref.name";

/** Serves an OCI image layout as the OCI Distribution Specification says. */
export async function startOciRegistry(layout: string): Promise<OciRegistry> {
  const { privateKey, certificateDer } = createCertificate({ now: new Date() });
  const lines = certificateDer.toString("base64").replaceAll(/.{64}/g, "$&\n").trim();
  const certificatePem = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  const server = createServer({ key, cert: certificatePem }, (request, response) => {
    void find(layout, request.url ?? "").then((answer) => {
      if (answer === undefined) return response.writeHead(404).end();
      const digest = answer.digest === undefined ? {} : { "Docker-Content-Digest": answer.digest };
      response.writeHead(200, { "Content-Type": answer.type, "Content-Length": answer.content.length, ...digest });
      return response.end(request.method === "HEAD" ? undefined : answer.content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return { address: `localhost:${portOf(server)}`, certificatePem, close: async () => close(server) };
}

async function find(layout: string, url: string): Promise<Answer | undefined> {
  const { pathname } = new URL(url, "https://localhost");
  // By this a client learns that there is a registry at all.
  if (pathname === "/v2/") return { type: "application/json", content: Buffer.from("{}") };
  const [, name = "", noun, reference = ""] = /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/.exec(pathname) ?? [];
  const tags = await readTags(layout);
  if (noun === "tags") {
    return { type: "application/json", content: Buffer.from(JSON.stringify({ name, tags: [...tags.keys()] })) };
  }
  const digest = tags.get(reference) ?? reference;
  const content = await readBlob(layout, digest);
  if (content === undefined) return undefined;
  return { type: noun === "manifests" ? mediaTypeOf(content) : "application/octet-stream", digest, content };
}

async function readTags(layout: string): Promise<ReadonlyMap<string, string>> {
  // Written by the release of the same run.
  const { manifests } = JSON.parse(await readFile(path.join(layout, "index.json"), "utf8")) as LayoutIndex;
  return new Map(manifests.map(({ digest, annotations }) => [annotations?.[tagAnnotation] ?? "", digest]));
}

async function readBlob(layout: string, digest: string): Promise<Uint8Array | undefined> {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex === undefined) return undefined;
  return readFile(path.join(layout, "blobs", "sha256", hex)).catch(() => undefined);
}

function mediaTypeOf(manifest: Uint8Array): string {
  // Written by the release of the same run.
  return (JSON.parse(Buffer.from(manifest).toString("utf8")) as { readonly mediaType: string }).mediaType;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The registry does not listen.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

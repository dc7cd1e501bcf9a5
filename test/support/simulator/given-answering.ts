import { createServer, type Server } from "node:https";
import type { RequestListener } from "node:http";
import { afterEach } from "@jest/globals";
import type { Cluster, ClusterOptions } from "../../../src/client/cluster.ts";
import { createCertificate } from "../../../src/simulator/certificate.ts";
import { bearing, givenClient } from "./given-client.ts";

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Our client of a party that answers as a test says: for answers that the simulator never gives. */
export async function givenAnswering(
  listener: RequestListener,
  options: Partial<ClusterOptions> = {},
): Promise<Cluster> {
  const { certificatePem, privateKeyPem } = createCertificate(["127.0.0.1"], new Date());
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(server);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const trust = { kind: "authorities", authoritiesPem: certificatePem } as const;
  return givenClient({ host: "127.0.0.1", port, trust, credentials: bearing("access-v1:any"), ...options });
}

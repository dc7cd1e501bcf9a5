import { afterEach } from "@jest/globals";
import { type Cluster, type ClusterOptions, openCluster } from "../../../src/client/cluster.ts";
import { ClusterError } from "../../../src/client/cluster-error.ts";
import type { Simulator } from "../../../src/simulator/index.ts";
import { Secret } from "../../../src/vocabulary/secret.ts";

const open: Cluster[] = [];

afterEach(async () => {
  for (const cluster of open.splice(0)) await cluster.close();
});

/** Opens our client for one test; retries come quickly, and its connections are closed after the test. */
export function givenClient(options: ClusterOptions): Cluster {
  const cluster = openCluster({ retryWaitMs: 1, ...options });
  open.push(cluster);
  return cluster;
}

/** Our client, signed in to a simulator as its administrator unless the options say otherwise. */
export function givenClientOf(simulator: Simulator, options: Partial<ClusterOptions> = {}): Cluster {
  return givenClient({
    host: simulator.host,
    port: simulator.port,
    trust: { kind: "authorities", authoritiesPem: simulator.certificatePem },
    credentials: { kind: "login", username: simulator.username, password: simulator.adminPassword },
    ...options,
  });
}

/** Credentials of a bearer token. */
export function bearing(bearerToken: string): ClusterOptions["credentials"] {
  return { kind: "bearer-token", bearerToken: new Secret(bearerToken) };
}

/** The error with which a request fails. @throws {Error} when it does not fail, or otherwise */
export async function failureOf(request: Promise<unknown>): Promise<ClusterError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ClusterError) return error;
    throw error;
  }
  throw new Error("the request succeeded");
}

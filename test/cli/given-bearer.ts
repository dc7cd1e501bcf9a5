import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "@jest/globals";
import type { Simulator } from "../../src/simulator/index.ts";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A service account with an access token, and the environment in which a command uses it. */
export interface GivenBearer extends Pick<GivenCluster, "admin"> {
  readonly simulator: Simulator;
  readonly token: { readonly id: string; readonly bearerToken: string };
  /** Name of the role that the account holds. */
  readonly role: string;
  readonly env: Readonly<Record<string, string>>;
  readonly caFile: string;
  /** A folder that goes away after the test. */
  readonly folder: string;
}

/** Starts a cluster whose clock stands at 2026-03-02T08:00:00Z, with an access token of svc-backup. */
export async function givenBearer(
  options: {
    readonly privileges?: readonly string[];
    readonly expirationTime?: string;
    readonly coreVersion?: string;
  } = {},
): Promise<GivenBearer> {
  const { privileges = [], expirationTime, ...clusterOptions } = options;
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ ...clusterOptions, clock, localUsers: ["svc-backup"] });
  const { admin, simulator } = cluster;
  const user = { auth_id: cluster.user("svc-backup").id };
  await admin.post("/v1/auth/roles/", { name: "backup", description: "", privileges });
  await admin.post("/v1/auth/roles/backup/members", user);
  const created = await admin.post("/v1/auth/access-tokens/", { user, expiration_time: expirationTime });
  const token = { id: created.field("id"), bearerToken: created.field("bearer_token") };
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-bearer-"));
  folders.push(folder);
  const caFile = await writeFileIn(folder, simulator.certificatePem, "cluster.pem");
  const env = {
    PATH: process.env["PATH"] ?? "",
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_CA_FILE: caFile,
    QUMULO_BEARER_TOKEN: token.bearerToken,
  };
  return { admin, simulator, token, role: "backup", env, caFile, folder };
}

/** Writes a file into a folder, and gives its path. */
export async function writeFileIn(folder: string, content: string, name = "credentials.json"): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

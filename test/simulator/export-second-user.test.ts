import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { offerExport, requestExport } from "../../src/simulator/export-socket.ts";
import { ForeignFolderError } from "../../src/simulator/private-folder.ts";

/** Somebody else on the same machine. */
const neighbor = 65_534;
const own = process.geteuid?.() ?? 0;
const address = { host: "127.0.0.1", port: 8_000 };
const servers: Server[] = [];
let temporaryFolder = "";

beforeEach(async () => {
  temporaryFolder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-second-"));
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(temporaryFolder, { recursive: true });
});

/** A folder in the place of ours, in which somebody else listens. */
async function givenForeignFolder(prepare: (folder: string) => Promise<void>): Promise<void> {
  const folder = path.join(temporaryFolder, `cdktf-qumulo-${own}`);
  await mkdir(folder, { mode: 0o700 });
  const server = createServer((peer) => peer.end("made up"));
  servers.push(server);
  server.listen(path.join(folder, "127.0.0.1-8000.sock"));
  await once(server, "listening");
  await prepare(folder);
}

const foreign: readonly (readonly [string, (folder: string) => Promise<void>])[] = [
  ["is open to others", async (folder) => chmod(folder, 0o755)],
  [
    "is a link",
    async (folder) => {
      const { rename } = await import("node:fs/promises");
      await rename(folder, `${folder}-real`);
      await symlink(`${folder}-real`, folder);
    },
  ],
  // Only root can give files away.
  ...(own === 0 ? ([["is another user's", async (folder: string) => chown(folder, neighbor, neighbor)]] as const) : []),
];

describe.each(foreign)("where the folder of sockets %s", (_case, prepare) => {
  test("no export is asked for there", async () => {
    await givenForeignFolder(prepare);

    await expect(requestExport({ ...address, temporaryFolder })).rejects.toBeInstanceOf(ForeignFolderError);
  });

  test("no export is offered there", async () => {
    await givenForeignFolder(prepare);

    const offered = offerExport({ ...address, temporaryFolder }, () => "hashes of passwords");

    await expect(offered).rejects.toBeInstanceOf(ForeignFolderError);
  });
});

test("an export goes to whoever owns the folder, which is closed to all others", async () => {
  const withdraw = await offerExport({ ...address, temporaryFolder }, () => "a seed");

  expect(await requestExport({ ...address, temporaryFolder })).toBe("a seed");
  await withdraw();
  expect(await requestExport({ ...address, temporaryFolder })).toBeUndefined();
});

test("simulators that begin and end at once do not take the folder from each other", async () => {
  const life = async (port: number): Promise<void> => {
    for (let round = 0; round < 50; round += 1) {
      const withdraw = await offerExport({ host: "127.0.0.1", port, temporaryFolder }, () => "a seed");
      await withdraw();
    }
  };

  await expect(Promise.all([8_001, 8_002, 8_003, 8_004].map(life))).resolves.toHaveLength(4);
});

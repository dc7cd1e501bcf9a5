import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { openDurableStore } from "../../src/simulator/store/durable-store.ts";
import type { Store } from "../../src/simulator/store/store.ts";
import { searchSeed } from "../support/search.ts";
import { chanceFrom, Load, observe } from "../support/simulator/crash-load.ts";
import { type Party, partyWith } from "../support/simulator/given-cluster.ts";
import { bundleSimulator, type Served, type SimulatorProcess } from "../support/simulator/simulator-process.ts";

/** More rounds, for those who search. */
const { SIMULATOR_CRASH_ROUNDS = "200" } = process.env;
const rounds = Number(SIMULATOR_CRASH_ROUNDS);
const workers = 4;
/** A simulator lives for up to so many answers, and then for up to so many milliseconds. */
const longestLife = { answers: 16, ms: 4 };

let program: ReturnType<typeof bundleSimulator>;
let folder: string;
const simulators: SimulatorProcess[] = [];

beforeAll(() => {
  program = bundleSimulator();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crash-"));
});

afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.kill();
  await rm(folder, { recursive: true, force: true });
});

afterAll(() => {
  program.remove();
});

test(
  "whatever was answered is there after a kill, and what was not is there as a whole or not at all",
  async () => {
    const chance = chanceFrom(searchSeed);
    const load = new Load(chance);
    // One session for all rounds: that it was opened was answered, too.
    let sessionToken: string | undefined;
    let next = start();

    for (let round = 1; round <= rounds; round += 1) {
      try {
        const simulator = next;
        const served = await simulator.serve(folder);
        next = start();
        await connected(served, async (bearing) => {
          sessionToken ??= await signIn(bearing(), served.password);
          const admin = bearing(sessionToken);
          await expectAsAnswered(load, admin, bearing);
          const life = { answers: chance(longestLife.answers), ms: chance(longestLife.ms) };
          await runUntilKilled(load, admin, { simulator, ...life });
        });
        if (chance(2) === 0) await expectConsistentRecords();
      } catch (error) {
        throw new Error(`In round ${round} of seed ${searchSeed} (SEARCH_SEED)`, { cause: error });
      }
    }

    const { answered, unanswered } = load;
    expect(answered).toBeGreaterThan(rounds);
    expect(unanswered.undone + unanswered.done).toBeGreaterThan(rounds);
    if (rounds > 200) {
      process.stderr.write(
        `${rounds} kills, ${answered} answered changes, unanswered: ${JSON.stringify(unanswered)}\n`,
      );
    }
  },
  60_000 + rounds * 1_000,
);

function start(): SimulatorProcess {
  const simulator = program.start();
  simulators.push(simulator);
  return simulator;
}

type Bearing = (bearerToken?: string) => Party;

/** Few connections: opening them is most of the work. */
async function connected<T>(served: Served, use: (bearing: Bearing) => Promise<T>): Promise<T> {
  const agent = new Agent({ keepAlive: true, maxSockets: workers, ca: served.certificatePem });
  try {
    return await use((bearerToken) => partyWith({ simulator: served, agent, bearerToken }));
  } finally {
    agent.destroy();
  }
}

async function signIn(nobody: Party, password: string): Promise<string> {
  const reply = await nobody.post("/v1/session/login", { username: "admin", password });
  return reply.field("bearer_token");
}

async function expectAsAnswered(load: Load, admin: Party, bearing: Bearing): Promise<void> {
  const observed = await observe(admin);
  const expected = load.settle(observed);
  expect(sorted(observed)).toEqual(sorted(expected));
  const tokens = load.bearerTokens();
  const replies = await Promise.all(
    tokens.map(async ({ bearerToken }) => bearing(bearerToken).get("/v1/session/who-am-i")),
  );
  expect(replies.map(({ status }) => status)).toEqual(tokens.map(({ works }) => (works ? 200 : 401)));
}

function sorted(facts: ReadonlyMap<string, string>): readonly string[] {
  return [...facts].map(([key, value]) => `${key}: ${value}`).sort();
}

async function runUntilKilled(
  load: Load,
  admin: Party,
  life: { readonly simulator: SimulatorProcess; readonly answers: number; readonly ms: number },
): Promise<void> {
  const running = load.run(admin, workers);
  await load.hasAnswered(life.answers);
  await delay(life.ms);
  const complaints = await life.simulator.kill();
  await running;
  expect(complaints).toBe("");
}

/** What rules rely on: no record without those that belong to it. */
async function expectConsistentRecords(): Promise<void> {
  const { store, isNew, close } = await openDurableStore(join(folder, "cluster.db"), () => undefined);
  const users = store.all("localUsers");
  const groups = store.all("localGroups");
  const names = new Map([...users, ...groups].map(({ id, name }) => [name.toLowerCase(), id]));
  const claimed = new Map([...store.entries("accountNames")].map(([name, { id }]) => [name, id]));
  const problems = [...orphans(store)];
  close();

  expect(isNew).toBe(false);
  expect(Object.fromEntries(claimed)).toEqual(Object.fromEntries(names));
  expect(problems).toEqual([]);
}

function* orphans(store: Store): Generator<string> {
  for (const { groupId, userId } of store.all("groupMembers")) {
    if (store.find("localGroups", groupId) === undefined) yield `member of the deleted group ${groupId}`;
    if (store.find("localUsers", userId) === undefined) yield `deleted user ${userId} in a group`;
  }
  for (const { role } of store.all("roleMembers")) {
    if (store.find("roles", role) === undefined) yield `member of the deleted role ${role}`;
  }
  const next = store.find("cluster", "cluster")?.nextAccountId ?? 0;
  for (const { id } of [...store.all("localUsers"), ...store.all("localGroups")]) {
    if (Number(id) >= next) yield `the id ${id} would be given again`;
  }
}

import { parseVariations, variationNames } from "../simulate/variations.ts";
import { ask, type Seen } from "./asking/ask.ts";
import type { Run } from "./asking/bench.ts";
import { differencesOf } from "./asking/compare.ts";
import { redact, textsIn } from "./asking/normalize.ts";
import { type Reference, startReference } from "./asking/reference.ts";
import type { Probe } from "./probe.ts";
import type { Judged, Verdict } from "./report.ts";

/** What is asked, of whom, and who wants to hear of it. */
export interface Asking {
  readonly probes: readonly Probe[];
  /** The cluster. */
  readonly run: Run;
  /** The version of Qumulo Core that is simulated. */
  readonly simulatedVersion: string;
  readonly isReadOnly: boolean;
  readonly progress: (line: string) => void;
}

/** Puts each probe to a simulator and to the cluster, and compares what it sees. */
export async function judge(asking: Asking): Promise<readonly Judged[]> {
  const { probes, run, simulatedVersion, isReadOnly, progress } = asking;
  const wanted = probes.filter((probe) => !isReadOnly || !probe.changes);
  progress(`Asking a simulator of Qumulo Core ${simulatedVersion}`);
  const expected = await seenBySimulator(wanted, simulatedVersion);
  const told = new Set([...expected.values()].flatMap(textsOf));
  const references = new Variants(simulatedVersion, told);
  try {
    const judged: Judged[] = [];
    for (const [index, probe] of wanted.entries()) {
      progress(`${index + 1} of ${wanted.length}: ${probe.asks}`);
      const met = run.signal.aborted ? stopped : redacted(await ask(probe, run), told);
      const simulated = expected.get(probe) ?? stopped;
      judged.push({ probe, verdict: await verdictOf(probe, { simulated, met }, references) });
    }
    return [...judged, ...probes.filter((probe) => !wanted.includes(probe)).map(notAsked)];
  } finally {
    await references.close();
  }
}

function notAsked(probe: Probe): Judged {
  return { probe, verdict: { kind: "not_asked", reason: "It changes the cluster, and the run only reads." } };
}

const stopped: Seen = { kind: "not known", reason: "The run was stopped" };

async function seenBySimulator(probes: readonly Probe[], coreVersion: string): Promise<ReadonlyMap<Probe, Seen>> {
  const reference = await startReference(coreVersion);
  try {
    const seen = new Map<Probe, Seen>();
    for (const probe of probes) seen.set(probe, await ask(probe, reference.run));
    return seen;
  } finally {
    await reference.close();
  }
}

function textsOf(seen: Seen): readonly string[] {
  return seen.kind === "seen" ? textsIn(seen.observation) : [];
}

function redacted(seen: Seen, told: ReadonlySet<string>): Seen {
  return seen.kind === "seen" ? { ...seen, observation: redact(seen.observation, told) } : seen;
}

interface Pair {
  readonly simulated: Seen;
  readonly met: Seen;
}

async function verdictOf(probe: Probe, { simulated, met }: Pair, variants: Variants): Promise<Verdict> {
  if (met.kind === "not known") return { kind: "not_known", reason: `${met.reason}.` };
  if (simulated.kind === "not known") {
    return { kind: "not_known", reason: `The simulator of this version does not say: ${simulated.reason}.` };
  }
  const differences = differencesOf(simulated.observation, met.observation);
  if (differences.length === 0) return { kind: "agrees" };
  return { kind: "differs", differences, variation: await variants.find(probe, met.observation) };
}

/** Simulators that behave the other way in one question each. They are started when something differs. */
class Variants {
  readonly #coreVersion: string;
  readonly #told: ReadonlySet<string>;
  readonly #started = new Map<string, Promise<Reference>>();

  constructor(coreVersion: string, told: ReadonlySet<string>) {
    this.#coreVersion = coreVersion;
    this.#told = told;
  }

  /** The variation with which a simulator shows just this. */
  async find(probe: Probe, met: unknown): Promise<string | undefined> {
    for (const name of variationNames) {
      const { run } = await this.#start(name);
      const seen = redacted(await ask(probe, run), this.#told);
      if (seen.kind === "seen" && differencesOf(seen.observation, met).length === 0) return name;
    }
    return undefined;
  }

  async #start(name: string): Promise<Reference> {
    const started = this.#started.get(name) ?? startReference(this.#coreVersion, parseVariations([name]));
    this.#started.set(name, started);
    return started;
  }

  async close(): Promise<void> {
    for (const reference of this.#started.values()) await (await reference).close();
  }
}

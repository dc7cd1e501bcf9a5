import { afterEach } from "@jest/globals";
import { probes } from "../../../src/cli/conformance/probes.ts";
import type { Run } from "../../../src/cli/conformance/asking/bench.ts";
import { type Answer, type Line, openLine, type Sent } from "../../../src/cli/conformance/asking/line.ts";
import { startRun } from "../../../src/cli/conformance/asking/start-run.ts";
import type { Probe } from "../../../src/cli/conformance/probe.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../src/simulator/index.ts";

/** What becomes of an answer on its way to the probe. */
export type Edit = (sent: Sent, answer: Answer) => Answer;

/** A run of probes on a simulator that stands for a cluster. */
export interface GivenRun {
  readonly run: Run;
  readonly simulator: Simulator;
  readonly close: () => Promise<void>;
}

/** Starts a run on a simulator, over TLS. Its answers are edited as the last call of `edit` says. */
export async function givenRun(
  options: SimulatorOptions = {},
  {
    edit = (_sent, answer) => answer,
    signal = new AbortController().signal,
  }: { edit?: Edit; signal?: AbortSignal } = {},
): Promise<GivenRun> {
  const simulator = await startSimulator(options);
  const { host, port, certificatePem, username, adminPassword } = simulator;
  const trust = { kind: "authorities", authoritiesPem: certificatePem } as const;
  const line = openLine({ host, port, trust, maxRetries: 0 });
  const edited: Line = {
    ...line,
    async send(sent, sendSignal) {
      return edit(sent, await line.send(sent, sendSignal));
    },
  };
  const credentials = { kind: "login", username, password: adminPassword } as const;
  const run = await startRun(edited, credentials, signal);
  const close = async (): Promise<void> => {
    await line.close();
    await simulator.close();
  };
  return { run, simulator, close };
}

const open: GivenRun[] = [];

afterEach(async () => {
  for (const { close } of open.splice(0)) await close();
});

/** The same, closed after the test. */
export async function givenRunOfTest(...args: Parameters<typeof givenRun>): Promise<GivenRun> {
  const given = await givenRun(...args);
  open.push(given);
  return given;
}

/** The probe with this id. */
export function probeNamed(id: string): Probe {
  const probe = probes.find((candidate) => candidate.id === id);
  if (probe === undefined) throw new Error(`There is no probe ${id}`);
  return probe;
}

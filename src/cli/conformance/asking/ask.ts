import type { Probe } from "../probe.ts";
import { Bench, type Run } from "./bench.ts";
import { remove } from "./cleaning.ts";
import { normalize } from "./normalize.ts";
import { NotKnown, Unanswered } from "./not-known.ts";

/** What a probe saw, without what differs between two runs; or why it saw nothing. */
export type Seen =
  { readonly kind: "seen"; readonly observation: unknown } | { readonly kind: "not known"; readonly reason: string };

/**
 * Puts a probe to a cluster, and removes whatever it made there, however it ended. What is to be removed later is in
 * `run.left`: after a request without an answer, access tokens are looked for first, which can be found by their user only.
 */
export async function ask(probe: Probe, run: Run): Promise<Seen> {
  const bench = new Bench(run, { mayChange: probe.changes });
  let isAnswered = true;
  try {
    return { kind: "seen", observation: normalize(await probe.ask(bench), bench.known) };
  } catch (error) {
    isAnswered = !(error instanceof Unanswered);
    if (!(error instanceof NotKnown)) throw error;
    return { kind: "not known", reason: error.message };
  } finally {
    const left = isAnswered ? await remove(run, bench.made) : bench.made;
    for (const object of left) run.left.push(object);
  }
}

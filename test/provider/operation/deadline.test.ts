import { once } from "node:events";
import { expect, test } from "@jest/globals";
import { Deadline } from "../../../src/provider/operation/deadline.ts";

const anHourMs = 3_600_000;

test("a deadline ends when its time is over, and says so", async () => {
  const deadline = new Deadline(0, undefined);
  // The deadline alone keeps no process alive.
  const alive = setInterval(() => undefined, anHourMs);

  await once(deadline.signal, "abort");

  clearInterval(alive);
  expect(deadline.isOver).toBe(true);
});

test("a deadline ends with another signal, for its reason, and is not over then", () => {
  const other = new AbortController();
  const deadline = new Deadline(anHourMs, other.signal);

  other.abort("stopped");

  expect(deadline.signal.aborted).toBe(true);
  expect(deadline.signal.reason).toBe("stopped");
  expect(deadline.isOver).toBe(false);
  expect(new Deadline(anHourMs, other.signal).signal.aborted).toBe(true);
});

test("a deadline that is released no longer follows", () => {
  const other = new AbortController();
  const deadline = new Deadline(anHourMs, other.signal);

  deadline.release();
  other.abort();

  expect(deadline.signal.aborted).toBe(false);
});

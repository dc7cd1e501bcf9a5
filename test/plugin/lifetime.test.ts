import { expect, test } from "@jest/globals";
import { Lifetime } from "../../src/plugin/lifetime.ts";

function givenLifetime(): {
  readonly lifetime: Lifetime;
  readonly exited: Promise<void>;
  readonly hasExited: () => boolean;
} {
  let hasExited = false;
  const { promise, resolve } = deferred();
  const lifetime = new Lifetime(() => {
    hasExited = true;
    resolve();
  });
  return { lifetime, exited: promise, hasExited: () => hasExited };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test("an idle process leaves when it is asked to", async () => {
  const { lifetime, exited } = givenLifetime();

  lifetime.leaveWhenIdle();

  await expect(exited).resolves.toBeUndefined();
});

test("a process at work finishes first", async () => {
  const { lifetime, exited, hasExited } = givenLifetime();
  const work = deferred();
  const running = lifetime.run(async () => work.promise);

  lifetime.leaveWhenIdle();
  const exitedBefore = hasExited();
  work.resolve();
  await running;
  await exited;

  expect(exitedBefore).toBe(false);
});

test("work that fails is over as well", async () => {
  const { lifetime, exited } = givenLifetime();
  const running = lifetime.run(async () => Promise.reject(new Error("failed")));

  lifetime.leaveWhenIdle();

  await expect(running).rejects.toThrow("failed");
  await expect(exited).resolves.toBeUndefined();
});

test("work that comes at the last moment is still done", async () => {
  const { lifetime, exited, hasExited } = givenLifetime();
  const work = deferred();

  lifetime.leaveWhenIdle();
  const running = lifetime.run(async () => {
    await work.promise;
    return hasExited();
  });
  work.resolve();

  await expect(running).resolves.toBe(false);
  await expect(exited).resolves.toBeUndefined();
});

test("leaving now waits for nobody", async () => {
  const { lifetime, exited } = givenLifetime();
  const end = lifetime.beginAnswer();

  lifetime.leaveNow();
  await exited;
  end();

  expect(lifetime.isLeaving).toBe(false);
});

test("something that is ended twice counts once", async () => {
  const { lifetime, exited, hasExited } = givenLifetime();
  const [one, other] = [lifetime.beginAnswer(), lifetime.beginAnswer()];

  lifetime.leaveWhenIdle();
  one();
  one();
  const exitedBetween = hasExited();
  other();
  await exited;

  expect(exitedBetween).toBe(false);
});

test("answers that nobody takes any more hold nothing up, and work does", async () => {
  const { lifetime, exited, hasExited } = givenLifetime();
  const work = deferred();
  lifetime.beginAnswer();
  const running = lifetime.run(async () => work.promise);

  lifetime.leaveWithoutAnswering();
  const exitedBefore = hasExited();
  work.resolve();
  await running;

  await expect(exited).resolves.toBeUndefined();
  expect(exitedBefore).toBe(false);
});

test("work is over when what is under way has ended, also by failing", async () => {
  const { lifetime } = givenLifetime();
  const work = deferred();
  const failing = lifetime.run(async () => {
    await work.promise;
    throw new Error("failed");
  });
  const over = lifetime.workIsOver();

  work.resolve();

  await expect(failing).rejects.toThrow("failed");
  await expect(over).resolves.toBeUndefined();
});

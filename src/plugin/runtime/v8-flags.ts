/** A flag of V8, and what it is where nobody sets it. */
export interface V8Flag {
  readonly flag: string;
  readonly usual: string;
}

/** What is set by way of this module, of which each file of the build that sets flags has one of its own. */
let all: readonly V8Flag[] = [];

/**
 * Sets flags of V8 until the process ends.
 *
 * V8 refuses code that was compiled under other flags: what is kept of the last time, and also what Node brings along compiled of
 * itself, which then takes three times as long to load. So set none before Node has loaded what is needed. They are set back at
 * the end, when what is kept for next time is written.
 */
export function setFlags(flags: readonly V8Flag[]): void {
  if (all.length === 0) process.prependOnceListener("exit", setBack);
  all = [...all, ...flags];
  setAll();
}

/** Loads code under the flags under which it was compiled. */
export function withUsualFlags(load: () => void): void {
  if (all.length === 0) {
    load();
    return;
  }
  setBack();
  try {
    load();
  } finally {
    setAll();
  }
}

function setAll(): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const { flag } of all) setFlagsFromString(flag);
}

function setBack(): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const { usual } of all) setFlagsFromString(usual);
}

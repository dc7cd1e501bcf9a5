/** A flag of V8, and what it is where nobody sets it. */
export interface V8Flag {
  readonly flag: string;
  readonly usual: string;
}

/**
 * Sets flags of V8 until the process ends.
 *
 * V8 refuses code that was compiled under other flags: what is kept of the last time, and also what Node brings along compiled of
 * itself, which then takes three times as long to load. So set none before Node has loaded what is needed. They are set back at
 * the end, when what is kept for next time is written.
 */
export function setFlags(flags: readonly V8Flag[]): void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const { flag } of flags) setFlagsFromString(flag);
  process.prependOnceListener("exit", () => {
    for (const { usual } of flags) setFlagsFromString(usual);
  });
}

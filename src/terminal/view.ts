/** Where a text for people goes. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The terminal; absent where the text goes elsewhere. */
  readonly terminal?: { readonly columns?: number; readonly isColored: boolean };
}

/** How a text is shown. */
export interface TerminalView {
  /** Columns. */
  readonly width: number;
  readonly isColored: boolean;
}

const defaultWidth = 100;

/** How a text for standard output is shown: as wide as the terminal, and colored there unless `NO_COLOR` is set. */
export function viewOf(context: Surroundings): TerminalView {
  const { columns = defaultWidth, isColored } = context.terminal ?? { isColored: false };
  return { width: findColumns(context) ?? columns, isColored: isColored && mayColor(context) };
}

/** What `COLUMNS` says, as a person sets it who wants another width than the terminal's. */
function findColumns({ env }: Pick<Surroundings, "env">): number | undefined {
  const columns = Number(env["COLUMNS"] ?? "");
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

/** @see https://no-color.org */
function mayColor({ env }: Pick<Surroundings, "env">): boolean {
  return (env["NO_COLOR"] ?? "") === "";
}

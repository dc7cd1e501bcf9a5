import { riskOf, riskWords } from "../../access/risk.ts";
import type { ReadAccess } from "../../audit/questions/read-access.ts";
import type { Holding, WhoCan } from "../../audit/questions/who-can.ts";
import { renderTable, type TableRow, type TableView } from "../../terminal/table.ts";
import { viewOf } from "../../terminal/view.ts";
import { painter, wrap } from "../../terminal/wrap.ts";
import type { SourceFlags } from "../access-source/flags.ts";
import { besideNote, renderUnknown, sideLines, titleOf } from "../access-source/render.ts";
import type { AccessSource } from "../access-source/source.ts";
import type { CommandContext } from "../command-error.ts";

/** An answer, and where it was found. */
export interface WhoCanAnswer {
  readonly privilege: string;
  readonly source: AccessSource;
  readonly kind: ReadAccess["kind"];
  /** One for each cluster. */
  readonly answers: readonly WhoCan[];
}

/** Renders who can do something, for people. */
export function renderWhoCan(answer: WhoCanAnswer, { output }: SourceFlags, context: CommandContext): string {
  // What goes into a file knows nothing of this terminal.
  const { width, isColored } = viewOf(output === undefined ? context : { env: {} });
  const view = { width, paint: painter(isColored) };
  const { privilege, source, kind, answers } = answer;
  const { meaning } = riskWords[riskOf(privilege)];
  const title = `Who can ${privilege}${meaning === "" ? "" : ` (it ${meaning})`}, ${titleOf(source)}`;
  const note = besideNote(source, kind);
  const parts = [
    wrap([{ style: "bold", text: title }], view),
    ...(answers.length === 0
      ? [wrap([`This ${kind} has nothing in it that gives access to a Qumulo cluster.`], view)]
      : []),
    ...answers.flatMap((one) => renderCluster(one, view)),
    ...(note === undefined ? [] : [wrap([{ style: "dim", text: note }], view)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderCluster({ cluster, holders, gainers, unknown }: WhoCan, view: TableView): readonly string[] {
  return [
    ...(cluster === undefined ? [] : [wrap([{ style: "bold", text: `Cluster ${cluster}` }], view)]),
    renderTable(["HOLDS IT", "BY"], holders.map(rowOf), view),
    ...(gainers.length === 0 ? [] : [renderTable(["CAN COME TO IT", "BY"], gainers.map(rowOf), view)]),
    ...(unknown.length === 0 ? [] : [renderUnknown(unknown, view)]),
  ];
}

function rowOf(holding: Holding): TableRow {
  const { identity, isGroup } = holding;
  return { name: isGroup ? `${identity} (group)` : identity, lines: sideLines(holding) };
}

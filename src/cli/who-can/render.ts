import { riskOf, riskWords } from "../../access/risk.ts";
import type { ReadAccess } from "../../audit/questions/read-access.ts";
import type { Holding, WhoCan } from "../../audit/questions/who-can.ts";
import { renderTable, type TableRow, type TableView } from "../../terminal/table.ts";
import { wrap } from "../../terminal/wrap.ts";
import type { SourceFlags } from "../access-source/flags.ts";
import { renderFound, renderUnknown, sideLines, titleOf } from "../access-source/render.ts";
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
export function renderWhoCan(answer: WhoCanAnswer, flags: SourceFlags, context: CommandContext): string {
  const { privilege, source, kind, answers } = answer;
  const { meaning } = riskWords[riskOf(privilege)];
  const title = `Who can ${privilege}${meaning === "" ? "" : ` (it ${meaning})`}, ${titleOf(source)}`;
  return renderFound(answer, { flags, context }, (view) => [
    wrap([{ style: "bold", text: title }], view),
    ...(answers.length === 0
      ? [wrap([`This ${kind} has nothing in it that gives access to a Qumulo cluster.`], view)]
      : []),
    ...answers.flatMap((one) => renderCluster(one, view)),
  ]);
}

function renderCluster({ cluster, holders, gainers, unknown }: WhoCan, view: TableView): readonly string[] {
  return [
    ...(cluster === undefined ? [] : [wrap([{ style: "bold", text: `Cluster ${cluster}` }], view)]),
    renderTable(["HOLDS IT", "BY"], holders.map(rowOf), view),
    ...(gainers.length === 0 ? [] : [renderTable(["CAN GAIN IT", "BY"], gainers.map(rowOf), view)]),
    ...(unknown.length === 0 ? [] : [renderUnknown(unknown, view)]),
  ];
}

function rowOf(holding: Holding): TableRow {
  const { identity, isGroup } = holding;
  return { name: isGroup ? `${identity} (group)` : identity, lines: sideLines(holding) };
}

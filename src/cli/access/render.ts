import { riskOf, riskWords } from "../../access/risk.ts";
import type { AccessAnswer, Had } from "../../audit/questions/access-of.ts";
import type { TokenEvent } from "../../audit/access/token-events.ts";
import type { ReadAccess } from "../../audit/questions/read-access.ts";
import { lifeWords } from "../../audit/report/html/token-words.ts";
import { renderTable, type TableRow, type TableView } from "../../terminal/table.ts";
import { wrap } from "../../terminal/wrap.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { SourceFlags } from "../access-source/flags.ts";
import { renderFound, renderUnknown, sideLines, titleOf } from "../access-source/render.ts";
import type { AccessSource } from "../access-source/source.ts";
import type { CommandContext } from "../command-error.ts";

/** What was found, and where. */
export interface AccessFound {
  readonly source: AccessSource;
  readonly kind: ReadAccess["kind"];
  /** One for each cluster on which the identity is known; at least one. */
  readonly answers: readonly AccessAnswer[];
}

/** Renders all access of one identity, for people. */
export function renderAccess(found: AccessFound, flags: SourceFlags, context: CommandContext): string {
  const { source, answers } = found;
  return renderFound(found, { flags, context }, (view) =>
    answers.flatMap((answer) => renderAnswer(answer, titleOf(source), view)),
  );
}

function renderAnswer(answer: AccessAnswer, place: string, view: TableView): readonly string[] {
  const { identity, cluster, unknown } = answer;
  const where = cluster === undefined ? place : `${place}, cluster ${cluster}`;
  return [
    wrap([{ style: "bold", text: `Access of ${identity}, ${where}` }], view),
    renderTable(undefined, factRows(answer), view),
    ...(answer.roles.length === 0 ? [] : [renderTable(["ROLE", "BY"], answer.roles.map(rowOf), view)]),
    ...(answer.privileges.length === 0
      ? []
      : [renderTable(["PRIVILEGE", "BY"], answer.privileges.map(privilegeRow), view)]),
    ...(unknown.length === 0 ? [] : [renderUnknown(unknown, view)]),
  ];
}

function factRows({
  names,
  address,
  isGroup,
  members,
  administrator,
  roles,
  tokens,
  gains,
}: AccessAnswer): readonly TableRow[] {
  return [
    ...row("names", [names.join(", ")]),
    ...row("resource", [address ?? ""]),
    ...row("members", isGroup ? [members.length === 0 ? "not known, or none" : listed(members)] : []),
    ...row("administrator", orNone(sideLines(administrator), "no")),
    ...row("roles", roles.length === 0 ? ["none"] : []),
    ...row("tokens", orNone(tokens.map(tokenLine), "none")),
    ...row("can gain", sideLines(gains)),
  ];
}

function tokenLine(event: TokenEvent): string {
  return `${event.place}: ${lifeWords(event, Date.now())}`;
}

function row(name: string, lines: TableRow["lines"]): readonly TableRow[] {
  const told = lines.filter((line) => line !== "");
  return told.length === 0 ? [] : [{ name, lines: told }];
}

function orNone(lines: TableRow["lines"], none: string): TableRow["lines"] {
  return lines.length === 0 ? [none] : lines;
}

function rowOf(had: Had): TableRow {
  return { name: had.name, lines: sideLines(had) };
}

function privilegeRow(had: Had): TableRow {
  const { meaning } = riskWords[riskOf(had.name)];
  return {
    name: had.name,
    lines: [...sideLines(had), ...(meaning === "" ? [] : [{ style: "dim" as const, text: meaning }])],
  };
}

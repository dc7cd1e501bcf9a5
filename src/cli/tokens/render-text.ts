import type { TerminalView } from "../../terminal/view.ts";
import { painter, type Style, wrap } from "../../terminal/wrap.ts";
import { renderLength } from "../../vocabulary/duration.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { padColumns, widestOf } from "../../vocabulary/text-width.ts";
import { accountText, type ClusterTokens, type ListedToken } from "./inventory.ts";
import type { TokensReport } from "./report.ts";

/** Renders access tokens for a person: a table for each cluster, in the order in which tokens end. */
export function renderText({ clusters, isSelective, hasStates }: TokensReport, view: TerminalView): string {
  const paint = painter(view.isColored);
  const parts = clusters.map((cluster) =>
    [
      wrap([{ style: "bold", text: titleOf(cluster) }], { width: view.width, paint }),
      wrap([countsOf(cluster, isSelective)], { width: view.width, paint }),
      ...(cluster.tokens.length === 0 ? [] : ["", ...table(cluster.tokens, hasStates).map(painted)]),
    ].join("\n"),
  );
  return `${parts.join("\n\n")}\n`;

  function painted({ text, style }: Line): string {
    return style === undefined ? text : paint(style, text);
  }
}

function titleOf({ name, host }: ClusterTokens): string {
  return name === host ? shown(host) : `${shown(name)} (${shown(host)})`;
}

function countsOf({ tokens, total, failure }: ClusterTokens, isSelective: boolean): string {
  if (failure !== undefined) return "Its access tokens are not known: they could not be read.";
  if (total === 0) return "No access tokens.";
  const all = `${total} access ${total === 1 ? "token" : "tokens"}`;
  if (!isSelective) return `${all}.`;
  const found = tokens.length === 0 ? "None" : String(tokens.length);
  return `${found} of ${all} ${tokens.length > 1 ? "are" : "is"} what was looked for.`;
}

interface Line {
  readonly text: string;
  readonly style?: Style;
}

function table(tokens: readonly ListedToken[], hasStates: boolean): readonly Line[] {
  const head = ["USER", "TOKEN", "ENDS", "CREATED", "BY", ...(hasStates ? ["MANAGED BY"] : [])];
  const rows = tokens.map((token) => [
    shown(accountText(token.user), 60),
    token.id,
    endOf(token),
    token.creationTime.slice(0, 10),
    token.creator === undefined ? "not told" : shown(accountText(token.creator), 60),
    ...(hasStates ? [placeOf(token)] : []),
  ]);
  const widths = head.map((title, column) => widestOf([title, ...rows.map((row) => row[column] ?? "")]));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padColumns(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [{ text: line(head), style: "dim" }, ...rows.map((row, index) => lineOf(line(row), tokens[index]))];
}

function lineOf(text: string, token: ListedToken | undefined): Line {
  if (token === undefined || token.standing === "works") return { text };
  return { text, style: token.standing === "unknown" ? "yellow" : "dim" };
}

function endOf({ standing, expirationTime, secondsLeft, enabled }: ListedToken): string {
  const off = enabled ? "" : ", disabled";
  if (expirationTime === undefined) return `never${off}`;
  if (secondsLeft === undefined) return `not known: ${shown(expirationTime, 40)}${off}`;
  const length = renderLength(Math.abs(secondsLeft) * 1_000);
  const isOver = secondsLeft <= 0 || standing === "ended";
  return `${expirationTime.slice(0, 10)}, ${isOver ? `${length} ago` : `in ${length}`}${off}`;
}

function placeOf({ place }: ListedToken): string {
  return place === undefined ? "no given state" : `${shown(place.state, 60)}: ${shown(place.address, 200)}`;
}

import type { Sides } from "../../audit/questions/routes.ts";
import type { TableView } from "../../terminal/table.ts";
import { type Style, type Styled, wrap } from "../../terminal/wrap.ts";
import type { CommandContext } from "../command-error.ts";
import { writeWholeFile } from "../whole-file.ts";
import type { AccessSource } from "./source.ts";

const unwritable = 2;

/** Prints a text, or writes it to the file that `--output` names. */
export async function deliverText(
  text: string,
  { output }: { readonly output?: string },
  context: CommandContext,
): Promise<void> {
  if (output === undefined) context.writeOut(text);
  else await writeWholeFile({ flag: "--output", file: output, text, mode: 0o666, exitCode: unwritable });
}

/** What a source is, for a title. */
export function titleOf({ name, kind }: AccessSource): string {
  return kind === "cluster" ? `on the cluster ${name}` : `in ${name}`;
}

/** The texts of both times, each once: what a plan adds begins with `+`, what it takes away with `-`. */
export function sideLines({ before, after }: Sides): readonly (string | Styled)[] {
  const [had, has] = [new Set(before), new Set(after)];
  return [...new Set([...after, ...before])].map((text) => {
    if (had.has(text) && has.has(text)) return text;
    return has.has(text) ? marked("green", `+ ${text}`) : marked("red", `- ${text}`);
  });
}

function marked(style: Style, text: string): Styled {
  return { style, text };
}

/** What a plan or a state does not tell, and how to learn it; nothing for what tells of a whole cluster. */
export function besideNote({ kind, facts }: AccessSource, document: "plan" | "state"): string | undefined {
  if (kind !== "document" || facts.length > 0) return undefined;
  return `What is on the cluster beside this ${document} is not in it: --cluster reads that too.`;
}

/** What is not known, each sentence in a line of its own. */
export function renderUnknown(sentences: readonly string[], view: TableView): string {
  const lines = sentences.map((text) => wrap([{ style: "yellow", text: `? ${text}` }], { ...view, indent: "  " }));
  return [wrap([{ style: "bold", text: "Not known, for a person to look at:" }], view), ...lines].join("\n");
}

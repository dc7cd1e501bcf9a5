import type { Block } from "./block.ts";

const label = String.raw`(?:"([^"\\]+)"|([\w-]+))`;
const resourceLine = new RegExp(String.raw`^\s*(resource|data|ephemeral)\s+${label}\s+${label}\s*\{`, "u");
const providerLine = new RegExp(String.raw`^\s*provider\s+${label}\s*\{`, "u");
const aliasLine = /^\s*alias\s*=\s*"([^"]*)"/u;
const heredocStart = /<<[-~]?\s*(\w+)\s*$/u;

/** Finds the blocks of a file in HCL by their first lines, as the engines' own formatter writes them. */
export function findHclBlocks(text: string): readonly Block[] {
  const lines = codeLines(text);
  return lines.flatMap((line, index) => {
    const resource = resourceLine.exec(line);
    if (resource !== null) return [{ address: resourceAddress(resource), line: index + 1 }];
    const provider = providerLine.exec(line);
    if (provider === null) return [];
    return [{ address: withAlias(provider[1] ?? provider[2] ?? "", lines.slice(index)), line: index + 1 }];
  });
}

function resourceAddress([, kind = "", type, bareType, name, bareName]: readonly (string | undefined)[]): string {
  const local = `${type ?? bareType ?? ""}.${name ?? bareName ?? ""}`;
  return kind === "resource" ? local : `${kind}.${local}`;
}

function withAlias(name: string, [first = "", ...rest]: readonly string[]): string {
  const end = rest.findIndex((line) => line.startsWith("}"));
  const own = first.includes("}") ? [] : rest.slice(0, end < 0 ? rest.length : end);
  const alias = own.map((line) => aliasLine.exec(line)?.[1]).find((found) => found !== undefined);
  return alias === undefined ? `provider.${name}` : `provider.${name}.${alias}`;
}

/** The lines of a file, with block comments and the content of here documents left empty, because they only look like code. */
function codeLines(text: string): readonly string[] {
  let heredoc: string | undefined;
  let isComment = false;
  return text.split(/\r?\n/).map((line) => {
    if (heredoc !== undefined) {
      if (line.trim() === heredoc) heredoc = undefined;
      return "";
    }
    const wasComment = isComment;
    isComment = wasComment ? !line.includes("*/") : /^\s*\/\*(?!.*\*\/)/u.test(line);
    if (wasComment || isComment) return "";
    heredoc = heredocStart.exec(line)?.[1];
    return line;
  });
}

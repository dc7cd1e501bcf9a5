import { visible } from "../shown-text.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Keeps forges from turning plain text into a link, a mention or a reference. */
const breaker = "\u200b";

/** An underscore that may begin or end emphasis, in code written as HTML too: any but one within a word. */
const looseUnderscore = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/;
const inText = new RegExp(`[&<>"|\`*~[\\]\\\\$]|${looseUnderscore.source}`, "g");
const inCode = new RegExp(`[&<>"|\`*~[\\]\\\\$@#!]|:(?=//)|\\bw(?=ww\\.)|${looseUnderscore.source}`, "gi");

/** How much of a name is shown. */
const longestName = 200;

/**
 * A text of the plan as plain text in Markdown, also within HTML and tables.
 *
 * Forges look for mentions and references in the finished page, where no escape is left: these are broken by a space
 * without width.
 *
 * @see https://github.github.com/gfm/
 */
export function plainText(text: string): string {
  return visible(text)
    .replace(/[@#](?=[\p{L}\p{N}_])|\bGH-(?=\d)|!(?=\d)|:(?=\/\/)|\bwww(?=\.)/giu, `$&${breaker}`)
    .replace(inText, entityOf);
}

/**
 * A name of the plan as code, in which forges look for nothing but addresses: these make no links, since the characters by
 * which they are known are written as entities.
 */
export function codeName(text: string): string {
  const escaped = visible(text, longestName).replace(inCode, entityOf);
  return `<code>${escaped}</code>`;
}

function entityOf(character: string): string {
  return entities[character] ?? `&#${character.charCodeAt(0)};`;
}

/** Items between a beginning and an end, of which as many are shown as there is room for. */
export interface Section {
  readonly begin: string;
  /** Each is shown whole or not at all. */
  readonly items: readonly string[];
  /** Says how many more there are. */
  readonly more: (count: number) => string;
  readonly end: string;
}

/** Shows sections within so many characters: each gets what it needs up to its share, the first ones get what is left. */
export function fitSections(sections: readonly Section[], most: number): string {
  const frames = sections.map(({ begin, items, more, end }) => begin.length + more(items.length).length + end.length);
  const room = most - total(frames);
  const needs = sections.map(({ items }) => total(items.map(({ length }) => length)));
  const share = Math.floor(room / sections.length);
  const promised = needs.map((need) => Math.min(need, share));
  let spare = room - total(promised);
  return sections
    .map((section, index) => {
      const own = promised[index] ?? 0;
      const extra = Math.min(spare, (needs[index] ?? 0) - own);
      spare -= extra;
      return renderSection(section, own + extra);
    })
    .join("");
}

function renderSection({ begin, items, more, end }: Section, room: number): string {
  let used = 0;
  const firstTooMany = items.findIndex(({ length }) => (used += length) > room);
  if (firstTooMany < 0) return begin + items.join("") + end;
  return begin + items.slice(0, firstTooMany).join("") + more(items.length - firstTooMany) + end;
}

function total(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

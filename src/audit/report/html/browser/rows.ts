import { type Filter, hasWords } from "./choice.ts";
import { get } from "./elements.ts";

/** Hides findings and rows of the table that a filter does not want. On paper all of them stay. */
export function filterRows(filter: Filter): void {
  for (const [place, selector] of [
    ["findings", ".finding"],
    ["table", "#table tbody tr"],
  ] as const) {
    const rows = [...document.querySelectorAll<HTMLElement>(selector)];
    for (const row of rows) row.classList.toggle("unwanted", !isWanted(row, filter));
    const isEmpty = rows.length > 0 && rows.every(({ classList }) => classList.contains("unwanted"));
    get(`[data-nothing="${place}"]`, HTMLElement).hidden = !isEmpty;
  }
}

function isWanted({ dataset, textContent }: HTMLElement, filter: Filter): boolean {
  const isChanged = !filter.onlyChanged || dataset["changed"] === "yes";
  return isChanged && Number(dataset["gravity"]) >= filter.gravity && hasWords(textContent, filter);
}

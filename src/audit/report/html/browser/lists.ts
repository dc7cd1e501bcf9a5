import type { PageData } from "../page-data.ts";
import { get } from "./elements.ts";
import { type Filter, hasWords, isOfPlan } from "./filter.ts";

/** What is shown of the list of access and of the findings before the reader asks for more. */
const first = { access: 12, findings: 20 } as const;

/** What is asked of the list of access. */
export interface AccessAsked {
  readonly data: PageData;
  readonly filter: Filter;
  /** For each graph, the identities that the filter asks for. */
  readonly wanted: readonly ReadonlySet<number>[];
  readonly isWhole: boolean;
}

/** Shows the rows of the identities that a filter asks for, and how many they are. */
export function filterAccess({ data, filter, wanted, isWhole }: AccessAsked): void {
  const all = data.graphs.reduce((sum, { identities }) => sum + identities.length, 0);
  const asked = wanted.reduce((sum, { size }) => sum + size, 0);
  let listed = 0;
  for (const row of document.querySelectorAll<HTMLElement>("#access tbody tr")) {
    const { graph, index } = placeOf(row);
    const isWanted = wanted[graph]?.has(index) === true;
    listed += isWanted ? 1 : 0;
    row.classList.toggle("unwanted", !isWanted || (!isWhole && listed > first.access));
  }
  setCount("access", asked, all);
  offerMore("access", { isWhole, listed });
  const leftOut = get("[data-left-out=access]", HTMLElement);
  leftOut.hidden = listed === asked;
  leftOut.textContent = `${asked - listed} more are not listed here; the report in JSON has all of them.`;
  const nothing = get("[data-nothing=access]", HTMLElement);
  nothing.hidden = asked > 0;
  nothing.textContent = all === 0 ? "There is no access." : nothingWords(filter);
  if (data.kind === "plan") {
    get("[data-title=changes]", HTMLElement).textContent = filter.onlyChanged ? "What changes" : "All access";
  }
}

/** The place of the identity that a row is about. */
export function placeOf({ dataset }: HTMLElement): { readonly graph: number; readonly index: number } {
  const [graph = -1, index = -1] = (dataset["place"] ?? "").split(".").map(Number);
  return { graph, index };
}

/** Shows the findings that a filter asks for, and how many they are. */
export function filterFindings(filter: Filter, isWhole: boolean): void {
  const all = [...document.querySelectorAll<HTMLElement>("#findings .finding")];
  const wanted = new Set(all.filter((finding) => isWanted(finding, filter)));
  const listed = all.filter(({ classList }) => !classList.contains("accepted"));
  const shown = listed.filter((finding) => wanted.has(finding));
  const later = new Set(isWhole ? [] : shown.slice(first.findings));
  for (const finding of all) finding.classList.toggle("unwanted", !wanted.has(finding) || later.has(finding));
  setCount("findings", shown.length, listed.length);
  setCount("accepted", wanted.size - shown.length, all.length - listed.length);
  offerMore("findings", { isWhole, listed: shown.length });
  const nothing = get("[data-nothing=findings]", HTMLElement);
  nothing.hidden = shown.length > 0;
  nothing.textContent = listed.length === 0 ? "There are none." : nothingWords(filter);
}

function offerMore(
  name: keyof typeof first,
  { isWhole, listed }: { readonly isWhole: boolean; readonly listed: number },
): void {
  const more = get(`[data-more=${name}]`, HTMLButtonElement);
  more.hidden = isWhole || listed <= first[name];
  more.textContent = `Show all ${listed}`;
}

/** Says how many of how many are shown, in a heading. */
export function setCount(name: string, shown: number, all: number): void {
  const place = document.querySelector(`[data-count=${name}]`);
  if (place !== null) place.textContent = shown === all ? String(all) : `${shown} of ${all}`;
}

/** Why nothing is shown, and how to see more. */
function nothingWords({ onlyChanged, words, gravity, plan }: Filter): string {
  const rest = "Without “Only what changes”, what was so already is shown as well.";
  if (!onlyChanged) return "Nothing matches the filter.";
  return words.length === 0 && gravity === 0 && plan === undefined
    ? `The plan brings nothing new here. ${rest}`
    : `Nothing that changes matches the filter. ${rest}`;
}

function isWanted({ dataset, textContent }: HTMLElement, filter: Filter): boolean {
  const isChanged = !filter.onlyChanged || dataset["changed"] === "yes";
  const plans = dataset["plans"]?.split(" ").map(Number);
  return (
    isChanged &&
    Number(dataset["gravity"]) >= filter.gravity &&
    isOfPlan(plans, filter) &&
    hasWords(textContent, filter)
  );
}

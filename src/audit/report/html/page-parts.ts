import { upperFirst } from "../../../vocabulary/upper-first.ts";
import type { Audit } from "../../audit.ts";
import { severities } from "../../gate/severity.ts";
import { gravity } from "./gravity.ts";
import { markup, type Markup } from "./markup.ts";
import { timeWords } from "./token-words.ts";

/** What the filter begins with. */
interface FirstFilter {
  readonly text: string | undefined;
  readonly onlyChanged: boolean;
}

/** The filter, and the choice of colors. */
export function renderFilter({ kind, plans }: Audit, { text, onlyChanged }: FirstFilter): Markup {
  const choices = severities.map(
    (severity) =>
      markup`<option value="${gravity(severity)}">${severity}${severity === "critical" ? " only" : " or higher"}</option>`,
  );
  return markup`<form id="filter" role="search" aria-label="Filter of the whole page" class="needs-program">
    <label class="text"
      >Search
      <input
        type="search"
        name="text"
        placeholder="identity, role, privilege, token"
        value="${text}"
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck="false"
      /><kbd aria-hidden="true">/</kbd></label
    >
    <label
      >Severity
      <select name="gravity">
        <option value="0">all</option>
        ${choices}
      </select></label
    >
    ${plans.length < 2 ? undefined : choiceOfPlan(kind, plans)}
    ${kind === "state" ? undefined : markup`<label class="check"><input type="checkbox" name="changed"${onlyChanged ? { html: " checked" } : undefined} /> Only what changes</label>`}
    <output id="shown" role="status"></output>
    <label class="colors"
      >Theme
      <select name="colors">
        <option value="">system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select></label
    >
  </form>`;
}

function choiceOfPlan(kind: Audit["kind"], plans: Audit["plans"]): Markup {
  return markup`<label class="plan"
    >${upperFirst(kind)}
    <select name="plan">
      <option value="">all ${plans.length}</option>
      ${plans.map(({ name }, index) => markup`<option value="${index}">${name}</option>`)}
    </select></label
  >`;
}

/** The place of the graph, which the page's program draws. */
export function renderGraph({ kind }: Audit): Markup {
  return markup`<section id="graph" aria-labelledby="graph-heading">
    <div class="heading">
      <h2 id="graph-heading">Who can do what</h2>
      ${kind === "state" ? undefined : sideChoice}
    </div>
    <p class="legend">${kind === "state" ? undefined : legend}</p>
    <div id="graphs" class="needs-program"></div>
    <p class="help needs-program">
      Click a box to see more about it. Keyboard: arrows move between boxes, Enter opens, Escape closes, / searches.
    </p>
    <p class="without-program">The graph and the time line need JavaScript. The list above shows the same.</p>
  </section>`;
}

/** The place of the time line, which the page's program draws. */
export function renderLives(now: Date): Markup {
  const apply = timeWords(now.getTime(), now.getTime());
  return markup`<section id="tokens" aria-labelledby="tokens-heading" class="needs-program">
    <h2 id="tokens-heading">Lives of access tokens <span class="count" data-count="lives"></span></h2>
    <p class="legend">
      <span class="key"><span class="swatch old"></span>works</span>
      <span class="key"><span class="swatch new"></span>new</span>
      <span class="key"><span class="swatch overlap"></span>replaced, still works</span>
      <span class="key"><span class="swatch cut"></span>stops early</span>
      <span class="key"><span class="swatch disabled"></span>disabled</span>
    </p>
    <p class="help">Times are in UTC. What begins with the apply is counted from ${apply}, the time of this report.</p>
    <div id="lives"></div>
  </section>`;
}

/** The place where the page's program tells more about one thing. */
export const detailsPlace = markup`<section id="details" class="needs-program" aria-labelledby="details-heading" hidden>
  <div class="heading">
    <h2 id="details-heading" tabindex="-1"></h2>
    <button type="button" id="close" aria-keyshortcuts="Escape">Close</button>
  </div>
  <div id="told"></div>
</section>`;

const sideChoice = markup`<fieldset id="side" class="needs-program">
  <legend>Access shown</legend>
  <label><input type="radio" name="side" value="both" checked /> before and after</label>
  <label><input type="radio" name="side" value="before" /> before</label>
  <label><input type="radio" name="side" value="after" /> after</label>
</fieldset>`;

const legend = markup`<span class="mark added">+ new</span> <span class="mark removed">− gone</span>
  <span class="mark changed">~ changes</span> <span class="mark kept">stays</span>
  <span class="mark review">? not all is known</span>`;

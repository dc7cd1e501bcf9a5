import type { Audit } from "../../audit.ts";
import { severities } from "../../gate/severity.ts";
import type { ReportOptions } from "../report-options.ts";
import { gravity } from "./finding-list.ts";
import { markup, type Markup } from "./markup.ts";

/** The filter, and the choice of colors. */
export function renderFilter({ kind }: Audit, { filter }: Pick<ReportOptions, "filter">): Markup {
  const choices = severities
    .slice(1)
    .map(
      (severity) =>
        markup`<option value="${gravity(severity)}">${severity}${severity === "critical" ? "" : " or graver"}</option>`,
    );
  return markup`<form id="filter" role="search" aria-label="Filter of the whole page" class="needs-program">
    <label class="text"
      >Filter
      <input
        type="search"
        name="text"
        placeholder="identity, role, privilege, token"
        value="${filter}"
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck="false"
      /><kbd aria-hidden="true">/</kbd></label
    >
    <label
      >Findings
      <select name="gravity">
        <option value="0">with or without</option>
        <option value="1">any severity</option>
        ${choices}
      </select></label
    >
    ${kind === "state" ? undefined : markup`<label class="check"><input type="checkbox" name="changed" /> Only what changes</label>`}
    <output id="shown" role="status"></output>
    <label class="colors"
      >Colors
      <select name="colors">
        <option value="">of the system</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select></label
    >
  </form>`;
}

/** The places of the graph and the time line, which the page's program draws. */
export function renderViews({ kind }: Audit): Markup {
  return markup`<section id="graph" aria-labelledby="graph-heading">
      <div class="heading">
        <h2 id="graph-heading">Who can do what</h2>
        ${kind === "state" ? undefined : sideChoice}
      </div>
      <p class="legend">${kind === "state" ? undefined : legend}</p>
      <div id="graphs" class="needs-program"></div>
      <p class="help needs-program">
        Arrow keys go from box to box, Enter tells more about one, Escape goes back, / goes to the filter.
      </p>
      <div id="details" class="needs-program" role="status" aria-label="About the chosen box"></div>
      <p class="without-program">The graph and the time line need JavaScript. The table below tells the same.</p>
    </section>
    <section id="tokens" aria-labelledby="tokens-heading">
      <h2 id="tokens-heading">Lives of access tokens</h2>
      <p class="legend">
        <span class="swatch old"></span> exists <span class="swatch new"></span> new
        <span class="swatch overlap"></span> replaced, works on for its overlap <span class="swatch cut"></span> cut off
        <span class="swatch disabled"></span> disabled
      </p>
      <div id="lives" class="needs-program"></div>
    </section>`;
}

const sideChoice = markup`<fieldset id="side" class="needs-program">
  <legend>Show</legend>
  <label><input type="radio" name="side" value="both" checked /> changes</label>
  <label><input type="radio" name="side" value="before" /> before</label>
  <label><input type="radio" name="side" value="after" /> after</label>
</fieldset>`;

const legend = markup`<span class="mark added">+ new</span> <span class="mark removed">− gone</span>
  <span class="mark changed">~ changes</span> <span class="mark kept">stays</span>
  <span class="mark review">? review</span>`;

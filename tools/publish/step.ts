/** What a dry run of publishing looks at. */
export interface Publishing {
  /** The project's folder. */
  readonly root: string;
  readonly version: string;
  /** The folder with the release. */
  readonly release: string;
  /** The platforms that the release was made for, as file names spell them. */
  readonly platforms: readonly string[];
}

/** What a step has come to. */
export interface StepResult {
  /** `ready` needs nothing more, `missing` stands in the way of publishing, `by-hand` is for the maintainer alone. */
  readonly state: "ready" | "missing" | "by-hand";
  /** What was found, or what to do; one line each. */
  readonly lines: readonly string[];
}

/** One step of publishing. */
export interface Step {
  readonly title: string;
  readonly run: (publishing: Publishing) => Promise<StepResult>;
}

/** A step that the maintainer takes; the dry run only tells how. */
export function byHand(title: string, lines: (publishing: Publishing) => readonly string[]): Step {
  return { title, run: async (publishing) => Promise.resolve({ state: "by-hand", lines: lines(publishing) }) };
}

/** Ready where there is no fault, otherwise missing what the faults name. */
export function judged(faults: readonly string[], found: readonly string[]): StepResult {
  return faults.length === 0 ? { state: "ready", lines: found } : { state: "missing", lines: faults };
}

const marks = { ready: "✓", missing: "✗", "by-hand": "→" } as const;

/** Renders a step with its number for people. */
export function renderStep(number: number, title: string, { state, lines }: StepResult): string {
  const head = `${marks[state]} ${String(number).padStart(2)}. ${title}`;
  return [head, ...lines.map((line) => `      ${line}`)].map((line) => `${line}\n`).join("");
}

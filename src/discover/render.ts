import type { Finding } from "./findings.ts";
import type { Model } from "./model.ts";
import { wrapped } from "./shown-text.ts";

/** A cluster as it is rendered. */
export interface Discovered {
  /** Of which cluster it is, for people. */
  readonly host: string;
  readonly model: Model;
  readonly findings: readonly Finding[];
}

/** A file of the code. */
export interface CodeFile {
  readonly name: string;
  readonly text: string;
}

/** Lines of a comment with what was found at any of these parts of the model. */
export function remarksAt(findings: readonly Finding[], ...parts: readonly object[]): readonly string[] {
  return findings.filter(({ at }) => parts.includes(at)).flatMap(({ remark }) => wrapped(remark));
}

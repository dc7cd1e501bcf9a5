import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseAllDocuments } from "yaml";

/** What a template for GitLab may be given. */
interface Input {
  readonly default?: string | number;
  readonly options?: readonly (string | number)[];
  readonly type?: "string" | "number";
}

/** A job of GitLab. */
export interface GitlabJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly allow_failure: { readonly exit_codes: number };
}

/** A template for GitLab: what it takes, and the pipeline that it becomes. */
export interface GitlabTemplate {
  readonly header: unknown;
  readonly inputs: Readonly<Record<string, Input>>;
  /** The pipeline, before anything is filled in. */
  readonly body: unknown;
}

/** The project's own template. The tests that use it fail where its shape is another one. */
export async function readTemplate(root: string): Promise<GitlabTemplate> {
  const text = await readFile(path.join(root, "pipelines/gitlab/audit.yml"), "utf8");
  const [header, body] = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  const { spec } = header as { readonly spec: { readonly inputs: Readonly<Record<string, Input>> } };
  return { header, inputs: spec.inputs, body };
}

/**
 * The pipeline that a template becomes, as GitLab makes it: a value that is an input as a whole keeps its type.
 *
 * @throws {Error} when an input is not known, is missing, or is not one of those to choose from
 */
export function include(template: GitlabTemplate, given: Readonly<Record<string, string | number>>): unknown {
  const unknown = Object.keys(given).filter((name) => !(name in template.inputs));
  if (unknown.length > 0) throw new Error(`The template has no inputs ${unknown.join(", ")}.`);
  const values = Object.entries(template.inputs).map(([name, input]) => {
    const value = given[name] ?? input.default;
    if (value === undefined) throw new Error(`The input ${name} is missing.`);
    if (input.options?.some((option) => option === value) === false)
      throw new Error(`${name} cannot be ${String(value)}.`);
    if (typeof value !== (input.type ?? "string")) throw new Error(`${name} is not a ${input.type ?? "string"}.`);
    return [name, value] as const;
  });
  return filled(template.body, new Map(values));
}

function filled(value: unknown, inputs: ReadonlyMap<string, string | number>): unknown {
  if (typeof value === "string") {
    const [, whole] = /^\$\[\[ inputs\.([\w-]+) \]\]$/.exec(value) ?? [];
    if (whole !== undefined) return inputs.get(whole);
    return value.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_all, name: string) => String(inputs.get(name)));
  }
  if (Array.isArray(value)) return value.map((item: unknown) => filled(item, inputs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [name, filled(item, inputs)]),
  );
}

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { judged, type Step } from "./step.ts";

const run = promisify(execFile);

/** The host of all addresses that only a publisher knows. Names under `.invalid` belong to nobody, and never will (RFC 2606). */
export const placeholderHost = "publisher.invalid";

/** What a publisher fills in before anything is published. */
interface Placeholder {
  readonly pattern: RegExp;
  readonly files: RegExp;
  readonly fill: string;
}

const placeholders: readonly Placeholder[] = [
  {
    pattern: new RegExp(placeholderHost.replace(".", "[.]")),
    files: /^(?!tools\/publish\/|test\/|RELEASING\.md$|CHANGELOG\.md$|docs\/decisions\/)/,
    fill: "put the address of the public repository here",
  },
  {
    pattern: /^ {2}"private": true,$/,
    files: /^package\.json$/,
    fill: 'write "private": false here: as long as it is true, npm publishes nothing',
  },
  {
    pattern: /not published|not in a public registry/i,
    files: /^(action\.yml|SECURITY\.md|README\.md|docs\/(?!decisions\/).*\.md)$/,
    fill: "say here where the package and the provider are published",
  },
  {
    pattern: /would be a stranger's/,
    files: /^tools\/style\/commands\.ts$/,
    fill: "delete this rule: from now on pages may tell people to install from npm's registry",
  },
];

/** A place that a publisher has to fill. */
export interface OpenPlace {
  readonly file: string;
  readonly line: number;
  readonly fill: string;
}

/** The places in one file's text that are still to be filled. */
export function findPlaceholders(file: string, text: string): readonly OpenPlace[] {
  const own = placeholders.filter(({ files }) => files.test(file));
  return text
    .split("\n")
    .flatMap((content, index) =>
      own.filter(({ pattern }) => pattern.test(content)).map(({ fill }) => ({ file, line: index + 1, fill })),
    );
}

/** Lists each place that only a publisher can fill, in all files that git knows. */
export const placeholderStep: Step = {
  title: "Fill what only the publisher knows",
  run: async ({ root }) => {
    const { stdout } = await run("git", ["ls-files", "-z"], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
    const files = stdout.split("\0").filter((file) => placeholders.some((one) => one.files.test(file)));
    const open = await Promise.all(
      files.map(async (file) => findPlaceholders(file, await readFile(path.join(root, file), "utf8").catch(() => ""))),
    );
    return judged(
      open.flat().map(({ file, line, fill }) => `${file}:${line}: ${fill}`),
      ["No placeholder is left."],
    );
  },
};

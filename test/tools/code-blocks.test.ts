import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "@jest/globals";
import ts from "typescript";
import { parse } from "yaml";
import { type Taker, takers } from "../support/pages/page-register.ts";
import { blocksOf, type CodeBlock, findPages, readBlocks, readCode } from "../support/pages/pages.ts";

const root = path.resolve(__dirname, "../..");

/** Languages of blocks that nobody runs: what is printed, and what is drawn. */
const shown = new Set(["text", "console"]);

type Found = ReadonlyMap<string, readonly CodeBlock[]>;

/** What is wrong with a block as a program of its language; `undefined` when nothing is. */
const syntax: Readonly<Record<string, (code: string) => Promise<string | undefined> | string | undefined>> = {
  sh: faultOfScript,
  bash: faultOfScript,
  shell: faultOfScript,
  ts: faultOfProgram,
  python: faultOfPython,
  json: (code) => faultOf(() => JSON.parse(code)),
  yaml: (code) => faultOf(() => parse(code)),
  // An engine reads them where they are applied, and all of them where their format is checked.
  hcl: () => undefined,
  terraform: () => undefined,
  // Evaluated by the test that takes it.
  rego: () => undefined,
  // systemd and cron: their tests have them verified, and run what they start.
  ini: () => undefined,
  crontab: () => undefined,
};

let pages: Found;

beforeAll(async () => {
  const names = (await findPages()).filter((page) => /^(?:README\.md|CONTRIBUTING\.md|docs\/)/.test(page));
  const found = names.map(async (page) => [page, await readBlocks(page)] as const);
  pages = new Map(await Promise.all(found));
});

async function faultOfScript(code: string): Promise<string | undefined> {
  return faultOfRun("bash", ["-n", "-c", code]);
}

async function faultOfPython(code: string): Promise<string | undefined> {
  return faultOfRun("python3", ["-c", "import ast, sys; ast.parse(sys.argv[1])", code]);
}

async function faultOfRun(program: string, args: readonly string[]): Promise<string | undefined> {
  return promisify(execFile)(program, args).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

function faultOfProgram(code: string): string | undefined {
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  return diagnostics.length === 0
    ? undefined
    : diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("; ");
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Blocks of pages that no test takes, or that are of a language that nobody knows, and takers without their blocks. */
function findUntaken(found: Found, register: readonly Taker[]): readonly string[] {
  return [...found].flatMap(([page, blocks]) => {
    const own = register.filter(
      ({ pages: taken }) => page === taken || (taken.endsWith("/") && page.startsWith(taken)),
    );
    const languages = new Set([
      ...blocks.map(({ language }) => language),
      ...own.flatMap((taker) => Object.keys(taker.blocks)),
    ]);
    return [...languages].flatMap((language) => {
      const count = blocks.filter((block) => block.language === language).length;
      const taken = own.map((taker) => taker.blocks[language] ?? 0);
      if (shown.has(language) || taken.includes("all")) return [];
      const sum = taken.reduce<number>((before, one) => before + Number(one), 0);
      return sum === count ? [] : [`${page}: ${count} blocks of "${language}", and tests take ${sum}`];
    });
  });
}

test("every block of code in a page is taken by a test: see test/support/pages/page-register.ts", () => {
  expect(findUntaken(pages, takers)).toEqual([]);
  expect(pages.size).toBeGreaterThan(60);
});

test("every block of code in a page is of a known language, and well-formed", async () => {
  const faults: string[] = [];

  for (const [page, blocks] of pages) {
    for (const { language, code, line } of blocks) {
      const check = syntax[language];
      const fault = shown.has(language) ? undefined : check === undefined ? "of no known language" : await check(code);
      if (fault !== undefined) faults.push(`${page}:${line}: ${fault}`);
    }
  }

  expect(faults).toEqual([]);
});

test("a block for the shell can be pasted as a whole into bash and into zsh", () => {
  const faults: string[] = [];

  for (const [page, blocks] of pages) {
    // These are for an editor: parts of a script, each with a comment above it.
    if (/^(CONTRIBUTING\.md|docs\/(resources|performance))/.test(page)) continue;
    for (const { code, line } of blocks.filter(({ language }) => language === "sh"))
      faults.push(...pasteFaults(code).map((fault) => `${page}:${line}: ${fault}`));
  }

  expect(faults).toEqual([]);
});

/** What a line would do with the lines that are pasted after it, and what only one of the two shells understands. */
function pasteFaults(code: string): readonly string[] {
  const lines = code.trimEnd().split("\n");
  const asking =
    /(^|\s)(tofu|terraform)( -chdir=\S+)? (apply|destroy)\b(?!.*(-auto-approve|-input=false|plan))|(^|[;&|])\s*read -/;
  return lines.flatMap((line, index) => [
    ...(asking.test(line) && index < lines.length - 1 ? [`"${line}" reads the next line as an answer`] : []),
    ...(line.includes("read -rs -p") ? ["zsh has no read -p"] : []),
    ...(/\s#/.test(line) ? [`"${line}": zsh takes no comments at its prompt`] : []),
  ]);
}

test("a test that takes one page is there, and names the page", async () => {
  for (const { test: file, pages: page } of takers) {
    const text = await readFile(path.join(root, file), "utf8");
    if (!page.endsWith("/"))
      expect({ file, page, isNamed: text.includes(path.basename(page)) }).toMatchObject({ isNamed: true });
    else expect([...pages.keys()].some((name) => name.startsWith(page))).toBe(true);
  }
});

test("a block that nobody takes, one too many, and a taker whose block is gone are found", () => {
  const text = "# A\n\n```sh\nls\n```\n\n1. B\n\n   ```hcl\n   a = 1\n   ```\n\n```text\nx\n```\n";
  const found = new Map([["docs/a.md", blocksOf(text)]]);
  const register = (blocks: Taker["blocks"]) => [{ test: "a.test.ts", pages: "docs/a.md", blocks }];

  expect(findUntaken(found, register({ sh: 1, hcl: "all" }))).toEqual([]);
  expect(findUntaken(found, [])).toHaveLength(2);
  expect(findUntaken(found, register({ sh: 2, hcl: 1 }))).toHaveLength(1);
  expect(findUntaken(found, register({ sh: 1, hcl: 1, ts: 1 }))).toEqual([
    'docs/a.md: 0 blocks of "ts", and tests take 1',
  ]);
  expect(found.get("docs/a.md")?.map(({ code }) => code)).toEqual(["ls\n", "a = 1\n", "x\n"]);
});

test("the decision 0052-cdktf-and-cdktn.md names the versions that are tested", async () => {
  const [json = ""] = await readCode("docs/decisions/0052-cdktf-and-cdktn.md", "json");
  // The project's own manifest.
  const { version, devDependencies } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    readonly version: string;
    readonly devDependencies: Readonly<Record<string, string>>;
  };

  expect(JSON.parse(json)).toMatchObject({
    dependencies: {
      "@cdktf/provider-null": devDependencies["@cdktf/provider-null"],
      cdktf: `npm:cdktn@${devDependencies["cdktn"] ?? ""}`,
      "cdktf-qumulo": version,
      constructs: devDependencies["constructs"],
    },
  });
});

test.each(["docs/guides/constructs.md", "docs/guides/from-click-ops.md"])(
  "the terminal package that %s gives cdktf-cli is the one that is tested, and stands where cdktf-cli finds it",
  async (page) => {
    const name = "@cdktf/node-pty-prebuilt-multiarch";
    const { overrides } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
      readonly overrides: Readonly<Record<string, string>>;
    };
    const found = createRequire(require.resolve("cdktf-cli/package.json")).resolve(`${name}/package.json`);
    const { name: standIn, version } = JSON.parse(await readFile(found, "utf8")) as Readonly<Record<string, string>>;

    expect(await readFile(path.join(root, page), "utf8")).toContain(`"overrides.${name}=${overrides[name] ?? ""}"`);
    expect(overrides[name]).toBe(`npm:${standIn ?? ""}@${version ?? ""}`);
  },
);

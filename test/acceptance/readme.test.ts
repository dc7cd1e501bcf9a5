import { execFile } from "node:child_process";
import { access, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { rulePagePlace } from "../../src/audit/report/rule-page.ts";
import { rules } from "../../src/audit/rules/registry.ts";
import { installPackages } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { isDead, linksOf } from "../support/pages/links.ts";
import { readCode } from "../support/pages/pages.ts";

const ground = getAcceptanceGround();
const { root, library, folder } = ground;
const guide = "docs/guides/constructs.md";

test("the program in the README is the example that the tests deploy", async () => {
  const [program = ""] = await readCode("README.md", "ts");
  const example = await readFile(path.join(root, "examples/service-account/main.ts"), "utf8");

  const lines = program.split("\n").map((line) => line.trim());

  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(example).toContain(line);
});

test("the start from an empty folder synthesizes, with the files and the package that its guide names", async () => {
  const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  const [program = ""] = await readCode(guide, "ts");
  const [cdktfJson = ""] = await readCode(guide, "json");
  const { app } = JSON.parse(cdktfJson) as { readonly app: string };
  const place = path.join(folder, "empty-folder");
  await mkdir(place);
  await installPackages(ground, place);
  await writeFile(path.join(place, "main.ts"), program);

  await promisify(execFile)("sh", ["-c", app], { cwd: place });

  const template = await readFile(path.join(place, "cdktf.out/stacks/access/cdk.tf.json"), "utf8");
  expect(JSON.parse(template)).toMatchObject({
    resource: { qumulo_access_token: expect.any(Object) },
    output: { monitoring_bearer_token: { sensitive: true } },
  });
  const commands = (await readCode(guide, "sh")).join("");
  for (const library of ["cdktf", "cdktn"]) expect(commands).toContain(`/${name}-${version}.tgz ${library}@`);
});

test.each([
  { what: "the guide's use of the simulator", page: "docs/simulator.md", index: 0, output: "7.8.2 1 1\n" },
  { what: "the guide's use of client and simulator", page: "docs/simulator.md", index: 1, output: "admin\n" },
  {
    what: "the page's use of the control API",
    page: "docs/simulator-service.md",
    index: 0,
    output: "2030-03-02T12:00:00.000Z\n",
  },
])("$what runs as it stands", async ({ page, index, output }) => {
  const program = (await readCode(page, "ts"))[index] ?? "";
  const place = path.join(folder, `program-${path.basename(page)}-${index}`);
  await mkdir(path.join(place, "node_modules"), { recursive: true });
  await symlink(library, path.join(place, "node_modules/cdktf-qumulo"), "dir");
  await writeFile(path.join(place, "program.mjs"), program);

  const { stdout } = await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: place });

  expect(stdout).toBe(output);
});

test("every npm script and test that README, CONTRIBUTING and guides name is there", async () => {
  const texts = await Promise.all(
    ["README.md", "CONTRIBUTING.md", "docs/simulator.md", guide].map(async (name) =>
      readFile(path.join(root, name), "utf8"),
    ),
  );
  const manifest = await readFile(path.join(root, "package.json"), "utf8");

  const named = [...texts.join("\n").matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => `"${script ?? ""}":`);

  const files = texts.flatMap((text) => [...text.matchAll(/npx jest ([\w./-]+)/g)].map(([, file = ""]) => file));

  expect(named.length).toBeGreaterThan(3);
  for (const script of named) expect(manifest).toContain(script);
  for (const file of files.filter((name) => !name.startsWith("-"))) await access(path.join(root, file));
});

test("the packed package has its own pages, every link in them leads to a file of it, and so does the page of each rule", async () => {
  const files = (await readdir(library, { recursive: true })).filter((file) => !file.includes("node_modules"));
  const dead: string[] = [];

  for (const page of files.filter((file) => file.endsWith(".md"))) {
    // The places in them are those of the sources, which have a test.
    const targets = linksOf(await readFile(path.join(library, page), "utf8")).map((link) => link.replace(/#.*/, ""));
    for (const target of new Set(targets)) if (await isDead(library, page, target)) dead.push(`${page}: ${target}`);
  }

  expect(dead).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(rules.map(({ id }) => rulePagePlace(id).split(" ")[0])));
  // What somebody left behind who tried the examples holds secrets.
  expect(
    files.filter((file) => file.startsWith("examples") && /tfstate|cdktf\.out|\.terraform|\.json$/.test(file)),
  ).toEqual(files.filter((file) => /^examples\/[\w-]+\/cdktf\.json$/.test(file)));
});

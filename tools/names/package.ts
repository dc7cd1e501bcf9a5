import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { rules } from "../../src/audit/rules/registry.ts";

const exported = /^export (?:abstract |declare )*(class|const|enum|function|interface|type) (\w+)/;
const member = /^ {4}(?:(?:abstract|get|readonly|set|static) )*(\w+)(?=[?(:<])/;
const variable = /(?<![A-Z_])QUMULO_[A-Z0-9_]*[A-Z0-9]/g;

/** An example in a docstring may have a variable of its reader's own. */
const comment = /^ *(?:[*]|\/[*]|\/\/).*$/gm;

/** What programs import, and what other programs find in the package, its reports and its environment. */
export async function packageNames(root: string): Promise<readonly string[]> {
  return [
    ...(await entryPointNames(root)),
    ...(await environmentNames(root)),
    ...(await reportNames(root)),
    ...(await pipelineNames(root)),
    ...rules.map(({ id }) => `audit rule ${id}`),
  ];
}

/** From the reports in `etc/api`, of which `npm run check:api` says that they are the public surface. */
async function entryPointNames(root: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const file of await readdir(path.join(root, "etc/api"))) {
    const entryPoint = `import ${path.basename(file, ".api.md")}`;
    let owner = "";
    for (const line of (await readFile(path.join(root, "etc/api", file), "utf8")).split("\n")) {
      const [, kind, name] = exported.exec(line) ?? [];
      if (name !== undefined) {
        owner = `${entryPoint} ${name}`;
        names.push(`${owner}: ${kind ?? ""}`);
      }
      const [, own] = member.exec(line) ?? [];
      if (own !== undefined && owner !== "") names.push(`${owner}.${own}`);
      if (line.startsWith("}")) owner = "";
    }
  }
  return names;
}

async function environmentNames(root: string): Promise<readonly string[]> {
  const files = await Promise.all(
    ["src", "constructs"].map(async (folder) =>
      readdir(path.join(root, folder), { recursive: true, withFileTypes: true }),
    ),
  );
  const sources = files.flat().filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  const texts = await Promise.all(
    sources.map(async ({ parentPath, name }) => readFile(path.join(parentPath, name), "utf8")),
  );
  return texts
    .flatMap((text) => text.replaceAll(comment, "").match(variable) ?? [])
    .map((name) => `environment ${name}`);
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

async function reportNames(root: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const file of await readdir(path.join(root, "schemas"))) {
    // The file is ours, and a JSON schema.
    const schema = JSON.parse(await readFile(path.join(root, "schemas", file), "utf8")) as JsonSchema;
    names.push(`schema ${file}`, ...propertyNames(`schema ${file} `, schema));
  }
  return names;
}

function propertyNames(prefix: string, { properties = {}, items, anyOf = [] }: JsonSchema): readonly string[] {
  return [
    ...Object.entries(properties).flatMap(([name, inner]) => [
      `${prefix}${name}`,
      ...propertyNames(`${prefix}${name}.`, inner),
    ]),
    ...[...(items === undefined ? [] : [items]), ...anyOf].flatMap((inner) => propertyNames(prefix, inner)),
  ];
}

/** What a pipeline gives to the templates, and takes from them. */
interface Template {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly spec?: Pick<Template, "inputs">;
}

async function pipelineNames(root: string): Promise<readonly string[]> {
  const read = async (file: string): Promise<string> => readFile(path.join(root, file), "utf8");
  // These files are ours; a second document of GitLab's template is the jobs.
  const action = parse(await read("action.yml")) as Template;
  const [gitlab = ""] = (await read("pipelines/gitlab/audit.yml")).split(/^---$/m);
  const hooks = parse(await read(".pre-commit-hooks.yaml")) as readonly { readonly id: string }[];
  const keys = (of: object = {}): readonly string[] => Object.keys(of);
  return [
    ...keys(action.inputs).map((name) => `action.yml input ${name}`),
    ...keys(action.outputs).map((name) => `action.yml output ${name}`),
    ...keys((parse(gitlab) as Template).spec?.inputs).map((name) => `pipelines/gitlab/audit.yml input ${name}`),
    ...hooks.map(({ id }) => `.pre-commit-hooks.yaml hook ${id}`),
  ];
}

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Application, type DeclarationReflection, type ProjectReflection, ReflectionKind } from "typedoc";
import type { TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import type ts from "typescript";
import type { EntryPoint } from "./entry-points.ts";

/** What pages are made from. */
export interface PageSources {
  readonly root: string;
  readonly sources: ts.Program;
  readonly entryPoints: readonly EntryPoint[];
  /** A folder to work in. */
  readonly folder: string;
}

/** Pages, and whether they tell all. */
export interface Pages {
  /** Text of each page by its file name. */
  readonly files: ReadonlyMap<string, string>;
  /** False when something public has no docstring, or a link leads nowhere: standard error has said what. */
  readonly isComplete: boolean;
}

/** Renders one page for each entry point, and an index of them. */
export async function renderPages({ root, sources, entryPoints, folder }: PageSources): Promise<Pages> {
  const application = await Application.bootstrapWithPlugins(configure(entryPoints));
  const project = application.converter.convert(
    entryPoints.flatMap(({ name, source }) => {
      const sourceFile = sources.getSourceFile(path.join(root, source));
      return sourceFile === undefined ? [] : [{ displayName: name, program: sources, sourceFile }];
    }),
  );
  application.options.setValue("intentionallyNotDocumented", findSelfEvident(project));
  application.validate(project);
  await application.outputs.writeOutput({ name: "markdown", path: folder }, project);
  const files = new Map(await readPages(folder));
  files.set("README.md", renderIndex(project, entryPoints));
  return {
    files,
    isComplete: !application.logger.hasErrors() && !application.logger.hasWarnings(),
  };
}

function configure(entryPoints: readonly EntryPoint[]): Partial<TypeDocOptions & PluginOptions> {
  const specifiers = new Map(entryPoints.map(({ name, specifier }) => [name, specifier]));
  return {
    plugin: ["typedoc-plugin-markdown"],
    name: packageName,
    packagesRequiringDocumentation: [packageName],
    // What is used and not exported shows in the reports.
    validation: { notDocumented: true, invalidLink: true, notExported: false },
    // CDKTF's own members, and those of the bindings, would bury ours.
    excludeExternals: true,
    externalPattern: ["**/node_modules/**", "**/generated/**"],
    excludePrivate: true,
    disableSources: true,
    readme: "none",
    logLevel: "Warn",
    router: "module",
    sort: ["source-order"],
    pageTitleTemplates: { index: "API reference", module: ({ rawName }) => specifiers.get(rawName) ?? rawName },
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useHTMLAnchors: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    typeDeclarationFormat: "table",
    tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
  };
}

const packageName = "cdktf-qumulo";

/** Names of undocumented properties that need no words: the constant that tells what an object is, and parts of a whole. */
function findSelfEvident(project: ProjectReflection): string[] {
  const properties = project
    .getReflectionsByKind(ReflectionKind.Property)
    .filter((property) => property.isDeclaration());
  const selfEvident = properties.filter(
    (property) => !property.hasComment() && (isDiscriminant(property) || isPartOfWhole(property)),
  );
  return [...new Set(selfEvident.map((property) => property.getFriendlyFullName()))];
}

function isDiscriminant({ name, type }: DeclarationReflection): boolean {
  return type?.type === "literal" && ["kind", "name"].includes(name);
}

/** The docstring of a whole tells of the objects inside it: those of a union, in a list, or that a function returns. */
function isPartOfWhole({ parent }: DeclarationReflection): boolean {
  if (parent?.kindOf(ReflectionKind.TypeLiteral) !== true) return false;
  const whole = parent.parent;
  const isObjectItself = whole?.isDeclaration() === true && whole.type?.type === "reflection";
  return !isObjectItself || whole.kindOf(ReflectionKind.Property);
}

function renderIndex({ children = [] }: ProjectReflection, entryPoints: readonly EntryPoint[]): string {
  const items = entryPoints.map(({ name, specifier }) => {
    const summary = children.find((module) => module.name === name)?.comment?.getShortSummary(true) ?? [];
    return `- [${specifier}](${name}.md): ${summary
      .map(({ text }) => text)
      .join("")
      .replaceAll("\n", " ")}`;
  });
  const intro = "What programs import, from the docstrings of the sources.";
  return `# API reference\n\n${intro}\n\n${items.join("\n")}\n`;
}

async function readPages(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder);
  const pages = names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const);
  return new Map(await Promise.all(pages));
}

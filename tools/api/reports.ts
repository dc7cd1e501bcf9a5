import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";
import type { EntryPoint } from "./entry-points.ts";

/** What reports are made from. */
export interface ReportSources {
  readonly root: string;
  /**
   * A folder with the declarations of the entry points, which may be written to. The packages that they import are
   * found from there. It is not below `node_modules`, where nothing is taken for the project's own.
   */
  readonly folder: string;
  readonly entryPoints: readonly EntryPoint[];
}

/**
 * Renders what each entry point makes public as one report, by its file name: a change of it is a change for others.
 *
 * What is not exported but part of something that is, such as a base class, stands in the report with a warning.
 *
 * @throws {Error} when an entry point cannot be understood
 */
export async function renderReports({
  root,
  folder,
  entryPoints,
}: ReportSources): Promise<ReadonlyMap<string, string>> {
  await copyFile(path.join(root, "package.json"), path.join(folder, "package.json"));
  const configs = entryPoints.map((entryPoint) => configure(folder, entryPoint));
  const [first] = configs;
  if (first === undefined) return new Map();
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  return new Map(await Promise.all(configs.map(async (config) => renderReport(config, compilerState))));
}

async function renderReport(config: ExtractorConfig, compilerState: CompilerState): Promise<readonly [string, string]> {
  const { succeeded } = Extractor.invoke(config, { compilerState, localBuild: true, messageCallback: hideProgress });
  const [report] = config.reportConfigs;
  if (!succeeded || report === undefined) throw new Error(`No report for ${config.mainEntryPointFilePath}.`);
  return [report.fileName, await readFile(path.join(config.reportTempFolder, report.fileName), "utf8")];
}

function hideProgress(message: ExtractorMessage): void {
  message.handled = message.category === ExtractorMessageCategory.Console;
}

function configure(folder: string, { name, source }: EntryPoint): ExtractorConfig {
  const declarations = path.join(folder, source.replace(/\.ts$/, ".d.ts"));
  const nothing = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: declarations,
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: folder,
        reportTempFolder: path.join(folder, "reports"),
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        extractorMessageReporting: {
          ...nothing,
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
        tsdocMessageReporting: nothing,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(folder, "package.json"),
  });
}

const compilerOptions = { target: "ES2023", module: "NodeNext", types: ["node"], strict: true, skipLibCheck: true };

import path from "node:path";
import ts from "typescript";
import type { EntryPoint } from "./entry-points.ts";

/** The compiler's view of the entry points and of all that they lead to. Nothing is checked: `tsc` does that. */
export function readSources(root: string, entryPoints: readonly EntryPoint[]): ts.Program {
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(root, "tsconfig.build.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  return ts.createProgram({
    rootNames: entryPoints.map(({ source }) => path.join(root, source)),
    options: { ...parsed?.options, noCheck: true, skipLibCheck: true },
  });
}

/** Writes the declarations of sources below a folder, each where its source stands below the root. */
export function writeDeclarations(sources: ts.Program, folder: string): void {
  const { declarationDir = "" } = sources.getCompilerOptions();
  const write: ts.WriteFileCallback = (file, text) => {
    ts.sys.writeFile(path.join(folder, path.relative(declarationDir, file)), text);
  };
  sources.emit(undefined, write, undefined, true);
}

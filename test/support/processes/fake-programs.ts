import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { lateFiles } from "../../../src/vocabulary/provider-files.ts";

/** A machine of its own: a home folder, a cache, and a PATH on which only the programs of the test stand. */
export interface Machine {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Puts a shell script on the PATH. */
  addProgram(name: string, script: string): Promise<string>;
  remove(): Promise<void>;
}

export async function givenMachine(): Promise<Machine> {
  const folder = await mkdtemp(path.join(tmpdir(), "machine-"));
  const bin = path.join(folder, "bin");
  await mkdir(bin);
  return {
    folder,
    env: { PATH: bin, HOME: folder, XDG_CACHE_HOME: path.join(folder, "cache") },
    addProgram: async (name, script) => writeProgram(path.join(bin, name), script),
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

/** Writes an executable shell script. */
export async function writeProgram(file: string, script: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`, { mode: 0o755 });
  return file;
}

/** Writes what a provider's program loads late: the same text into each file. */
export async function writeLateFiles(folder: string, text: string): Promise<void> {
  for (const file of lateFiles) await writeFile(path.join(folder, file), text);
}

/** A script that answers `version` as an engine does. */
export function engineScript(title: string, version: string): string {
  return `echo "${title} v${version}"; echo "on linux_amd64"`;
}

/** What a stand-in for Go does when it builds. */
export interface GoScript {
  /** @default "1.26.8" */
  readonly version?: string;
  /** The program it writes. @default OpenTofu 1.12.6 */
  readonly output?: string;
  /** It waits until this file exists. */
  readonly gate?: string;
  /** It ends with this message and status 1. */
  readonly failure?: string;
  /** It appends one line to this file for each build. */
  readonly log: string;
}

export function goScript({ version = "1.26.8", output, gate, failure, log }: GoScript): string {
  return `
if [ "$1" = version ]; then echo "go version go${version} linux/amd64"; exit 0; fi
echo built >> '${log}'
echo "go: downloading example.com/module v1.0.0" >&2
echo "example.com/module/package" >&2
${gate === undefined ? "" : `while [ ! -e '${gate}' ]; do [ -e '${log}' ] || exit 1; sleep 0.02; done`}
${failure === undefined ? "" : `echo "${failure}" >&2; exit 1`}
while [ "$1" != -o ]; do shift; done
cat > "$2" <<'END'
#!/bin/sh
${output ?? engineScript("OpenTofu", "1.12.6")}
END
chmod +x "$2"`;
}

/** Writes Go modules like those that pin the engines. */
export async function givenModules(folder: string): Promise<string> {
  const modules = path.join(folder, "modules");
  await mkdir(path.join(modules, "terraform"), { recursive: true });
  await writeFile(path.join(modules, "go.mod"), "module engine\n\ngo 1.26.6\n");
  await writeFile(path.join(modules, "terraform", "go.mod"), "module engine/terraform\n\ngo 1.24.0\n");
  return modules;
}

/** How many builds a stand-in for Go has begun. */
export async function countBuilds(log: string): Promise<number> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text.split("\n").length - 1;
}

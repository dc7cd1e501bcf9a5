import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterEach } from "@jest/globals";

/** A shell that people have. */
export type Shell = "bash" | "zsh";

/** What a script came to. */
export interface ScriptResult {
  /** In a session: the status of the first command that failed while nothing in the script was there for that. */
  readonly exitCode: number;
  /** Both streams. */
  readonly out: string;
}

/** One shell that a person keeps open: what one script sets or changes, the next one finds. */
export interface ShellSession {
  /** Runs a script to its end, as if it were pasted; `input` is what is typed meanwhile. */
  run(script: string, input?: string): Promise<ScriptResult>;
}

interface Sessions {
  readonly child: ChildProcess;
  readonly folder: string;
}

/** A shell without the files that a user has for it. */
const programs: Readonly<Record<Shell, readonly string[]>> = {
  bash: ["/bin/bash", "--noprofile", "--norc"],
  zsh: ["zsh", "-f"],
};

/** Takes the names of scripts from one channel, and gives the status of each to another. The shell itself goes on after a failure. */
const driver = `
trap 'first_failure=\${first_failure:-$?}' ERR
while IFS= read -r script_file <&3; do
  unset first_failure
  . "$script_file" <"$script_file.input" >"$script_file.out" 2>&1
  echo "\${first_failure:-0}" >&4
done
`;

const sessions: Sessions[] = [];

afterEach(async () => {
  for (const { child, folder } of sessions.splice(0)) {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Opens a shell for the rest of the test. */
export async function openSession(options: {
  readonly shell: Shell;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<ShellSession> {
  const { shell, ...place } = options;
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-shell-"));
  const file = path.join(folder, "driver");
  await writeFile(file, driver);
  const [program = "", ...args] = programs[shell];
  const child = spawn(program, [...args, file], { ...place, stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"] });
  sessions.push({ child, folder });
  // As many as were asked for above, in these directions.
  const [scripts, answers] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const statuses: AsyncIterator<string, undefined> = createInterface(answers)[Symbol.asyncIterator]();
  let count = 0;
  return {
    async run(script, input = "") {
      count += 1;
      const name = path.join(folder, String(count));
      await writeFile(name, `${script}\n`);
      await writeFile(`${name}.input`, input);
      scripts.write(`${name}\n`);
      const { value } = await statuses.next();
      const out = await readFile(`${name}.out`, "utf8");
      if (value === undefined) throw new Error(`The shell ended in this script:\n${script}\n${out}`);
      return { exitCode: Number(value), out };
    },
  };
}

/** How a script of its own is started, and by whom. */
const scriptShells = {
  /** With the first command that fails, it ends. */
  bash: ["/bin/bash", "-e", "-c"],
  /** `shell: bash` of GitHub. */
  "bash-of-github": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"],
  /** GitLab, in an image that has bash. */
  "bash-of-gitlab": ["bash", "-eo", "pipefail", "-c"],
  /** GitLab, in one that has not. */
  "sh-of-gitlab": ["sh", "-e", "-c"],
  /** Atlantis, and hooks of Spacelift. */
  sh: ["sh", "-c"],
} as const;

/** A way to start a script. */
export type ScriptShell = keyof typeof scriptShells;

/** Runs a script in a shell of its own; `input` is what is typed meanwhile. */
export async function runScript(
  script: string,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly input?: string | undefined;
    /** @default "bash" */
    readonly shell?: ScriptShell;
  },
): Promise<ScriptResult> {
  const { input = "", shell = "bash", ...place } = options;
  const [program, ...flags] = scriptShells[shell];
  return new Promise((resolve) => {
    const child = execFile(program, [...flags, script], place, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exitCode, out: stdout + stderr });
    });
    // A script that reads nothing may have ended before.
    child.stdin?.on("error", () => undefined).end(input);
  });
}

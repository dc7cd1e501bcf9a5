import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Shell } from "./shells.ts";

/** What somebody came to who pasted the scripts of a page into one shell, where no program is what it seems. */
export interface Rehearsal {
  /** Each program that was started: its arguments, and the environment that our programs and engines read. */
  readonly calls: readonly string[];
  /** What the shell itself complained of. */
  readonly complaints: readonly string[];
}

/** A shell as a terminal starts it, which reads what is pasted from its standard input. */
const interactive: Readonly<Record<Shell, readonly string[]>> = {
  bash: ["/bin/bash", "--noprofile", "--norc", "-i"],
  zsh: ["/usr/bin/zsh", "-f", "-i", "-s"],
};

/** Everything else is only written down. */
const realPrograms = ["cat", "chmod", "cp", "env", "grep", "mkdir", "mv", "rm", "sed", "sh", "sort", "tr", "xargs"];

/** Stands for the end of a line within a call. */
const lineEnd = "\u001e";

/**
 * Both shells call one of these for a program that is not on the PATH. Some run side by side, and bash writes line by line: so each
 * call is one line.
 */
const recorder = String.raw`
describe() { printf '<%s> ' "$@"; echo; env | grep -E '^(QUMULO|PG|TF|TERRAFORM)' | sort; }
record() { call=$(describe "$@" | tr '\n' '\036'); printf '%s\n' "$call" >> "$CALLS"; }
command_not_found_handle() { record "$@"; }
command_not_found_handler() { record "$@"; }
`;

/** The shell's own words about a script; a file that is not there is nobody's fault here. */
const complaint =
  /parse error|syntax error|event not found|no matches found|bad (?:pattern|substitution|math)|not a valid|bad option/;

/**
 * Pastes scripts into an interactive shell, one after another, and types an answer wherever one reads it.
 *
 * It shows what only a shell with a person in front of it does: comments that zsh does not take, history that bash looks up for an
 * exclamation mark, and answers that are read from what is pasted behind. Nothing that a script names is run.
 */
export async function rehearse(shell: Shell, scripts: readonly string[]): Promise<Rehearsal> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-rehearsal-"));
  try {
    const bin = path.join(folder, "bin");
    await mkdir(bin);
    for (const name of realPrograms) await symlink(`/usr/bin/${name}`, path.join(bin, name));
    const calls = path.join(folder, "calls");
    await writeFile(calls, "");
    const [program = "", ...args] = interactive[shell];
    const env = { PATH: bin, HOME: folder, CALLS: calls };
    const child = spawn(program, args, { cwd: folder, env, stdio: ["pipe", "ignore", "pipe"] });
    child.stdin.end(`${recorder}${scripts.map(withAnswers).join("")}`);
    const said = await text(child.stderr);
    return {
      // Programs that run side by side have no order.
      calls: (await readFile(calls, "utf8"))
        .replaceAll(folder, "FOLDER")
        .split("\n")
        .filter((call) => call !== "")
        .map((call) => call.replaceAll(lineEnd, "\n").trimEnd())
        .toSorted(),
      complaints: said.split("\n").filter((line) => complaint.test(line)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withAnswers(script: string): string {
  const asked = [...script.matchAll(/(?:^|[;&|])\s*read -/gm)].length;
  return `${script.trimEnd()}\n${"typed answer\n".repeat(asked)}`;
}

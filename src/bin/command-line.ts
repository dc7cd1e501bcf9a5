/* The command line: what `cdktf-qumulo` loads once Node keeps what it compiles of it. */
import path from "node:path";
import { runCommandLine } from "../cli/command-line.ts";
import { crash } from "../cli/crash.ts";
import { StopSignals } from "../cli/stop-signals.ts";
import { version } from "../vocabulary/package-version.ts";

// Also what is rejected and not handled.
process.on("uncaughtException", crash);

const stop = new StopSignals();
// A reader that has seen enough (`| head -1`) is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  stop.abort();
});
// Whoever read the messages is gone, and what they are about goes on.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void runCommandLine(process.argv.slice(2), {
  env: process.env,
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  ...(process.stdout.isTTY ? { terminal: { columns: process.stdout.columns, isColored: true } } : {}),
  isErrorTerminal: process.stderr.isTTY,
  isInputTerminal: process.stdin.isTTY,
  get stop() {
    return stop.signal;
  },
  releaseStop: () => {
    stop.release();
  },
  version,
  // The build puts both programs into one folder. The name that started this one may be a link to it.
  providerFile: path.join(__dirname, "terraform-provider-qumulo"),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

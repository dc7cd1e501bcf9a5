import { createWriteStream, type WriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { type Simulator, SimulatorError, startSimulator } from "../simulator/index.ts";
import { Secret } from "../vocabulary/secret.ts";
import { type CommandContext, CommandError } from "./command-error.ts";

/** What `simulate` may be asked. */
export interface SimulateFlags {
  readonly port: number;
  readonly adminPassword?: string;
  readonly latency: number;
  readonly requestLog?: string;
  readonly json?: boolean;
}

/** Runs the command `simulate`, until it is stopped. */
export async function simulate(flags: SimulateFlags, context: CommandContext): Promise<void> {
  const log = flags.requestLog === undefined ? undefined : await openLog(flags.requestLog);
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-"));
  try {
    const simulator = await start(flags, context, log);
    try {
      const caFile = path.join(folder, "ca.pem");
      await writeFile(caFile, simulator.certificatePem);
      context.writeOut(flags.json === true ? renderJson(simulator, caFile) : renderText(simulator, caFile));
      if (!context.stop.aborted) await once(context.stop, "abort");
    } finally {
      await simulator.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    if (log !== undefined) await closeLog(log);
  }
}

async function start(flags: SimulateFlags, context: CommandContext, log: WriteStream | undefined): Promise<Simulator> {
  const password = flags.adminPassword ?? context.env["QUMULO_SIMULATOR_ADMIN_PASSWORD"] ?? "";
  try {
    return await startSimulator({
      port: flags.port,
      latencyMs: flags.latency,
      ...(password === "" ? {} : { adminPassword: new Secret(password) }),
      onRequest: (entry) => log?.write(`${JSON.stringify(entry)}\n`),
      onUnknownPath: (method, requestPath) => {
        context.writeError(`warning: ${method} ${requestPath} is not simulated\n`);
      },
      onDefect: (error) => {
        context.writeError(
          `error: the simulator failed: ${error instanceof Error ? (error.stack ?? "") : String(error)}\n`,
        );
      },
    });
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    throw new CommandError(isTaken(error) ? takenMessage(flags.port) : error.message, { cause: error });
  }
}

function isTaken({ cause }: SimulatorError): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "EADDRINUSE";
}

function takenMessage(port: number): string {
  return `Port ${port} is taken: another program listens there. Choose another one with --port N, or --port 0 for any free one.`;
}

async function openLog(file: string): Promise<WriteStream> {
  const stream = createWriteStream(file, { flags: "a" });
  try {
    await once(stream, "open");
    return stream;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`--request-log ${file} cannot be written: ${reason}.`, { cause });
  }
}

async function closeLog(log: WriteStream): Promise<void> {
  log.end();
  await once(log, "close");
}

function renderJson(simulator: Simulator, caFile: string): string {
  const line = {
    url: simulator.url,
    host: simulator.host,
    port: simulator.port,
    ca_file: caFile,
    certificate_sha256: simulator.certificateSha256,
    username: simulator.username,
    password: simulator.adminPassword.reveal(),
  };
  return `${JSON.stringify(line)}\n`;
}

function renderText(simulator: Simulator, caFile: string): string {
  const { url, host, port, username, certificateSha256 } = simulator;
  const password = simulator.adminPassword.reveal();
  return `A simulated cluster listens at ${url}
  user         ${username}
  password     ${password}
  certificate  ${certificateSha256} (SHA-256)

For the provider, in another terminal:

  export QUMULO_HOST=${host}
  export QUMULO_PORT=${port}
  export QUMULO_USERNAME=${username}
  export QUMULO_PASSWORD=${shellQuote(password)}
  export QUMULO_CA_FILE=${shellQuote(caFile)}

For Qumulo's own command line, which asks for the password:

  qq --host ${host} --port ${port} login --username ${username}

Ctrl-C stops it, and nothing of it stays.
`;
}

function shellQuote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

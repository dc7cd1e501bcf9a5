import { writeSync } from "node:fs";
import { crashText } from "./crash-text.ts";
import { HandshakeError } from "./handshake.ts";

const stdout = 1;
const stderr = 2;

/**
 * Sends everything that is meant for standard output to standard error, `console.log` included: the engine reads the
 * handshake there and nothing else. Who writes the handshake writes to the file descriptor.
 */
export function keepStdoutForHandshake(): void {
  Object.defineProperty(process, "stdout", { configurable: true, get: () => process.stderr });
}

/** Lets work go on when an engine that reads standard error is gone: there is nobody to write to, and no reason to end. */
export function tolerateClosedStderr(): void {
  process.stderr.on("error", () => undefined);
}

/** Ends the process with status 2 on errors that nobody caught, in the word that engines look for in a crash. */
export function panicOnUncaught(program: string): void {
  process.on("uncaughtException", (error: unknown) => {
    writeQuietly(stderr, `panic: ${crashText(program, error)}\n`);
    process.exit(2);
  });
}

/**
 * Ends the process with status 1 before it could serve anyone.
 *
 * The engine shows the first line of standard output to the practitioner, which is the only way to reach them; a person
 * who started the process by hand reads standard error.
 */
export function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HandshakeError && !error.isForEngine) {
    writeQuietly(stderr, `${message}\n`);
  } else {
    writeQuietly(stdout, `The provider could not start: ${message.replaceAll(/\s+/g, " ")}\n`);
  }
  process.exit(1);
}

function writeQuietly(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Nobody reads it any more, and the process ends next.
  }
}

import { execFile } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

const shipped = path.resolve(__dirname, "../../../node_modules/@sparticuz/chromium");

/**
 * Starts a headless Chromium, which is never skipped: the one that `CHROMIUM` names, or else the one that a package for
 * tests ships for Linux on x64. That one is unpacked once, below the user's cache.
 *
 * @throws {Error} when it does not start
 */
export async function givenBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? (await unpackChromium());
  // In a container, the user is often root, and there is no sandbox for root.
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
}

async function unpackChromium(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("The tests of the page need Chromium: install it, and name its program in CHROMIUM.");
  }
  // What npm has installed has a version.
  const manifest = JSON.parse(await readFile(path.join(shipped, "package.json"), "utf8")) as { version: string };
  const given = process.env["XDG_CACHE_HOME"] ?? "";
  const cache = path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
  const program = path.join(cache, "cdktf-qumulo", "chromium", manifest.version, "chromium");
  if ((await stat(program).catch(() => undefined)) === undefined) await unpackTo(program);
  await requireLibraries(program);
  return program;
}

/** Others may be unpacking the same meanwhile: it takes its place when it is complete. */
async function unpackTo(program: string): Promise<void> {
  const fresh = `${program}.${process.pid}`;
  await mkdir(path.dirname(program), { recursive: true });
  try {
    const source = createReadStream(path.join(shipped, "bin", "chromium.br"));
    await pipeline(source, createBrotliDecompress({ chunkSize: 2 ** 20 }), createWriteStream(fresh));
    await chmod(fresh, 0o755);
    await rename(fresh, program);
  } finally {
    await rm(fresh, { force: true });
  }
}

async function requireLibraries(program: string): Promise<void> {
  const { stdout } = await promisify(execFile)("ldd", [program]);
  const missing = stdout.split("\n").flatMap((line) => /^\s*(\S+) => not found/.exec(line)?.[1] ?? []);
  // It ends at the first text where there is no font.
  if ((await stat("/etc/fonts").catch(() => undefined)) === undefined) missing.push("a font");
  if (missing.length === 0) return;
  throw new Error(
    `Chromium needs ${missing.join(", ")}. On Debian: apt-get install libnss3 libexpat1 fontconfig-config.`,
  );
}

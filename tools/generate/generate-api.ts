/**
 * Writes what the package makes public: reports in `etc/api/`, for reviewers, and pages in `docs/api/`, for readers.
 *
 * With `--check` it writes nothing and fails when the files there are not what it would write. It fails as well when
 * something public has no docstring, and names it.
 */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describedEntryPoints, readEntryPoints } from "../api/entry-points.ts";
import { renderPages } from "../api/pages.ts";
import { renderReports } from "../api/reports.ts";
import { readSources, writeDeclarations } from "../api/sources.ts";
import { writeOrCheck } from "./generated-files.ts";

const root = path.resolve(import.meta.dirname, "../..");

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-api-"));
  try {
    await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    await generate(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(folder: string): Promise<void> {
  const entryPoints = describedEntryPoints(await readEntryPoints(root));
  const sources = readSources(root, entryPoints);
  const pages = await renderPages({ root, sources, entryPoints, folder: path.join(folder, "pages") });
  await writePlace("docs/api", pages.files);
  writeDeclarations(sources, folder);
  await writePlace("etc/api", await renderReports({ root, folder, entryPoints }));
  if (!pages.isComplete) process.exitCode = 1;
}

async function writePlace(place: string, files: ReadonlyMap<string, string>): Promise<void> {
  await writeOrCheck(
    { folder: path.join(root, place), owned: ["."], files },
    { place, origin: "sources and docstrings say", script: "generate:api" },
  );
}

void main();

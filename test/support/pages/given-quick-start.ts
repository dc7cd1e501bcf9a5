import { readFile } from "node:fs/promises";
import path from "node:path";
import { givenFolder, type TestedEngine, type Workspace } from "../engines/given-workspace.ts";
import type { GivenOptions } from "../simulator/given-cluster.ts";
import { givenReader, type PageReader, writeFiles } from "./page-reader.ts";
import type { Shell } from "./shells.ts";

/** The quick start with HCL, done but for its end. */
export interface DeployedQuickStart {
  readonly workspace: Workspace;
  readonly reader: PageReader;
  readonly bearerToken: string;
}

/** How somebody does the quick start. */
export interface QuickStartOptions extends GivenOptions {
  /** @default "bash" */
  readonly shell?: Shell;
  /** Programs that the machine has beside the engine and `npx`, as scripts. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Somebody who has done what the quick start says, but for its end. They type the bearer token when they are asked. */
export async function givenQuickStart(
  engine: TestedEngine,
  { shell = "bash", programs, ...options }: QuickStartOptions = {},
): Promise<DeployedQuickStart> {
  const workspace = await givenFolder(engine, "", options);
  let bearerToken = "";
  const reader = await givenReader(workspace, { input: () => `${bearerToken}\n`, shell, programs });
  await writeFiles(reader, "docs/guides/quick-start-hcl.md");
  const { exitCode, out } = await reader.run("tofu init && tofu apply && tofu output -raw backup_token > ../secret");
  if (exitCode !== 0) throw new Error(out);
  bearerToken = await readFile(path.join(workspace.folder, "secret"), "utf8");
  return { workspace, reader, bearerToken };
}

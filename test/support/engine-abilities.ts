import type { Engine, EngineName } from "../../src/engine/identify.ts";
import { compareVersions } from "../../src/engine/version.ts";

/** The versions that brought what not every engine has. */
const abilities = {
  writeOnlyAttributes: { opentofu: "1.11.0", terraform: "1.11.0" },
  importByIdentity: { opentofu: "1.12.0", terraform: "1.12.0" },
  functions: { opentofu: "1.7.0", terraform: "1.8.0" },
  ephemeralResources: { opentofu: "1.11.0", terraform: "1.10.0" },
  movesFromOtherProviders: { opentofu: "1.10.0", terraform: "1.8.0" },
  removedBlocks: { opentofu: "1.7.0", terraform: "1.7.0" },
} as const satisfies Readonly<Record<string, Readonly<Record<EngineName, string>>>>;

/** Whether an engine is new enough for something. */
export function isAble(engine: Engine, ability: keyof typeof abilities): boolean {
  return compareVersions(engine.version, abilities[ability][engine.name]) >= 0;
}

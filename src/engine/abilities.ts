import type { Engine, EngineName } from "./identify.ts";
import { compareVersions } from "./version.ts";

/** What not every engine has, and the versions that brought it. */
const firstVersions = {
  functions: { opentofu: "1.7.0", terraform: "1.8.0" },
  ephemeralResources: { opentofu: "1.11.0", terraform: "1.10.0" },
  writeOnlyAttributes: { opentofu: "1.11.0", terraform: "1.11.0" },
  importByIdentity: { opentofu: "1.12.0", terraform: "1.12.0" },
  movesFromOtherProviders: { opentofu: "1.10.0", terraform: "1.8.0" },
  mockedProviders: { opentofu: "1.8.0", terraform: "1.7.0" },
  removedBlocks: { opentofu: "1.7.0", terraform: "1.7.0" },
  lists: { opentofu: undefined, terraform: "1.14.0" },
  actions: { opentofu: undefined, terraform: "1.14.0" },
} as const satisfies Readonly<Record<string, Readonly<Record<EngineName, string | undefined>>>>;

/** The name of something that not every engine has. */
export type EngineAbility = keyof typeof firstVersions;

/** Whether an engine is new enough for something. */
export function isAble(engine: Pick<Engine, "name" | "version">, ability: EngineAbility): boolean {
  const first = firstVersionWith(engine, ability);
  return first !== undefined && compareVersions(engine.version, first) >= 0;
}

/** The version of this engine that brought something, if one has. */
export function firstVersionWith({ name }: Pick<Engine, "name">, ability: EngineAbility): string | undefined {
  return firstVersions[ability][name];
}

import type { Engine } from "../../../src/engine/identify.ts";
import { compareVersions } from "../../../src/engine/version.ts";

export { isAble } from "../../../src/engine/abilities.ts";

/** Whether an engine invokes actions: no OpenTofu does. */
export function hasActions({ name, version }: Pick<Engine, "name" | "version">): boolean {
  return name === "terraform" && compareVersions(version, "1.14.0") >= 0;
}

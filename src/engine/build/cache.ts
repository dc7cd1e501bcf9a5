import path from "node:path";
import { homeFolder } from "../home-folder.ts";
import type { Environment } from "../program.ts";
import type { ProgramPin } from "./pins.ts";

/** The folder in the user's cache that holds built engines and what else is pinned, by the platform's own convention. */
export function enginesFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  return path.join(userCacheFolder(env, platform), "cdktf-qumulo", "engines");
}

/** Where Go keeps the modules that it downloads for a build, unless the practitioner has chosen a place for them. */
export function goFolder(env: Environment): string {
  return path.join(userCacheFolder(env, process.platform), "cdktf-qumulo", "go");
}

/** Where a built program stands: one folder for each version and platform, since home folders are shared by machines. */
export function cachedProgram(pin: ProgramPin, env: Environment): string {
  const folder = `${pin.name}-${pin.version}-${process.platform}_${process.arch}`;
  return path.join(enginesFolder(env), folder, pin.executable + (process.platform === "win32" ? ".exe" : ""));
}

function userCacheFolder(env: Environment, platform: NodeJS.Platform): string {
  const xdg = env["XDG_CACHE_HOME"] ?? "";
  if (path.isAbsolute(xdg)) return xdg; // the XDG specification: relative paths are invalid and to be ignored
  const home = homeFolder(env);
  if (platform === "darwin") return path.join(home, "Library", "Caches");
  if (platform === "win32") return env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local");
  return path.join(home, ".cache");
}

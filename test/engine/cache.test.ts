import { userInfo } from "node:os";
import { expect, test } from "@jest/globals";
import { enginesFolder } from "../../src/engine/build/cache.ts";

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ["linux", { HOME: "/home/me" }, "/home/me/.cache/cdktf-qumulo/engines"],
  ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "/var/cache/me" }, "/var/cache/me/cdktf-qumulo/engines"],
  ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "relative" }, "/home/me/.cache/cdktf-qumulo/engines"],
  ["linux", { HOME: "" }, `${userInfo().homedir}/.cache/cdktf-qumulo/engines`],
  ["linux", { HOME: "/home/me", XDG_CACHE_HOME: "" }, "/home/me/.cache/cdktf-qumulo/engines"],
  ["darwin", { HOME: "/Users/me" }, "/Users/me/Library/Caches/cdktf-qumulo/engines"],
  ["darwin", { HOME: "/Users/me", XDG_CACHE_HOME: "/xdg" }, "/xdg/cdktf-qumulo/engines"],
])("on %s with %j engines are kept in %s", (platform, env, folder) => {
  expect(enginesFolder(env, platform)).toBe(folder);
});

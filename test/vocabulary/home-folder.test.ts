import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";
import { expect, test } from "@jest/globals";
import { homeFolder } from "../../src/vocabulary/home-folder.ts";

test("the home is what HOME says, or the system where it says nothing", () => {
  expect(homeFolder("/home/jane")).toBe("/home/jane");
  expect(homeFolder("")).toBe(userInfo().homedir);
  expect(homeFolder(undefined)).toBe(userInfo().homedir);
});

test("a user without an entry in the password database has the root folder for a home", () => {
  // Only root can become somebody whom the system does not know.
  if (process.geteuid?.() !== 0) return;
  const program = `const { homeFolder } = require("./src/vocabulary/home-folder.ts"); process.setuid(4242); console.log(homeFolder(""));`;

  const out = execFileSync(process.execPath, ["--import", "tsx", "--eval", program], { encoding: "utf8" });

  expect(out).toBe("/\n");
});

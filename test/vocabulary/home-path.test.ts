import { userInfo } from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { expandHome } from "../../src/vocabulary/home-folder.ts";

const withoutHome = { home: "", rules: path.posix };
const windows = { home: "C:\\Users\\me", rules: path.win32 };
const unix = { home: "/home/me", rules: path.posix };

test.each([
  ["~", unix, "/home/me"],
  ["~/qumulo.json", unix, "/home/me/qumulo.json"],
  ["~\\qumulo.json", unix, "~\\qumulo.json"],
  ["~other/qumulo.json", unix, "~other/qumulo.json"],
  ["/etc/~/qumulo.json", unix, "/etc/~/qumulo.json"],
  ["~/qumulo.json", withoutHome, path.posix.join(userInfo().homedir, "qumulo.json")],
  ["~", windows, "C:\\Users\\me"],
  ["~/qumulo.json", windows, "C:\\Users\\me\\qumulo.json"],
  ["~\\qumulo.json", windows, "C:\\Users\\me\\qumulo.json"],
  ["D:\\qumulo.json", windows, "D:\\qumulo.json"],
])("%s is a path in the home folder or not (%#)", (text, ground, expanded) => {
  expect(expandHome(text, ground)).toBe(expanded);
});

import { expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { makeArchive } from "../../tools/release/archive.ts";
import { renderChecksums } from "../../tools/release/checksums.ts";
import { isSelfContained, parsePlatform, platformName, platforms } from "../../tools/release/platforms.ts";

const program = { name: "program", content: Buffer.from("#!/bin/sh\n"), executable: true };
const text = { name: "LICENSE", content: Buffer.from("Do what you like.\n") };

/** Unix modes by name, from the directory at the end of an archive. */
function modesOf(archive: Uint8Array): Readonly<Record<string, string>> {
  const bytes = Buffer.from(archive);
  const modes: Record<string, string> = {};
  const start = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    modes[name] = (bytes.readUInt32LE(at + 38) >>> 16).toString(8);
  }
  return modes;
}

test("an archive holds its files with the modes that Unix gives them", () => {
  const archive = makeArchive([program, text]);

  expect(modesOf(archive)).toEqual({ program: "100755", LICENSE: "100644" });
  expect(Buffer.from(unzipSync(archive)["LICENSE"] ?? []).toString()).toBe("Do what you like.\n");
});

test("an archive has the same bytes whatever the order of its files, and no time but noon of the first day of 1980", () => {
  const archive = Buffer.from(makeArchive([text, program]));

  const reordered = makeArchive([program, text]);

  expect(archive.equals(Buffer.from(reordered))).toBe(true);
  expect(archive.readUInt32LE(10).toString(16)).toBe("216000");
});

test("sums stand in the order of names, as sha256sum reads them", () => {
  const rendered = renderChecksums(
    new Map([
      ["b.zip", "2222"],
      ["a.zip", "1111"],
    ]),
  );

  expect(rendered).toBe("1111  a.zip\n2222  b.zip\n");
});

test("the name of a platform leads back to it, and another one is refused with those that there are", () => {
  const names = platforms.map(platformName);

  expect(names.map(parsePlatform)).toEqual(platforms);
  expect(platforms.filter(isSelfContained).map(platformName)).toEqual(["linux_amd64", "linux_arm64", "windows_amd64"]);
  expect(() => parsePlatform("windows_arm64")).toThrow(
    "There is no release for windows_arm64, only for darwin_amd64, darwin_arm64, linux_amd64, linux_arm64, windows_amd64.",
  );
});

import { expect, test } from "@jest/globals";
import { renderMirrorConfig, renderOverrideConfig } from "../../src/engine/cli-configuration/cli-config.ts";
import { isAbout, isMatch, parseInstallation } from "../../src/engine/cli-configuration/provider-installation.ts";

const host = "registry.opentofu.org";
const source = `${host}/a/b`;

test("what is written is read back", () => {
  const mirrored = parseInstallation(renderMirrorConfig({ sources: [source], mirror: "/my mirror" }));
  const overridden = parseInstallation(renderOverrideConfig({ sources: [source], folder: "/build" }));

  expect(mirrored).toEqual([
    { kind: "filesystem_mirror", place: "/my mirror", include: [source], exclude: [], folders: {} },
    { kind: "direct", place: undefined, include: [], exclude: [source], folders: {} },
  ]);
  expect(overridden?.[0]).toMatchObject({ kind: "dev_overrides", folders: { [source]: "/build" } });
});

test("comments, other settings and the order of fields do not matter", () => {
  const text = `
# provider_installation { direct {} }
plugin_cache_dir = "/cache" // provider_installation
credentials "host" { token = "provider_installation {" }
/* provider_installation {
} */
provider_installation {
  network_mirror { include = ["*/*/*"] # all
    url = "https://mirror/" }
}`;

  const methods = parseInstallation(text);

  expect(methods).toEqual([
    { kind: "network_mirror", place: "https://mirror/", include: ["*/*/*"], exclude: [], folders: {} },
  ]);
});

test.each([
  ["nothing", ""],
  ["other settings", 'plugin_cache_dir = "/cache"'],
  ["a comment", "# provider_installation {}"],
  ["a block inside of another", "host { provider_installation { direct {} } }"],
])("%s says nothing about where providers come from", (_case, text) => {
  expect(parseInstallation(text)).toBeUndefined();
});

test.each(["provider_installation {", "provider_installation { direct {", 'provider_installation { a { path = ["x"'])(
  "%s, which no engine takes, is read to its end",
  (text) => {
    expect(parseInstallation(text)).toBeDefined();
  },
);

test.each([
  ["*/*/*", true],
  ["registry.opentofu.org/*/*", true],
  ["Registry.OpenTofu.org/A/b", true],
  ["a/b", true],
  ["*/*", true],
  ["registry.terraform.io/a/b", false],
  ["a/c", false],
  ["b", false],
])("the pattern %s is about the provider: %p", (pattern, matches) => {
  expect(isMatch(pattern, source, host)).toBe(matches);
  expect(isAbout({ include: [pattern], exclude: [] }, source, host)).toBe(matches);
  expect(isAbout({ include: [], exclude: [pattern] }, source, host)).toBe(!matches);
});

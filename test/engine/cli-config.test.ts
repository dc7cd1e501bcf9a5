import { expect, test } from "@jest/globals";
import { renderMirrorConfig, renderOverrideConfig } from "../../src/engine/cli-configuration/cli-config.ts";
import { parseInstallation } from "../../src/engine/cli-configuration/provider-installation.ts";

const sources = ["registry.terraform.io/a/b", "registry.opentofu.org/a/b"];

test("a mirror serves its sources, and registries serve all others", () => {
  const text = renderMirrorConfig({ sources, mirror: "/my mirror" });

  expect(text).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/my mirror"
    include = ["registry.terraform.io/a/b", "registry.opentofu.org/a/b"]
  }
  direct {
    exclude = ["registry.terraform.io/a/b", "registry.opentofu.org/a/b"]
  }
}
`);
});

test.each([
  ["C:\\Users\\me\\my mirror", String.raw`"C:\\Users\\me\\my mirror"`],
  ["\\\\server\\share", String.raw`"\\\\server\\share"`],
  ['/with "quotes"', String.raw`"/with \"quotes\""`],
])("the path %s is escaped, and read back as it was", (mirror, written) => {
  const text = renderMirrorConfig({ sources, mirror });

  expect(text).toContain(`    path    = ${written}\n`);
  expect(parseInstallation(text)?.[0]?.place).toBe(mirror);
});

test("a mirror can be the only place that providers come from", () => {
  const text = renderMirrorConfig({ sources, mirror: "/mirror", others: "nowhere" });

  expect(text).not.toContain("direct");
});

test("development overrides come first and name the folder of the executable", () => {
  const text = renderOverrideConfig({ sources, folder: 'C:\\with "quotes"' });

  expect(text).toBe(`provider_installation {
  dev_overrides {
    "registry.terraform.io/a/b" = "C:\\\\with \\"quotes\\""
    "registry.opentofu.org/a/b" = "C:\\\\with \\"quotes\\""
  }
  direct {}
}
`);
});

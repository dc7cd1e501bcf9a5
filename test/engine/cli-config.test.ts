import { expect, test } from "@jest/globals";
import { renderMirrorConfig, renderOverrideConfig } from "../../src/engine/cli-config.ts";

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

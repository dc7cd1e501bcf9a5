import { expect, test } from "@jest/globals";
import type { AttributePath } from "../../../src/framework/attribute-path.ts";
import { encodeAttributePath } from "../../../src/plugin/protocol6/attribute-path.ts";
import { encodeDiagnostics } from "../../../src/plugin/protocol6/diagnostics.ts";
import { type DiagnosticInit, encodeDiagnostic } from "../../../src/plugin/protocol6/generated/tfplugin6.ts";
import { readBack } from "../../support/provider/call-provider.ts";
import {
  type Diagnostic,
  Diagnostic_Severity,
  DiagnosticSchema,
} from "../../support/protocol6/generated/tfplugin6_pb.ts";

function received(diagnostic: DiagnosticInit | undefined): Diagnostic {
  return readBack(DiagnosticSchema, encodeDiagnostic, diagnostic ?? {});
}

const text = { summary: "It failed", detail: "Do this instead." };

test("errors and warnings keep their severity and their order", () => {
  const encoded = encodeDiagnostics([
    { severity: "warning", ...text },
    { severity: "error", ...text },
  ]);

  expect(encoded).toEqual([
    expect.objectContaining({ severity: Diagnostic_Severity.WARNING, ...text }),
    expect.objectContaining({ severity: Diagnostic_Severity.ERROR, ...text }),
  ]);
});

test("halves of surrogate pairs become replacement characters on the wire", () => {
  const [encoded] = encodeDiagnostics([{ severity: "error", summary: "a\ud800", detail: "\udc00b \u{1f600}" }]);

  expect(received(encoded)).toMatchObject({ summary: "a\ufffd", detail: "\ufffdb \u{1f600}" });
});

test("a path names attributes, list positions and map keys", () => {
  expect(encodeAttributePath(["rules", 2, "tags", { key: "env" }])).toEqual({
    steps: [
      { selector: { case: "attributeName", value: "rules" } },
      { selector: { case: "elementKeyInt", value: 2n } },
      { selector: { case: "attributeName", value: "tags" } },
      { selector: { case: "elementKeyString", value: "env" } },
    ],
  });
});

test.each<[string, AttributePath]>([
  ["is empty", []],
  ["begins with a position", [0, "name"]],
  ["begins with a key", [{ key: "env" }]],
])("a path that %s is left out", (_what, path) => {
  const [encoded] = encodeDiagnostics([{ severity: "error", ...text, attribute: path }]);

  expect(encodeAttributePath(path)).toBeUndefined();
  expect(received(encoded).attribute).toBeUndefined();
});

/**
 * Draws the README's picture: a change of a configuration, and what the audit really says about its plan. With `--check` it
 * writes nothing and fails when the file is not what it would draw.
 */
import path from "node:path";
import { audit, renderTextReport } from "../../src/audit/index.ts";
import { painter } from "../../src/terminal/wrap.ts";
import { writeOrCheck } from "./generated-files.ts";
import { drawPanels } from "../pictures/terminal-picture.ts";

type Values = Readonly<Record<string, unknown>>;

const place = "docs/images";
const columns = 96;
const paint = painter(true);
const [read, added] = ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_ROLE_WRITE"];

const edit = [
  'resource "qumulo_role" "backup" {',
  '  name = "backup-reader"',
  paint("red", `- privileges = ["${read}"]`),
  paint("green", `+ privileges = ["${read}", "${added}"]`),
  "}",
];

function change(type: string, before: Values, after: Values = before): Values {
  const actions = before === after ? ["no-op"] : ["update"];
  return {
    address: `${type}.backup`,
    mode: "managed",
    type,
    name: "backup",
    provider_name: "registry.opentofu.org/cdktf-qumulo/qumulo",
    change: { actions, before, after, after_unknown: {}, before_sensitive: false, after_sensitive: false },
  };
}

/** The plan of that edit, as an engine shows it. */
function plan(): Values {
  const role = { id: "backup-reader", name: "backup-reader", privileges: [read] };
  return {
    format_version: "1.2",
    terraform_version: "1.12.6",
    resource_changes: [
      change("qumulo_local_user", { id: "1001", name: "svc-backup" }),
      change("qumulo_role", role, { ...role, privileges: [read, added] }),
      change("qumulo_role_member", { role_name: "backup-reader", auth_id: "1001" }),
    ],
  };
}

function report(): readonly string[] {
  const result = audit(plan(), { now: new Date("2026-01-01T00:00:00Z") });
  const text = renderTextReport(result, { failOn: "high", isColored: true, width: columns });
  return text.trimEnd().split("\n");
}

const picture = drawPanels(
  [
    { title: "the edit in a pull request", lines: edit },
    { title: "cdktf-qumulo audit plan.json", lines: report() },
  ],
  { columns, label: "A role gets one more privilege, and the audit of the plan says what its member could do with it" },
);

await writeOrCheck(
  {
    folder: path.resolve(import.meta.dirname, "../..", place),
    owned: ["."],
    files: new Map([["audit.svg", picture]]),
  },
  { place, origin: "the audit says", script: "generate:picture" },
);

/**
 * Writes `constructs/privilege.ts`, the privileges as constants with docstrings, from the vocabulary.
 *
 * With `--check` it writes nothing and fails when the file is not what it would write.
 */
import path from "node:path";
import { latestKnownCore } from "../../src/vocabulary/core-features.ts";
import { renderCoreVersion } from "../../src/vocabulary/core-version.ts";
import { privilegeDescriptions } from "../../src/vocabulary/privilege-descriptions.ts";
import {
  isPrivilegeName,
  privilegeNames,
  type PrivilegeRisk,
  privilegeRisks,
} from "../../src/vocabulary/privileges.ts";
import { writeOrCheck } from "./generated-files.ts";

/** What each risk means, as the end of a docstring. */
const riskSentences: Readonly<Record<PrivilegeRisk, string>> = {
  escalation: "Risk: escalation, leads to administrator rights or to acting as someone else.",
  data: "Risk: data, bypasses file permissions.",
  secret: "Risk: secret, shows secrets.",
  tamper: "Risk: tamper, weakens trails or protection.",
  availability: "Risk: availability, can interrupt service.",
  internal: "Risk: internal, no known effect outside Qumulo.",
  none: "Risk: none.",
};

const head = `// Written by "npm run generate:privileges" from src/vocabulary. Do not edit.
import type { PrivilegeName } from "../src/vocabulary/privileges.ts";

/**
 * The privileges that Qumulo Core ${renderCoreVersion(latestKnownCore)} knows, each with what it allows and what it can do in the wrong hands. Plain
 * names such as \`"PRIVILEGE_QUOTA_READ"\` mean the same.
 *
 * @example
 * new Role(this, "reader", { name: "backup-reader", privileges: [Privilege.QUOTA_READ, Privilege.SNAPSHOT_READ] });
 */
export const Privilege = {
`;

const tail = `} as const satisfies Readonly<Record<string, PrivilegeName>>;

/** The name of a privilege. Editors offer those known here; newer clusters may know more. */
export type Privilege = PrivilegeName | (string & Record<never, never>);
`;

function render(): string {
  const members = privilegeNames.filter(isPrivilegeName).map((name) => {
    const doc = `${privilegeDescriptions[name]}. ${riskSentences[privilegeRisks[name]]}`;
    return `  /** ${doc} */\n  ${name.replace(/^PRIVILEGE_/, "")}: "${name}",\n`;
  });
  return `${head}${members.join("")}${tail}`;
}

await writeOrCheck(
  {
    folder: path.resolve(import.meta.dirname, "../../constructs"),
    owned: [],
    files: new Map([["privilege.ts", render()]]),
  },
  { place: "constructs", origin: "src/vocabulary says", script: "generate:privileges" },
);

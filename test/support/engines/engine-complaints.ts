import { readFile } from "node:fs/promises";
import type { Environment } from "../../../src/engine/program.ts";

const complaint =
  /\bProvider\b.{0,200}?\b(?:produced|returned) (?:an )?(?:invalid|inconsistent|unexpected)|legacy (?:plugin SDK|type system)/i;

/** What somebody has changed on the cluster is reported so too, and is not a mistake of the provider. */
const drift = /during refresh\.?\s*$/;

/**
 * The lines in which an engine says that an answer of the provider breaks a rule of the protocol: an error, or a warning in its
 * log where it lets the provider get away with it.
 *
 * @see Terraform, internal/terraform/node_resource_abstract_instance.go; the same in OpenTofu
 */
export function complaintsIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => complaint.test(line) && !drift.test(line));
}

/** Settings of an engine that make it log what it thinks of the provider's answers, which costs no time. */
export function listening(logFile: string): Environment {
  return { TF_LOG_CORE: "WARN", TF_LOG_PATH: logFile };
}

/** @throws {Error} when the engine has complained in this log */
export async function expectNoComplaints(logFile: string): Promise<void> {
  const complaints = complaintsIn(await readFile(logFile, "utf8").catch(() => ""));
  if (complaints.length > 0) throw new Error(`The engine complains about the provider:\n${complaints.join("\n")}`);
}

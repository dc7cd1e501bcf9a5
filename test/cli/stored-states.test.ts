import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { findStoredStates, recordedAt, storedStateFile } from "../support/plans/stored-states.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { environmentOf, runCommand } from "./run-command.ts";

/** What is wrong with a report by a schema that is released with the package; nothing when it is valid. */
function faultsOf(report: string, schema: string): string {
  const ajv = new Ajv({ allErrors: true });
  const text = readFileSync(path.join(__dirname, "../../schemas", `${schema}.json`), "utf8");
  // The file is one of ours.
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(JSON.parse(report)) ? "" : ajv.errorsText(validate.errors);
}

test.each(findStoredStates())("reports about what version $name left follow the released schemas", async (stored) => {
  const { simulator } = await givenCluster({ seed: stored.seed, clock: new SettableClock(recordedAt) });
  const shown = path.join(stored.folder, "show.json");
  const state = path.join(stored.folder, storedStateFile);
  const env = environmentOf(simulator);
  const report = async (...args: readonly string[]): Promise<string> => (await runCommand(args, { env })).out;

  const audited = await report("audit", shown, "--format", "json");
  const holders = await report("who-can", "PRIVILEGE_QUOTA_READ", shown, "--format", "json");
  const access = await report("access", "local:svc-backup", shown, "--format", "json");
  const tokens = await report("tokens", "--state", state, "--format", "json");

  expect(faultsOf(audited, "audit-report-1")).toBe("");
  expect(faultsOf(holders, "who-can-answer-1")).toBe("");
  expect(faultsOf(access, "access-answer-1")).toBe("");
  expect(faultsOf(tokens, "tokens-report-1")).toBe("");
  for (const text of [audited, holders, access]) expect(text).toContain("svc-backup");
  // Each access token is found in the state that manages it.
  for (const { typeName, attributes } of stored.objects) {
    if (typeName === "qumulo_access_token") expect(tokens).toContain(String(attributes["id"]));
  }
});

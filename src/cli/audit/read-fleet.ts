import { hash } from "node:crypto";
import { AuditError, decodeShownJson, type FleetPlan } from "../../audit/index.ts";
import { CommandError, wrongUsage } from "../command-error.ts";
import type { PlanArgument } from "./plan-arguments.ts";

/** What is needed to read several plans. */
export interface FleetReading {
  /** @throws {CommandError} when there is nothing to read */
  readonly bytesOf: (file: string) => Promise<Uint8Array>;
  /** How reports name a file; `undefined` for standard input. */
  readonly shownFile: (file: string) => string | undefined;
  /** Where the resources of a plan stand. */
  readonly locatorOf: (file: string) => Promise<Extract<FleetPlan, { readonly document: unknown }>["locate"]>;
}

/**
 * Reads several plans. A plan that cannot be read is returned with the reason, so that the others are still audited.
 *
 * @throws {CommandError} with status 2 when two of them have the same content
 */
export async function readPlans(plans: readonly PlanArgument[], reading: FleetReading): Promise<readonly FleetPlan[]> {
  const known = new Map<string, string>();
  const read: FleetPlan[] = [];
  for (const { name, file } of plans) {
    const bytes = await faultOr(async () => reading.bytesOf(file));
    if (typeof bytes === "string") {
      read.push({ name, fault: bytes });
      continue;
    }
    refuseSameContent(bytes, file, known);
    const document = await faultOr(() => ({ parsed: decodeShownJson(bytes) }));
    const shown = reading.shownFile(file);
    if (typeof document === "string") read.push({ name, fault: `${shown ?? "standard input"}: ${document}` });
    else read.push({ name, document: document.parsed, file: shown, locate: await reading.locatorOf(file) });
  }
  return read;
}

function refuseSameContent(bytes: Uint8Array, file: string, known: Map<string, string>): void {
  const content = hash("sha256", bytes, "hex");
  const other = known.get(content);
  known.set(content, file);
  if (other === undefined || bytes.length === 0) return;
  throw new CommandError(`${other} and ${file} have the same content, so one of them is another plan than meant.`, {
    exitCode: wrongUsage,
  });
}

/** What is read, or why it cannot be. */
async function faultOr<T extends object>(read: () => T | Promise<T>): Promise<T | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AuditError || error instanceof CommandError) return error.message;
    throw error;
  }
}

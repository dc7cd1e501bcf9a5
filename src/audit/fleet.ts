import { AuditError } from "./audit-error.ts";
import type { Location } from "./finding.ts";
import { type Plan, readPlan } from "./plan/plan.ts";
import { isPlanName, planNameForm } from "./plan/plan-name.ts";
import { redactDocument } from "./redact.ts";

/** The most plans that one audit takes. */
export const mostPlans = 100;

/** A plan, or a state, that is audited together with others. */
export interface ReadablePlan {
  /** What it is called: up to 60 letters, digits, dots, hyphens, underscores and slashes. */
  readonly name: string;
  /** What `show -json` prints of it, parsed. */
  readonly document: unknown;
  /**
   * The file that it comes from, for SARIF.
   *
   * @default its findings have no file beside their place in the configuration
   */
  readonly file?: string | undefined;
  /**
   * Where a resource of it stands in the practitioner's own files.
   *
   * @default its findings have no location
   */
  readonly locate?: ((address: string) => Location | undefined) | undefined;
}

/** One of several plans that the caller could not read. */
export interface UnreadablePlan {
  /** What it is called. */
  readonly name: string;
  /** Why it could not be read, as a sentence. */
  readonly fault: string;
}

/** One of several plans. */
export type FleetPlan = ReadablePlan | UnreadablePlan;

/** What became of one of several plans. */
export interface AuditedPlan {
  /** What it is called. */
  readonly name: string;
  /** The engine's version, where the document tells. */
  readonly engineVersion: string | undefined;
  /** The file that it comes from. */
  readonly file: string | undefined;
  /** Why it could not be read, as a sentence; `undefined` where it was. */
  readonly fault: string | undefined;
}

/** Plans as they were read. */
export interface ReadFleet {
  readonly kind: "plan" | "state";
  readonly plans: readonly Plan[];
  readonly audited: readonly AuditedPlan[];
}

/**
 * Reads several plans, or several states.
 *
 * @throws {AuditError} when none can be read, or they cannot be told apart or not be audited together
 */
export function readFleet(fleet: readonly FleetPlan[], now: Date): ReadFleet {
  checkNames(fleet.map(({ name }) => name));
  const read = fleet.map((plan) => readOne(plan, now));
  const plans = read.flatMap(({ plan }) => plan ?? []);
  const [first] = plans;
  if (first === undefined) {
    const faults = read.map(({ told: { name, fault = "" } }) => `${name}: ${fault}`);
    throw new AuditError("input", faults);
  }
  const other = plans.find(({ kind }) => kind !== first.kind);
  if (other !== undefined) {
    throw new AuditError(
      "input",
      `${first.name ?? ""} is a ${first.kind}, and ${other.name ?? ""} is a ${other.kind}: a plan tells what changes, and a state what there is. Audit plans together, and states by themselves.`,
    );
  }
  return { kind: first.kind, plans, audited: read.map(({ told }) => told) };
}

function checkNames(names: readonly string[]): void {
  if (names.length > mostPlans) {
    throw new AuditError(
      "input",
      `There are ${names.length} plans, and one audit takes ${mostPlans} at most. Audit them in parts: those of one cluster together.`,
    );
  }
  const wrong = names.find((name) => !isPlanName(name));
  if (wrong !== undefined) {
    throw new AuditError("input", `${JSON.stringify(wrong)} cannot be the name of a plan: it takes ${planNameForm}.`);
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new AuditError("input", `Two plans are called ${twice}. Give each a name of its own.`);
}

interface Read {
  readonly told: AuditedPlan;
  /** `undefined` where it could not be read. */
  readonly plan?: Plan;
}

function readOne(given: FleetPlan, now: Date): Read {
  const { name } = given;
  const unread = (fault: string): Read => ({ told: { name, engineVersion: undefined, file: undefined, fault } });
  if ("fault" in given) return unread(given.fault);
  try {
    const plan = readPlan(redactDocument(given.document), now, name);
    return { told: { name, engineVersion: plan.engineVersion, file: given.file, fault: undefined }, plan };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    return unread(error.message);
  }
}

import { type EngineAbility, firstVersionWith, isAble } from "../../engine/abilities.ts";
import { EngineError } from "../../engine/errors.ts";
import { findEngine } from "../../engine/find.ts";
import { type Engine, renderEngine } from "../../engine/identify.ts";
import type { CommandContext } from "../command-error.ts";
import type { Check } from "./check.ts";

/** The abilities that an engine may lack, as they are shown. */
const abilityTitles = {
  functions: "provider functions",
  ephemeralResources: "ephemeral resources",
  writeOnlyAttributes: "write-only attributes",
  importByIdentity: "import by identity",
} as const satisfies Partial<Record<EngineAbility, string>>;

/** What was found of the engine. */
export interface EngineOutcome {
  readonly check: Check;
  /** `undefined` when there is none that works. */
  readonly engine: Engine | undefined;
}

/** Finds the engine as the rest of this package does, and says what it lacks. */
export async function checkEngine({ env, stop }: CommandContext): Promise<EngineOutcome> {
  try {
    const engine = await findEngine({ env, stop });
    return { check: checkAbilities(engine), engine };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const [found = "", ...rest] = error.message.split("\n");
    const todo = rest.length === 0 ? "Set or unset TERRAFORM_BINARY_NAME as said." : rest.join(" ").trim();
    return { check: { id: "engine", status: "fails", found, todo }, engine: undefined };
  }
}

function checkAbilities(engine: Engine): Check {
  const { name, version, program } = engine;
  const place = `${renderEngine(engine)} (${program}).`;
  const facts = { name, version, program };
  const lacking = abilities.filter((ability) => !isAble(engine, ability));
  if (lacking.length === 0) return { id: "engine", status: "works", found: place, facts };
  const texts = lacking.map(
    (ability) => `${abilityTitles[ability]} (from ${firstVersionWith(engine, ability) ?? "no version yet"})`,
  );
  return {
    id: "engine",
    status: "attention",
    found: `${place} It lacks ${texts.join(", ")}.`,
    todo: "Upgrade the engine if a configuration needs one of these; everything else works without.",
    facts: { ...facts, lacks: lacking.map((ability) => abilityTitles[ability]) },
  };
}

const abilities = ["functions", "ephemeralResources", "writeOnlyAttributes", "importByIdentity"] as const;

import type { Variations } from "../../simulator/index.ts";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { CommandError, wrongUsage } from "../command-error.ts";

/** The variations by their names on the command line. */
const variations = {
  "empty-unauthorized": "emptyUnauthorized",
  "repeated-member-accepted": "repeatedMemberAccepted",
  "administrators-group-holds-role": "administratorsGroupHoldsRole",
  "support-role": "supportRole",
  "removed-names-linger": "removedNamesLinger",
} as const satisfies Readonly<Record<string, keyof Variations>>;

/** What may be asked to vary, in the spelling of the command line. */
export const variationNames = Object.keys(variations);

/**
 * The variations that were asked for.
 *
 * @throws {CommandError} for a name that none has
 */
export function parseVariations(names: readonly string[]): Variations {
  const fields = names.map((name) => {
    const field = Object.hasOwn(variations, name) ? variations[name as keyof typeof variations] : undefined;
    if (field !== undefined) return [field, true] as const;
    const nearest = nearestName(name, variationNames);
    const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new CommandError(`--vary ${name} is unknown.${hint} It takes: ${variationNames.join(", ")}.`, {
      exitCode: wrongUsage,
    });
  });
  return Object.fromEntries(fields);
}

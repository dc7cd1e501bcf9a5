import { fingerprintOf } from "./labels.ts";
import type { RoleEntry } from "./model.ts";
import type { Party } from "./parties.ts";

/** What a generated program calls its constructs. */
export interface Variables {
  readonly ofRole: (role: RoleEntry) => string;
  readonly ofParty: (party: Party) => string;
}

const suffixes = { user: "Account", group: "Group", outsider: "Identity" } as const;

/**
 * Names for the constructs of one program. They stand in no state: two labels that read the same as variables both get
 * a fingerprint.
 */
export function variablesOf(roles: readonly RoleEntry[], parties: readonly Party[]): Variables {
  const labelsByName = new Map<string, Set<string>>();
  const wanted = [...roles.map(roleName), ...parties.map(partyName)];
  for (const { name, label } of wanted) labelsByName.set(name, (labelsByName.get(name) ?? new Set()).add(label));
  const variable = ({ name, label }: Wanted): string =>
    (labelsByName.get(name)?.size ?? 0) > 1 ? `${name}_${fingerprintOf(label)}` : name;
  return { ofRole: (role) => variable(roleName(role)), ofParty: (party) => variable(partyName(party)) };
}

interface Wanted {
  readonly name: string;
  readonly label: string;
}

function roleName({ label }: RoleEntry): Wanted {
  return { name: `${camelCase(label)}Role`, label };
}

function partyName({ label, kind }: Party): Wanted {
  return { name: `${camelCase(label)}${suffixes[kind]}`, label };
}

function camelCase(label: string): string {
  return label.replaceAll(/-([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

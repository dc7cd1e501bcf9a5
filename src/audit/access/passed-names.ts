import { type IdentityKeys } from "./identity-keys.ts";
import { IdentityRegistry } from "./identity-registry.ts";
import type { AccountRecord, SideRecords } from "./records.ts";

type Sides = Readonly<Record<"before" | "after", SideRecords>>;

/**
 * Separates accounts of which one has a name before the plan and another one has it afterwards. At each time, the name means
 * the account that has it then, and reports add the address to the name.
 */
export function withPassedNames(sides: Sides): Sides {
  const registry = new IdentityRegistry();
  for (const { keys } of [...sides.before.accounts, ...sides.after.accounts]) registry.join(keys.filter(isFirm));
  const [before, after] = [ownersIn(sides.before, registry), ownersIn(sides.after, registry)];
  const passed = [...before].flatMap(([name, { root }]) => {
    const next = after.get(name);
    return next === undefined || next.root === root ? [] : [name];
  });
  if (passed.length === 0) return sides;
  const names = new Set(passed);
  return { before: renamed(sides.before, before, names), after: renamed(sides.after, after, names) };
}

interface Owner {
  readonly root: string;
  readonly account: AccountRecord;
}

function isFirm(key: string): boolean {
  return key.startsWith("@") || key.startsWith("auth_id:");
}

function ownersIn({ accounts }: SideRecords, registry: IdentityRegistry): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const account of accounts) {
    const name = account.keys.find((key) => key.startsWith("local:"));
    if (name !== undefined) owners.set(name, { root: registry.findAll(account.keys), account });
  }
  return owners;
}

function renamed(side: SideRecords, owners: ReadonlyMap<string, Owner>, passed: ReadonlySet<string>): SideRecords {
  const rename = (keys: IdentityKeys): IdentityKeys =>
    keys.map((key) => {
      const name = key.replace(/^name:/, "local:");
      const owner = passed.has(name) ? owners.get(name) : undefined;
      return owner === undefined ? key : `${name} (${owner.account.address ?? owner.root})`;
    });
  return {
    ...side,
    accounts: side.accounts.map((account) => ({ ...account, keys: rename(account.keys) })),
    roleMembers: side.roleMembers.map((member) => ({ ...member, keys: rename(member.keys) })),
    tokens: side.tokens.map((token) => ({ ...token, keys: rename(token.keys) })),
  };
}

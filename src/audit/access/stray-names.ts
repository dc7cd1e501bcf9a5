import type { Gap } from "./gap.ts";
import { idKey, type IdentityKeys } from "./identity-keys.ts";
import { idIn, type NameOwners } from "./name-facts.ts";
import type { SideRecords } from "./records.ts";

/**
 * For members of roles and users of tokens whose name belongs to another account by now, keeps only the auth_id. Each of them
 * is also a gap, because a person has to say which of the two accounts was meant.
 */
export function withoutStrayNames(side: SideRecords, owners: NameOwners): SideRecords {
  const gaps: Gap[] = [];
  const judged = <T extends { readonly keys: IdentityKeys }>(record: T, place: string | undefined, what: string): T => {
    const authId = idIn(record.keys);
    if (authId === undefined) return record;
    const strays = record.keys.filter((key) => isStray(key, authId, owners));
    for (const key of strays) gaps.push(gapOf({ key, authId, place, what, owner: owners.ids.get(key) }));
    const others = record.keys.filter((key) => !key.startsWith("auth_id:") && !strays.includes(key));
    return { ...record, keys: [idKey(authId), ...others] };
  };
  return {
    ...side,
    roleMembers: side.roleMembers.map((record) =>
      judged(record, record.address, `the member of the role ${record.roleKey}`),
    ),
    tokens: side.tokens.map((record) => judged(record, record.token.object?.address, "the user of the access token")),
    gaps: [...side.gaps, ...gaps],
  };
}

function isStray(key: string, authId: string, { ids, isWhole }: NameOwners): boolean {
  if (!/^(?:local|name):/.test(key)) return false;
  const owner = ids.get(key.replace(/^name:/, "local:"));
  if (owner !== undefined) return owner !== authId;
  return isWhole && key.startsWith("local:");
}

interface StrayName {
  readonly key: string;
  readonly authId: string;
  readonly place: string | undefined;
  readonly what: string;
  readonly owner: string | undefined;
}

function gapOf({ key, authId, place, what, owner }: StrayName): Gap {
  const now = owner === undefined ? "nobody has that name" : `that name is the one of auth_id ${owner}`;
  return {
    address: place,
    what: `${what.slice(0, 1).toUpperCase()}${what.slice(1)} is auth_id ${authId}, named ${key}, and ${now}.`,
    lacks: ["members", "token-users"],
    got: "a name that does not mean the account any more",
    todo: "Look up which of the two was meant. Plan again with a refresh, which shows whom the name means, and apply, or give the auth_id.",
  };
}

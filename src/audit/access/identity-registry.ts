import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { builtInUsers } from "../../vocabulary/local-users.ts";
import { everyoneId } from "../../access/administrators.ts";
import { idKey, type IdentityKeys, partsOfSidKey, posixKey, unknownPrefix } from "./identity-keys.ts";

/** Facts that show that different names belong to one account. */
export interface NameFacts {
  /** SIDs of the cluster's own domain, up to the number of the account: `s-1-5-21-a-b-c`. */
  readonly localDomains: ReadonlySet<string>;
  /** Those of joined domains. */
  readonly otherDomains: ReadonlySet<string>;
  /** The keys such as `uid:5001` that accounts of the cluster carry. */
  readonly carried: ReadonlySet<string>;
  /** Whether all accounts of the cluster were read, so that a uid, gid or SID that none of them has belongs to no account. */
  readonly isWhole: boolean;
}

const nothing: NameFacts = {
  localDomains: new Set(),
  otherDomains: new Set(),
  carried: new Set(),
  isWhole: false,
};

const builtInIds: ReadonlySet<string> = new Set([...Object.values(builtInUsers), ...Object.values(builtInGroups)]);

/**
 * Keeps track of which names mean the same identity.
 *
 * A bare name means the local account of that name where there is one.
 */
export class IdentityRegistry {
  readonly #facts: NameFacts;
  readonly #parents = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  /** Bare names that appeared together with the identity that they mean; `undefined` if they appeared with several identities. */
  readonly #bare = new Map<string, string | undefined>();

  constructor(facts: NameFacts = nothing) {
    this.#facts = facts;
    this.join([idKey(everyoneId), "world:everyone"]);
  }

  /** Learns that all these names mean one identity. A bare name is not joined with the others, but remembered. */
  join(keys: IdentityKeys): void {
    const [first, ...others] = keys.filter((key) => !isBare(key));
    if (first === undefined) return;
    const root = this.find(first);
    for (const key of keys.filter(isBare)) {
      const known = this.#bare.get(key);
      this.#bare.set(
        key,
        !this.#bare.has(key) || (known !== undefined && this.find(known) === root) ? first : undefined,
      );
    }
    for (const other of others) {
      const joined = this.find(other);
      if (joined === root) continue;
      this.#parents.set(joined, root);
      const label = betterLabel(this.#labels.get(root), this.#labels.get(joined));
      if (label !== undefined) this.#labels.set(root, label);
    }
  }

  /** The identity behind a name, as a text that is the same for all its names. */
  find(key: string): string {
    return this.#rootOf(this.#meaningOf(key));
  }

  /** The identity behind names that mean one; the first of them is the most exact. */
  findAll(keys: IdentityKeys): string {
    return this.find(keys[0] ?? "");
  }

  /** Whether this name is known: it, or the name that the facts give for it, has been joined before. */
  has(key: string): boolean {
    return this.#parents.has(this.#meaningOf(key));
  }

  /** All names that were said, in the order in which they were. */
  names(): readonly string[] {
    return [...this.#parents.keys()];
  }

  /** How people call an identity. */
  labelOf(root: string): string {
    const label = this.#labels.get(root) ?? root;
    if (label.startsWith(unknownPrefix)) return `whoever ${label.slice(unknownPrefix.length)} names`;
    return label.startsWith("@") ? label.slice(1) : label;
  }

  /** The name that the facts give for this one; the name itself if they do not say. */
  #meaningOf(key: string): string {
    if (isBare(key)) return this.#meaningOfBare(key);
    if (key.startsWith("sid:")) return this.#meaningOfSid(key);
    const [, kind, id] = /^([ug]id):(\d{1,10})$/.exec(key) ?? [];
    const isBarePosix = kind !== undefined && this.#facts.isWhole && !this.#facts.carried.has(key);
    return isBarePosix && id !== undefined ? posixKey(kind === "uid" ? "uid" : "gid", id) : key;
  }

  #meaningOfBare(key: string): string {
    const name = key.slice("name:".length);
    if (this.#parents.has(`local:${name}`)) return `local:${name}`;
    return name === "everyone" ? idKey(everyoneId) : (this.#bare.get(key) ?? key);
  }

  /**
   * The name for a SID. While no domain is known to be the cluster's own, any domain may be, and SIDs of built-in accounts are
   * taken to be the cluster's.
   */
  #meaningOfSid(key: string): string {
    const parts = partsOfSidKey(key);
    if (parts === undefined) return key;
    const { localDomains, otherDomains } = this.#facts;
    const isPerhaps = localDomains.size === 0 && !otherDomains.has(parts.domain) && builtInIds.has(parts.account);
    return localDomains.has(parts.domain) || isPerhaps ? idKey(parts.account) : key;
  }

  #rootOf(key: string): string {
    if (!this.#parents.has(key)) {
      this.#parents.set(key, key);
      this.#labels.set(key, key);
    }
    let root = key;
    for (;;) {
      const parent = this.#parents.get(root) ?? root;
      const above = this.#parents.get(parent) ?? parent;
      if (parent === above) return parent;
      // Later look-ups are short, whatever order the names were joined in.
      this.#parents.set(root, above);
      root = above;
    }
  }
}

/** Whether a name may belong to the cluster itself or to a directory. */
export function isBare(key: string): boolean {
  return key.startsWith("name:");
}

/** Kinds of names, from the one that people understand best. */
const ranks: ReadonlyMap<string, number> = new Map([
  ...(["local", "ad", "ldap_user", "ldap_group", "world"] as const).map((kind) => [kind, 0] as const),
  ...([
    ["name", 1],
    ["@", 2],
    ["auth_id", 3],
  ] as const),
]);

function betterLabel(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return rankOf(right) < rankOf(left) ? right : left;
}

function rankOf(label: string): number {
  const kind = label.startsWith("@") ? "@" : label.slice(0, label.indexOf(":"));
  return ranks.get(kind) ?? 4;
}

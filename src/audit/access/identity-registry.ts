import { type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { type Attributes, knownOf, readText } from "../plan/attributes.ts";

/** Names of one identity, each enough to know it by: `auth_id:1001`, `local:svc`, `@qumulo_local_user.svc` … */
export type IdentityKeys = readonly string[];

/**
 * Knows which names mean the same identity.
 *
 * Names compare without case. A bare name means the local account of that name where there is one.
 */
export class IdentityRegistry {
  readonly #parents = new Map<string, string>();
  readonly #labels = new Map<string, string>();

  /** Learns that all these names mean one identity. */
  join(keys: IdentityKeys): void {
    const [first, ...others] = keys;
    if (first === undefined) return;
    const root = this.#rootOf(first);
    for (const other of others) {
      const joined = this.#rootOf(other);
      if (joined === root) continue;
      this.#parents.set(joined, root);
      const label = betterLabel(this.#labels.get(root), this.#labels.get(joined));
      if (label !== undefined) this.#labels.set(root, label);
    }
  }

  /** The identity behind a name, as a text that is the same for all its names. */
  find(key: string): string {
    const bare = /^name:(.*)$/s.exec(key)?.[1];
    const local = bare === undefined ? undefined : `local:${bare}`;
    return this.#rootOf(local !== undefined && this.#parents.has(local) ? local : key);
  }

  /** How people call an identity. */
  labelOf(root: string): string {
    const label = this.#labels.get(root) ?? root;
    return label.startsWith("@") ? label.slice(1) : label;
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

const prefixes: ReadonlyMap<string, string> = new Map([
  ["LOCAL", "local"],
  ["ACTIVE_DIRECTORY", "ad"],
  ["POSIX_USER", "ldap_user"],
  ["POSIX_GROUP", "ldap_group"],
  ["WORLD", "world"],
]);

/** The names in a text such as `local:svc`; none when it cannot be one identity. */
export function keysOfText(text: string): IdentityKeys {
  const parsed = parseIdentityText(text);
  return parsed.kind === "identity" ? keysOfReference(parsed.identity) : [`name:${text.trim().toLowerCase()}`];
}

/** The names in the attributes of an identity, or of a role member. */
export function keysOfAttributes(attributes: Attributes): IdentityKeys {
  const text = (name: string): string | undefined => {
    const value = knownOf(readText(attributes, name));
    return value === "" ? undefined : value;
  };
  const [domain, name] = [text("domain"), text("name")];
  const prefix = domain === undefined ? undefined : prefixes.get(domain);
  return [
    ...keyed("auth_id", text("auth_id")),
    ...keyed("sid", text("sid")),
    ...keyed("uid", text("uid")),
    ...keyed("gid", text("gid")),
    // A domain without a prefix of its own has no names to compare.
    ...(domain !== undefined && prefix === undefined ? [] : keyed(prefix ?? "name", name)),
  ];
}

function keysOfReference({ domain, authId, uid, gid, sid, name }: IdentityReference): IdentityKeys {
  const prefix = domain === undefined ? "name" : prefixes.get(domain);
  return [
    ...keyed("auth_id", authId),
    ...keyed("sid", sid),
    ...keyed("uid", uid?.toString()),
    ...keyed("gid", gid?.toString()),
    ...(prefix === undefined ? [] : keyed(prefix, name)),
  ];
}

function keyed(prefix: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${prefix}:${value.toLowerCase()}`];
}

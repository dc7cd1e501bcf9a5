import { bareName, isSameIdentity, type NamedIdentity } from "./same-identity.ts";

interface Entry<T> {
  readonly identity: NamedIdentity;
  readonly value: T;
  /** Which it was when it was added. */
  readonly position: number;
}

/** What was found, and by which of the identities that were looked for. */
export interface Found<T, I> {
  readonly value: T;
  readonly by: I;
}

/** Values by the identities that they are of: looking up takes as long among thousands as among few. */
export class IdentityIndex<T> {
  readonly #byKey = new Map<string, Entry<T>[]>();
  #size = 0;

  /** Adds a value; an identity may have several. */
  add(identity: NamedIdentity, value: T): void {
    const entry = { identity, value, position: this.#size };
    this.#size += 1;
    for (const key of keysOf(identity)) {
      const entries = this.#byKey.get(key);
      if (entries === undefined) this.#byKey.set(key, [entry]);
      else entries.push(entry);
    }
  }

  /**
   * The values of those who are the same as one of these, by `isSameIdentity`, in the order in which they were added. Whoever is
   * the same as several is found by the first of them.
   */
  find<I>(wanted: readonly I[], identityOf: (one: I) => NamedIdentity): readonly Found<T, I>[] {
    const found = new Map<Entry<T>, I>();
    for (const one of wanted) {
      const identity = identityOf(one);
      for (const entry of this.#candidates(identity)) {
        if (!found.has(entry) && isSameIdentity(entry.identity, identity)) found.set(entry, one);
      }
    }
    const entries = [...found].sort(([left], [right]) => left.position - right.position);
    return entries.map(([{ value }, by]) => ({ value, by }));
  }

  #candidates(identity: NamedIdentity): readonly Entry<T>[] {
    return keysOf(identity).flatMap((key) => this.#byKey.get(key) ?? []);
  }
}

/** Two identities that are the same have one of these keys in common. */
function keysOf({ authId, uid, gid, name, sid }: NamedIdentity): readonly string[] {
  const numbers = Object.entries({ authId, uid, gid }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field} ${value}`],
  );
  const names = name === undefined ? [] : new Set([name.toLowerCase(), bareName(name.toLowerCase())]);
  return [
    ...numbers,
    ...Array.from(names, (text) => `name ${text}`),
    ...(sid === undefined ? [] : [`sid ${sid.toLowerCase()}`]),
  ];
}

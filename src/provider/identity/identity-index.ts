import { bareName, isSameIdentity, type NamedIdentity } from "./same-identity.ts";

interface Entry<T> {
  readonly identity: NamedIdentity;
  readonly value: T;
  /** The position at which it was added. */
  readonly position: number;
}

/** A value that was found, and the identity that found it. */
export interface Found<T, I> {
  readonly value: T;
  readonly by: I;
}

/** Values by identity. A look-up takes the same time whether the index holds thousands or few. */
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
   * Finds the values whose identity is the same as one of these, by `isSameIdentity`, in the order in which they were added. A
   * value that matches several of these is found once, by the first.
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

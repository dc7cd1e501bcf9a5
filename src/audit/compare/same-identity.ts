import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { builtInUsers } from "../../vocabulary/local-users.ts";
import type { ResolvedAccess } from "../access/resolve.ts";

/** An account that has the same name in a reference, and another id. */
export interface OtherId {
  /** Such as `local:svc`. */
  readonly name: string;
  readonly id: string;
  readonly referenceId: string;
}

const builtInIds: ReadonlySet<string> = new Set([...Object.values(builtInUsers), ...Object.values(builtInGroups)]);

/**
 * Finds who in a reference is the same identity.
 *
 * Names decide where there are any: those of local accounts and of directories. Ids decide only for whom nobody has a name,
 * and not at all where the same names have other ids: that is another cluster.
 */
export class SameIdentity {
  /** Accounts that have the same name and another id: another cluster, or other accounts by now. */
  readonly otherIds: readonly OtherId[];
  readonly #names: NamesByKey;
  readonly #reference: ResolvedAccess;
  readonly #referenceNames: NamesByKey;
  readonly #areIdsShared: boolean;

  constructor(access: ResolvedAccess, reference: ResolvedAccess, isTemplate: boolean) {
    this.#names = namesByKey(access);
    this.#reference = reference;
    this.#referenceNames = namesByKey(reference);
    this.otherIds = isTemplate ? [] : this.#findOtherIds();
    this.#areIdsShared = !isTemplate && this.otherIds.length === 0;
  }

  /** The key of the same identity in the reference; `undefined` where nobody there is. */
  find(key: string): string | undefined {
    const { registry } = this.#reference;
    const names = this.#names.get(key) ?? [key];
    const firm = names.filter(isFirm);
    const bare = firm.filter((name) => name.startsWith("local:")).map((name) => name.replace(/^local:/, "name:"));
    const named = [...firm, ...bare, ...(firm.length > 0 ? [] : names.filter((name) => /^(?:name:|@)/.test(name)))];
    const known = named.find((name) => registry.has(name));
    if (known !== undefined) return registry.find(known);
    const byId = names.find((name) => /^(?:auth_id|sid|uid|gid):/.test(name) && registry.has(name));
    const found = byId === undefined ? undefined : registry.find(byId);
    if (found === undefined || this.#isNameless(found)) return found;
    return this.#areIdsShared && firm.length === 0 ? found : undefined;
  }

  #isNameless(referenceKey: string): boolean {
    return !(this.#referenceNames.get(referenceKey) ?? []).some(isFirm);
  }

  #findOtherIds(): readonly OtherId[] {
    return [...this.#names].flatMap(([, names]) => {
      const name = names.find((one) => one.startsWith("local:"));
      if (name === undefined || !this.#reference.registry.has(name)) return [];
      const [id] = idsIn(names);
      const [referenceId] = idsIn(this.#referenceNames.get(this.#reference.registry.find(name)) ?? []);
      if (id === undefined || referenceId === undefined || id === referenceId || builtInIds.has(id)) return [];
      return [{ name, id, referenceId }];
    });
  }
}

type NamesByKey = ReadonlyMap<string, readonly string[]>;

function namesByKey({ registry }: ResolvedAccess): NamesByKey {
  const found = new Map<string, string[]>();
  for (const name of registry.names()) {
    const key = registry.find(name);
    const names = found.get(key);
    if (names === undefined) found.set(key, [name]);
    else names.push(name);
  }
  return found;
}

/** Whether a name means one identity whatever the cluster numbers. */
function isFirm(name: string): boolean {
  return /^(?:local|ad|ldap_user|ldap_group|world):/.test(name);
}

function idsIn(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (name.startsWith("auth_id:") ? [name.slice("auth_id:".length)] : []));
}

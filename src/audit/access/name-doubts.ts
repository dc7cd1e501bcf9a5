import { builtInGroups } from "../../vocabulary/local-groups.ts";
import type { Gap } from "./gap.ts";
import { idKey, type IdentityKeys, isLocalId, partsOfSidKey } from "./identity-keys.ts";
import type { IdentityRegistry, NameFacts } from "./identity-registry.ts";
import type { SideRecords } from "./records.ts";

/** What is known of an identity from all its names together. */
interface Known {
  hasAccount: boolean;
  hasLocalId: boolean;
  hasDirectoryId: boolean;
  hasLocalName: boolean;
  /** Without the directory, as the cluster may tell it. */
  directoryName: string | undefined;
}

/** What the names of a plan leave open about a cluster. */
interface Ground {
  readonly registry: IdentityRegistry;
  readonly facts: NameFacts;
  readonly known: ReadonlyMap<string, Known>;
  /** Whether there is an id of the cluster's own accounts without a name, which may be that of any. */
  readonly hasNamelessLocal: boolean;
  readonly hasNamelessDirectory: boolean;
  /** How many identities of directories have each name. */
  readonly directoryNames: ReadonlyMap<string, number>;
}

interface Doubt {
  readonly why: string;
  readonly todo: string;
}

/** Finds names that are ambiguous, or that may mean an identity that has another name elsewhere in the plan. */
export class NameDoubts {
  readonly #ground: Ground;

  /** @param keys - all names, each time that an identity is named */
  constructor(registry: IdentityRegistry, facts: NameFacts, keys: Iterable<IdentityKeys>) {
    const known = new Map<string, Known>();
    for (const names of keys) learn(known, registry, names);
    const directoryNames = new Map<string, number>();
    for (const { directoryName: name } of known.values()) {
      if (name !== undefined) directoryNames.set(name, (directoryNames.get(name) ?? 0) + 1);
    }
    const all = [...known.values()];
    this.#ground = {
      registry,
      facts,
      known,
      hasNamelessLocal: all.some((it) => it.hasLocalId && !it.hasLocalName && !it.hasAccount),
      hasNamelessDirectory: all.some((it) => it.hasDirectoryId && it.directoryName === undefined),
      directoryNames,
    };
  }

  /** The doubts about whom the members of roles and the users of access tokens are. */
  find({ roleMembers, tokens }: Pick<SideRecords, "roleMembers" | "tokens">): readonly Gap[] {
    return [
      ...roleMembers.flatMap(({ keys, address, roleKey }) =>
        this.#gapOf(keys, address, `a member of the role ${roleKey}`),
      ),
      ...tokens.flatMap(({ keys, token }) => this.#gapOf(keys, token.object?.address, "the user of the access token")),
    ];
  }

  /**
   * Whether the local group Administrators has the role of that name is for each cluster to say.
   */
  findGroup({ groupMembers, roleMembers }: SideRecords): readonly Gap[] {
    const { registry } = this.#ground;
    const group = registry.find(administratorsGroup);
    const isKnown = roleMembers.some(
      ({ roleKey, keys }) => roleKey === "administrators" && registry.findAll(keys) === group,
    );
    if (isKnown) return [];
    return groupMembers.flatMap(({ group: keys, member, address }) => {
      if (address === undefined || registry.findAll(keys) !== group) return [];
      const label = registry.labelOf(registry.findAll(member));
      return [
        {
          address,
          what: `${label} is in the local group Administrators, and whether that group has the role Administrators is not known.`,
          lacks: ["roles", "members"],
          got: "members of a role that were not read",
          todo: "Audit with --cluster, which tells who has the role, or give the user a role of its own instead.",
        },
      ];
    });
  }

  #gapOf(keys: IdentityKeys, address: string | undefined, role: string): readonly Gap[] {
    const root = this.#ground.registry.findAll(keys);
    const doubt = this.#doubtOf(root);
    if (doubt === undefined || address === undefined) return [];
    const label = this.#ground.registry.labelOf(root);
    const what = `${label} is ${role}, and ${doubt.why}.`;
    return [{ address, what, lacks: ["members", "token-users"], got: label, todo: doubt.todo }];
  }

  #doubtOf(root: string): Doubt | undefined {
    const known = this.#ground.known.get(root);
    if (known === undefined || known.hasAccount) return undefined;
    const { hasLocalId, hasDirectoryId, hasLocalName, directoryName } = known;
    if (hasLocalId || hasDirectoryId) return undefined;
    if (hasLocalName) return this.#doubtOfLocal();
    return directoryName === undefined ? this.#doubtOfUnnamed(root) : this.#doubtOfDirectory(directoryName);
  }

  #doubtOfLocal(): Doubt | undefined {
    const { facts, hasNamelessLocal } = this.#ground;
    if (facts.isWhole) {
      const todo = "Look up who was meant: the account was renamed or deleted, or another configuration makes it.";
      return { why: "no account of the cluster has that name", todo };
    }
    if (!hasNamelessLocal) return undefined;
    return { why: "it may be the account that is given by its auth_id elsewhere", todo: askCluster };
  }

  #doubtOfDirectory(name: string): Doubt | undefined {
    const { hasNamelessDirectory, directoryNames } = this.#ground;
    if (!hasNamelessDirectory && (directoryNames.get(name) ?? 0) < 2) return undefined;
    return { why: "it may be somebody who is named in another way elsewhere", todo: sameForm };
  }

  #doubtOfUnnamed(root: string): Doubt | undefined {
    const { facts, hasNamelessDirectory } = this.#ground;
    const { domain } = partsOfSidKey(root) ?? {};
    if (domain !== undefined && (facts.localDomains.size > 0 || facts.otherDomains.has(domain))) {
      return hasNamelessDirectory
        ? { why: "it may be somebody who is named in another way elsewhere", todo: sameForm }
        : undefined;
    }
    if (domain !== undefined)
      return { why: "whether that is an account of the cluster is not known", todo: askCluster };
    if (/^[ug]id:/.test(root))
      return { why: "whether an account of the cluster has that id is not known", todo: askCluster };
    if (!root.startsWith("name:")) return undefined;
    return facts.isWhole
      ? { why: "no account of the cluster has that name, so it is one of a directory or nobody", todo: sayDomain }
      : { why: "whether that is an account of the cluster or one of a directory is not known", todo: sayDomain };
  }
}

const administratorsGroup = idKey(builtInGroups.Administrators);
const askCluster = "Audit with --cluster, which tells the names of its accounts, or give the auth_id everywhere.";
const sameForm = "Name the identity in the same way everywhere, best by its auth_id.";
const sayDomain = 'Write the domain, such as "local:svc" or "ad:svc", or give the auth_id.';

function learn(all: Map<string, Known>, registry: IdentityRegistry, keys: IdentityKeys): void {
  const root = registry.findAll(keys);
  const known: Known = all.get(root) ?? {
    hasAccount: false,
    hasLocalId: false,
    hasDirectoryId: false,
    hasLocalName: false,
    directoryName: undefined,
  };
  all.set(root, known);
  for (const key of [root, ...keys]) {
    known.hasAccount ||= key.startsWith("@");
    known.hasLocalName ||= key.startsWith("local:");
    known.directoryName ??= directoryNameIn(key);
    if (!key.startsWith("auth_id:")) continue;
    if (isLocalId(key.slice("auth_id:".length))) known.hasLocalId = true;
    else known.hasDirectoryId = true;
  }
}

/** A name of a directory without its domain, which may be told or not. */
function directoryNameIn(key: string): string | undefined {
  const [, kind, name] = /^(ad|ldap_user|ldap_group|name):(.+)$/s.exec(key) ?? [];
  if (kind === undefined || name === undefined || (kind === "name" && !/[\\@=]/.test(name))) return undefined;
  return kind.startsWith("ldap_group") ? `group ${name}` : name.slice(name.indexOf("\\") + 1).replace(/@.*$/, "");
}

import { nearestNames } from "../../vocabulary/nearest-name.ts";
import { keysOfText } from "../access/identity-keys.ts";
import type { ResolvedAccess } from "../access/resolve.ts";

/** What {@link findIdentity} found. */
export type FoundIdentity =
  | { readonly kind: "found"; readonly key: string; readonly label: string; readonly names: readonly string[] }
  /** Several have that name; `labels` tell them apart. */
  | { readonly kind: "several"; readonly labels: readonly string[] }
  /** Nobody has it; `near` are those who have a name like it. */
  | { readonly kind: "missing"; readonly near: readonly string[] };

const mostNear = 3;

/** Finds whom a text means, in any spelling: `svc`, `local:svc`, `LOCAL\svc`, `auth_id:1004`, a SID, or an address. */
export function findIdentity({ registry }: ResolvedAccess, text: string): FoundIdentity {
  const names = registry.names();
  const known = spellingsOf(text, names).filter((name) => registry.has(name));
  const roots = [...new Set(known.map((name) => registry.find(name)))];
  const [key] = roots;
  if (key === undefined) return { kind: "missing", near: nearLabels(registry, text, names) };
  if (roots.length > 1) return { kind: "several", labels: roots.map((root) => registry.labelOf(root)) };
  const own = names.filter((name) => !/^(?:@|name:)/.test(name) && registry.find(name) === key);
  return { kind: "found", key, label: registry.labelOf(key), names: own };
}

/** What may stand for this text. As on a cluster, a bare name is first that of a local account. */
function spellingsOf(text: string, names: readonly string[]): readonly string[] {
  const given = parseName(text);
  if (given === undefined) return [...keysOfText(text), `@${text.trim()}`];
  const known = new Set(names);
  const first = [`local:${given.name}`, `@${text.trim()}`].filter((name) => known.has(name));
  if (first.length > 0) return first;
  const others = given.isLocal ? [] : names.filter((name) => isNamed(name, given.name));
  return others.length > 0 ? others : [`name:${given.name}`];
}

interface GivenName {
  /** In small letters, and without its domain where that is the local one. */
  readonly name: string;
  /** Whether it can only be that of a local account. */
  readonly isLocal: boolean;
}

/** Reads a bare name, or one of a local account; `undefined` for other forms. */
function parseName(text: string): GivenName | undefined {
  const [, kind, name] = /^(name|local):(.*)$/s.exec(keysOfText(text)[0] ?? "") ?? [];
  return name === undefined ? undefined : { name, isLocal: kind === "local" };
}

/** Whether somebody of a directory has this name, with or without the name of the directory. */
function isNamed(key: string, name: string): boolean {
  return /^(?:ad|ldap_user|ldap_group|world):/.test(key) && (nameIn(key) === name || key.endsWith(`\\${name}`));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

/** Names compare without their domain, which all would have in common. */
function nearLabels(registry: ResolvedAccess["registry"], text: string, names: readonly string[]): readonly string[] {
  const labels = new Map<string, string>();
  for (const name of names) {
    const label = registry.labelOf(registry.find(name));
    if (/^(?:local|ad|ldap_user|ldap_group|world):/.test(label)) labels.set(nameIn(label), label);
  }
  const asked = parseName(text)?.name ?? nameIn(text.trim().toLowerCase());
  return nearestNames(asked, labels.keys(), mostNear).flatMap((name) => labels.get(name) ?? []);
}

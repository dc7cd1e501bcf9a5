import { parseAddress, type ResourceAddress, type Segment, segmentsOf } from "./resource-address.ts";
import type { ShownConfiguredModule, ShownConfiguredResource } from "./shown-document.ts";

/** What references are resolved against, and how many steps that may take. */
export interface ReferenceGround {
  /** Modules by their path without keys, such as `module.account.`; the root is the empty path. */
  readonly modules: ReadonlyMap<string, ShownConfiguredModule>;
  /** Addresses of all instances. */
  readonly addresses: ReadonlySet<string>;
  /** The most steps that all searches together may take. A search that would take more counts as unknown. */
  readonly mostSteps: number;
}

/** The place where references are written. */
export interface ReferencePlace {
  readonly place: ResourceAddress;
  readonly references: readonly string[];
  /** The resource that they stand in, where `each` has a meaning. */
  readonly resource: ShownConfiguredResource | undefined;
}

/** `undefined` if the configuration does not say; this never counts as no sources. */
type Sources = readonly string[] | undefined;

interface Trail extends ReferencePlace {
  readonly depth: number;
}

interface Reference {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Names whose values are always known while planning, so that they never make a value unknown. */
const settled: ReadonlySet<string> = new Set(["count", "path", "self", "terraform", "tofu"]);

/** Deeper than real configurations nest modules. */
const deepest = 200;

/**
 * Finds the instances that references lead to.
 *
 * Each reference is followed once at each place, and all searches share one allowance of steps: a small document whose
 * references fan out, or lead back to where they began, costs no more than its size allows.
 */
export class References {
  readonly #ground: ReferenceGround;
  /** By place, then by reference. */
  readonly #known = new Map<string, Map<string, Sources>>();
  readonly #parsed = new WeakMap<readonly string[], readonly Reference[]>();
  #grouped: ReadonlyMap<string, readonly string[]> | undefined;
  #steps = 0;

  constructor(ground: ReferenceGround) {
    this.#ground = ground;
  }

  /** The addresses of the instances; none where the configuration does not tell all of them. */
  find(from: ReferencePlace): readonly string[] {
    const sources = this.#follow({ ...from, depth: 0 });
    return sources !== undefined && this.#spend(sources.length) ? sources : [];
  }

  #follow(trail: Trail): Sources {
    if (trail.depth > deepest) return undefined;
    const lists: (readonly string[])[] = [];
    for (const reference of this.#parse(trail.references)) {
      const found = this.#followOnce(trail, reference);
      if (found === undefined) return undefined;
      if (found.length > 0) lists.push(found);
    }
    return this.#united(lists);
  }

  #followOnce(trail: Trail, reference: Reference): Sources {
    const { place, resource } = trail;
    const isEach = reference.segments[0]?.name === "each" && resource !== undefined;
    // The length tells where the prefix ends, whatever is in it.
    const where = `${place.prefix.length} ${place.prefix}${place.key ?? ""}${isEach ? `${resource.type}.${resource.name}` : ""}`;
    const known = this.#known.get(where) ?? new Map<string, Sources>();
    this.#known.set(where, known);
    if (known.has(reference.text)) return known.get(reference.text);
    if (!this.#spend(1)) return undefined;
    // Whoever comes here again meanwhile has gone in a circle, which no engine accepts: that is not told either.
    known.set(reference.text, undefined);
    const found = this.#followNamed({ ...trail, depth: trail.depth + 1 }, reference);
    known.set(reference.text, found);
    return found;
  }

  #followNamed(trail: Trail, { segments }: Reference): Sources {
    const [first = { name: "", key: undefined }, second, third = { name: "", key: undefined }] = segments;
    const kind = first.name;
    if (kind === "each") return this.#followEach(trail, second);
    if (second === undefined) return [];
    if (kind === "var") return this.#followVariable(trail, second.name);
    if (kind === "module") return this.#followOutput(trail, second, third.name);
    if (kind.startsWith("qumulo_")) return this.#instancesOf(trail.place, { type: kind, ...second });
    // A data source, a local value or another resource may come to anything, whatever stands next to it.
    return settled.has(kind) ? [] : undefined;
  }

  #followEach(trail: Trail, part: Segment | undefined): Sources {
    // Engines take no key that is decided during apply.
    if (part?.name === "key") return [];
    return this.#follow({ ...trail, references: trail.resource?.for_each_expression?.references ?? [] });
  }

  #followVariable({ place, depth }: Trail, name: string): Sources {
    const called = place.modules.at(-1);
    if (called === undefined) return [];
    const outer = parseAddress(`${withoutLast(place.prefix)}module_call.this${place.moduleKey ?? ""}`);
    const caller = this.#ground.modules.get(modulePath(place.modules.slice(0, -1)));
    const references = caller?.module_calls?.[called]?.expressions?.[name]?.references ?? [];
    return this.#follow({ place: outer, references, resource: undefined, depth });
  }

  #followOutput({ place, depth }: Trail, { name, key }: Segment, output: string): Sources {
    const module = this.#ground.modules.get(modulePath([...place.modules, name]));
    const references = module?.outputs?.[output]?.expression?.references ?? [];
    // Without a key in the reference the module's instance is the one of the same key, if it has several.
    const keys = key === undefined ? ["", ...(place.key === undefined ? [] : [place.key])] : [key];
    const lists = keys.map((tried) => {
      const inner = parseAddress(`${place.prefix}module.${name}${tried}.output.this`);
      return this.#follow({ place: inner, references, resource: undefined, depth });
    });
    return lists.every((list) => list !== undefined) ? this.#united(lists) : undefined;
  }

  #instancesOf(place: ResourceAddress, { type, name, key }: Segment & { readonly type: string }): Sources {
    const base = `${place.prefix}${type}.${name}`;
    const { addresses } = this.#ground;
    const exact = [`${base}${key ?? ""}`, `${base}${place.key ?? ""}`].find((address) => addresses.has(address));
    if (exact !== undefined) return [exact];
    if (key !== undefined) return [];
    // Only references that name no instance need it.
    this.#grouped ??= groupInstances(addresses);
    return this.#grouped.get(base) ?? [];
  }

  #united(lists: readonly (readonly string[])[]): Sources {
    const [first = [], ...others] = lists;
    if (others.length === 0) return first;
    const all = new Set<string>();
    for (const list of lists) {
      if (!this.#spend(list.length)) return undefined;
      for (const address of list) all.add(address);
    }
    return [...all];
  }

  #spend(steps: number): boolean {
    this.#steps += steps;
    return this.#steps <= this.#ground.mostSteps;
  }

  #parse(references: readonly string[]): readonly Reference[] {
    const known = this.#parsed.get(references);
    if (known !== undefined) return known;
    const parsed = longestOf(references).map((text) => ({ text, segments: segmentsOf(text) }));
    this.#parsed.set(references, parsed);
    return parsed;
  }
}

/** The path of a module without keys: `module.account.` */
export function modulePath(names: readonly string[]): string {
  return names.map((name) => `module.${name}.`).join("");
}

/** The engine names each reference with all that it is part of; the longest says most. */
function longestOf(references: readonly string[]): readonly string[] {
  const unique = [...new Set(references)];
  if (unique.length < 2) return unique;
  // Sorted, whatever continues a text in the same way stands side by side.
  const sorted = unique.toSorted();
  return unique.filter((text) => !continues(sorted, `${text}.`) && !continues(sorted, `${text}[`));
}

function continues(sorted: readonly string[], start: string): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(start) === true;
}

/** The module around a module. */
function withoutLast(prefix: string): string {
  const segments = segmentsOf(prefix.replace(/\.$/, ""));
  return segments
    .slice(0, -2)
    .map(({ name, key }) => `${name}${key ?? ""}.`)
    .join("");
}

function groupInstances(addresses: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const address of addresses) {
    const { prefix, local } = parseAddress(address);
    const same = grouped.get(prefix + local);
    if (same === undefined) grouped.set(prefix + local, [address]);
    else same.push(address);
  }
  return grouped;
}

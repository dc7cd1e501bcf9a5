import { parseAddress, type ResourceAddress, type Segment, segmentsOf } from "./resource-address.ts";
import type {
  ShownConfiguredModule,
  ShownConfiguredResource,
  ShownDocument,
  ShownExpression,
  ShownProviderConfigs,
} from "./shown-document.ts";

/** The configuration behind a plan; a state has none. */
export interface Configuration {
  /** Our provider's configurations, by the engine's key. */
  readonly providers: ShownProviderConfigs;
  readonly variables: Readonly<Record<string, { readonly value?: unknown }>>;
  /** All resources of our types, by where they are declared, such as `module.account.qumulo_role.this`. */
  readonly resources: ReadonlyMap<string, ShownConfiguredResource>;
  /** What declares an instance. */
  readonly find: (address: string) => ShownConfiguredResource | undefined;
  /** The addresses of the instances that the value of an attribute comes from, as far as the configuration tells. */
  readonly sourcesOf: (address: string, attribute: string) => readonly string[];
}

const deepest = 20;

/** Makes the configuration of a document searchable. */
export function readConfiguration(document: ShownDocument, addresses: ReadonlySet<string>): Configuration {
  const modules = new Map<string, ShownConfiguredModule>();
  const resources = new Map<string, ShownConfiguredResource>();
  index(document.configuration?.root_module ?? {}, "", { modules, resources });
  const providers = Object.entries(document.configuration?.provider_config ?? {}).filter(([, config]) =>
    /(^|\/)qumulo$/.test(config.full_name ?? config.name),
  );
  const find = (address: string): ShownConfiguredResource | undefined => {
    if (resources.size === 0) return undefined;
    // Without keys, an instance is called as what declares it.
    const declared = resources.get(address);
    if (declared !== undefined) return declared;
    const { modules: path, local } = parseAddress(address);
    return resources.get(joined(path, local));
  };
  let grouped: ReadonlyMap<string, readonly string[]> | undefined;
  // Only references that name no instance need it.
  const instances = (): ReadonlyMap<string, readonly string[]> => (grouped ??= groupInstances(addresses));
  return {
    providers: Object.fromEntries(providers),
    variables: document.variables ?? {},
    resources,
    find,
    sourcesOf: (address, attribute) => {
      const resource = find(address);
      const references = resource?.expressions?.[attribute]?.references ?? [];
      if (references.length === 0) return [];
      const search: Search = { modules, addresses, instances, resource };
      return [...new Set(follow(search, { place: parseAddress(address), references, depth: 0 }))];
    },
  };
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

interface Index {
  readonly modules: Map<string, ShownConfiguredModule>;
  readonly resources: Map<string, ShownConfiguredResource>;
}

function index(module: ShownConfiguredModule, path: string, into: Index): void {
  into.modules.set(path, module);
  for (const resource of module.resources ?? []) {
    if (resource.mode === "managed") into.resources.set(`${path}${resource.type}.${resource.name}`, resource);
    else into.resources.set(`${path}${resource.mode}.${resource.type}.${resource.name}`, resource);
  }
  for (const [name, call] of Object.entries(module.module_calls ?? {})) {
    if (call.module !== undefined) index(call.module, `${path}module.${name}.`, into);
  }
}

function joined(modules: readonly string[], local: string): string {
  return modules.map((name) => `module.${name}.`).join("") + local;
}

interface Search {
  readonly modules: ReadonlyMap<string, ShownConfiguredModule>;
  readonly addresses: ReadonlySet<string>;
  readonly instances: () => ReadonlyMap<string, readonly string[]>;
  readonly resource: ShownConfiguredResource | undefined;
}

interface Trail {
  /** Where the references stand. */
  readonly place: ResourceAddress;
  readonly references: readonly string[];
  readonly depth: number;
}

function follow(search: Search, { place, references, depth }: Trail): readonly string[] {
  if (depth > deepest) return [];
  // The engine names each reference with all that it is part of; the longest says most.
  const longest = references.filter((one) => !references.some((other) => other !== one && isPart(one, other)));
  return longest.flatMap((reference) => followOne(search, { place, references: [reference], depth: depth + 1 }));
}

function isPart(reference: string, other: string): boolean {
  return other.startsWith(`${reference}.`) || other.startsWith(`${reference}[`);
}

function followOne(search: Search, trail: Trail): readonly string[] {
  const { place, references, depth } = trail;
  const [first, second] = segmentsOf(references[0] ?? "");
  if (first?.name === "each") {
    return follow(search, { place, references: search.resource?.for_each_expression?.references ?? [], depth });
  }
  return first === undefined || second === undefined ? [] : followNamed(search, trail, [first.name, second]);
}

function followNamed(
  search: Search,
  trail: Trail,
  [kind, { name, key }]: readonly [string, Segment],
): readonly string[] {
  const { place, references } = trail;
  if (kind === "var") return followVariable(search, trail, name);
  if (kind.startsWith("qumulo_")) return instancesOf(search, place, { type: kind, name, key });
  const output = segmentsOf(references[0] ?? "")[2]?.name ?? "";
  return kind === "module" ? followOutput(search, trail, { name, key, output }) : [];
}

function followVariable(search: Search, { place, depth }: Trail, name: string): readonly string[] {
  const called = place.modules.at(-1);
  if (called === undefined) return [];
  const outer = parseAddress(`${withoutLast(place.prefix)}module_call.this${place.moduleKey ?? ""}`);
  const caller = search.modules.get(joined(place.modules.slice(0, -1), ""));
  const references = caller?.module_calls?.[called]?.expressions?.[name]?.references ?? [];
  return follow({ ...search, resource: undefined }, { place: outer, references, depth });
}

/** The module around a module. */
function withoutLast(prefix: string): string {
  const segments = segmentsOf(prefix.replace(/\.$/, ""));
  return segments
    .slice(0, -2)
    .map(({ name, key }) => `${name}${key ?? ""}.`)
    .join("");
}

interface OutputReference {
  readonly name: string;
  readonly key: string | undefined;
  readonly output: string;
}

function followOutput(
  search: Search,
  { place, depth }: Trail,
  { name, key, output }: OutputReference,
): readonly string[] {
  const module = search.modules.get(joined([...place.modules, name], ""));
  const expression: ShownExpression | undefined = module?.outputs?.[output]?.expression;
  // Without a key in the reference the module's instance is the one of the same key, if it has several.
  const keys = key === undefined ? ["", ...(place.key === undefined ? [] : [place.key])] : [key];
  return keys.flatMap((tried) => {
    const inner = parseAddress(`${place.prefix}module.${name}${tried}.output.this`);
    return follow(
      { ...search, resource: undefined },
      { place: inner, references: expression?.references ?? [], depth },
    );
  });
}

interface ResourceReference {
  readonly type: string;
  readonly name: string;
  readonly key: string | undefined;
}

function instancesOf(
  search: Search,
  place: ResourceAddress,
  { type, name, key }: ResourceReference,
): readonly string[] {
  const base = `${place.prefix}${type}.${name}`;
  const exact = [`${base}${key ?? ""}`, `${base}${place.key ?? ""}`].find((address) => search.addresses.has(address));
  if (exact !== undefined) return [exact];
  return key === undefined ? (search.instances().get(base) ?? []) : [];
}

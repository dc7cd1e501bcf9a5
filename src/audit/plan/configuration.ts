import { AuditError } from "../audit-error.ts";
import { modulePath, References } from "./references.ts";
import { parseAddress } from "./resource-address.ts";
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
  /** Finds the resource that declares an instance. */
  readonly find: (address: string) => ShownConfiguredResource | undefined;
  /** The addresses of the instances that the value of an attribute comes from; none if not all of them are known. */
  readonly sourcesOf: (address: string, attribute: string) => readonly string[];
}

/** Deeper than real configurations nest modules. There is a limit because each address holds those of all modules around it. */
const deepestModule = 100;
/**
 * The steps that following the references of a document may take: at least so many, and more for each of its references and
 * instances.
 */
const steps = { least: 10_000, forEach: 100 };

/**
 * Makes the configuration of a document searchable.
 *
 * @throws {AuditError} when modules are nested too deep
 */
export function readConfiguration(document: ShownDocument, addresses: ReadonlySet<string>): Configuration {
  const into: Index = { modules: new Map(), resources: new Map(), references: 0 };
  index(document.configuration?.root_module ?? {}, [], into);
  const { modules, resources } = into;
  const mostSteps = steps.least + steps.forEach * (into.references + addresses.size);
  const references = new References({ modules, addresses, mostSteps });
  const providers = Object.entries(document.configuration?.provider_config ?? {}).filter(([, config]) =>
    /(^|\/)qumulo$/.test(config.full_name ?? config.name),
  );
  const find = (address: string): ShownConfiguredResource | undefined => {
    if (resources.size === 0) return undefined;
    // Without keys, an instance is called as what declares it.
    const declared = resources.get(address);
    if (declared !== undefined) return declared;
    const { modules: path, local } = parseAddress(address);
    return resources.get(modulePath(path) + local);
  };
  return {
    providers: Object.fromEntries(providers),
    variables: document.variables ?? {},
    resources,
    find,
    sourcesOf: (address, attribute) => {
      const resource = find(address);
      const found = resource?.expressions?.[attribute]?.references ?? [];
      return found.length === 0 ? [] : references.find({ place: parseAddress(address), references: found, resource });
    },
  };
}

interface Index {
  readonly modules: Map<string, ShownConfiguredModule>;
  readonly resources: Map<string, ShownConfiguredResource>;
  /** How many there are. */
  references: number;
}

function index(module: ShownConfiguredModule, names: readonly string[], into: Index): void {
  if (names.length > deepestModule) {
    throw new AuditError("input", `Modules are nested more than ${deepestModule} deep. Nest them less deep.`);
  }
  const path = modulePath(names);
  into.modules.set(path, module);
  for (const resource of module.resources ?? []) indexResource(resource, path, into);
  const outputs = Object.values(module.outputs ?? {});
  count(
    outputs.map(({ expression }) => expression),
    into,
  );
  for (const [name, call] of Object.entries(module.module_calls ?? {})) {
    count(Object.values(call.expressions ?? {}), into);
    if (call.module !== undefined) index(call.module, [...names, name], into);
  }
}

function indexResource(resource: ShownConfiguredResource, path: string, into: Index): void {
  const { mode, type, name, expressions = {}, for_each_expression } = resource;
  into.resources.set(`${path}${mode === "managed" ? "" : `${mode}.`}${type}.${name}`, resource);
  count([...Object.values(expressions), for_each_expression], into);
}

function count(expressions: readonly (ShownExpression | undefined)[], into: Index): void {
  for (const expression of expressions) into.references += expression?.references?.length ?? 0;
}

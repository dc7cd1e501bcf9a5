import type { Configuration } from "./configuration.ts";
import { segmentsOf } from "./resource-address.ts";
import type { ShownExpression, ShownProviderConfigs } from "./shown-document.ts";

/**
 * Finds the key of the provider configuration that leads to an object's cluster: `qumulo.west`, or `qumulo.west["eu"]` where
 * each instance of the configuration leads to another cluster.
 *
 * If only one provider configuration exists, every object belongs to it, even objects that the configuration no longer
 * declares.
 */
export function clusterFinder({ providers, find }: Configuration): (address: string) => string | undefined {
  const keys = Object.keys(providers);
  const only = keys.length === 1 ? keys[0] : undefined;
  const depths = new Map(keys.flatMap((key) => depthOf(providers[key], key)));
  return (address) => {
    const key = find(address)?.provider_config_key ?? only;
    const depth = key === undefined ? undefined : depths.get(key);
    return key === undefined || depth === undefined ? key : key + instanceIn(address, depth);
  };
}

/** What a cluster's key says: the provider configuration, and the key of its instance, without brackets and quotes. */
export function partsOfClusterKey(
  key: string,
  providers: ShownProviderConfigs,
): { readonly provider: string; readonly instance: string | undefined } {
  if (Object.hasOwn(providers, key)) return { provider: key, instance: undefined };
  const [, provider = key, instance] = /^([^[]*)\[(.*)\]$/s.exec(key) ?? [];
  return { provider, instance: instance === undefined ? undefined : unquoted(instance) };
}

/** Whether an expression uses `each`, which differs from instance to instance. */
export function isOfEach(expression: ShownExpression | undefined): boolean {
  return (expression?.references ?? []).some((reference) => /^each\b/.test(reference));
}

/** The module depth of a provider configuration whose instances lead to different clusters. */
function depthOf(
  config: ShownProviderConfigs[string] | undefined,
  key: string,
): readonly (readonly [string, number])[] {
  const { expressions, module_address: module = "" } = config ?? {};
  const isEach = isOfEach(expressions?.["host"]) || isOfEach(expressions?.["port"]);
  return isEach ? [[key, module === "" ? 0 : segmentsOf(module).length / 2]] : [];
}

/**
 * The key of the provider instance for a resource. A configuration chooses it with the resource, or with the call of the module
 * that passes it on. Engines do not report the choice, so it is assumed to be the resource's or the module's own key, as in the
 * guides.
 */
function instanceIn(address: string, depth: number): string {
  const segments = segmentsOf(address);
  const chosen = segments[2 * depth]?.name === "module" ? segments[2 * depth + 1] : segments.at(-1);
  return chosen?.key ?? "";
}

function unquoted(key: string): string {
  try {
    const parsed: unknown = JSON.parse(key);
    return String(parsed);
  } catch {
    return key;
  }
}

import { redactedText } from "../../plan/attributes.ts";
import { isOfEach, partsOfClusterKey } from "../../plan/cluster-key.ts";
import type { Configuration } from "../../plan/configuration.ts";
import type { ShownExpression } from "../../plan/shown-document.ts";

/** What a plan says about one setting of a provider configuration. */
export type ClusterSetting =
  | { readonly kind: "constant"; readonly value: string }
  /** The value of the only variable in it: the engine does not tell what is made of that. */
  | { readonly kind: "variable"; readonly value: string }
  /** The environment decides, which is the same for all configurations of one plan: `of` names that where there are several. */
  | { readonly kind: "silent"; readonly of?: string | undefined }
  | { readonly kind: "unknown" };

type ToldSetting = Extract<ClusterSetting, { readonly value: string }>;

/** Where a provider configuration leads. */
export interface ClusterSettings {
  readonly host: ClusterSetting;
  readonly port: ClusterSetting;
}

/** How two clusters compare. */
export type Sameness = "same" | "likely" | "possible" | "different";

const unknown = { kind: "unknown" } as const;
/** The default port. */
export const usualPort = "8000";

/**
 * Reads where the configuration behind a cluster's key leads.
 *
 * @param plan - the name of the plan, where there are several: each may have been made in another environment
 */
export function settingsOf(
  key: string,
  { providers, variables }: Configuration,
  plan: string | undefined,
): ClusterSettings {
  const { provider, instance } = partsOfClusterKey(key, providers);
  const expressions = providers[provider]?.expressions;
  const read = (name: string): ClusterSetting => {
    const setting = settingOf(expressions?.[name], variables, instance);
    return setting.kind === "constant" || setting.kind === "variable"
      ? { ...setting, value: plainHost(setting.value) }
      : setting;
  };
  const host = read("host");
  return { host: host.kind === "silent" ? { ...host, of: plan } : host, port: read("port") };
}

/** Hosts compare without case, and addresses of IPv6 without their brackets. */
export function plainHost(host: string): string {
  return host
    .trim()
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
}

function settingOf(
  expression: ShownExpression | undefined,
  variables: Configuration["variables"],
  instance: string | undefined,
): ClusterSetting {
  if (expression === undefined) return { kind: "silent" };
  const { constant_value: constant, references = [] } = expression;
  if (constant === null) return { kind: "silent" };
  if (isScalar(constant)) return { kind: "constant", value: String(constant) };
  const longest = references.filter((text) => !references.some((other) => other.startsWith(`${text}.`)));
  const [only, ...others] = longest;
  if (only === undefined || others.length > 0) return unknown;
  return isOfEach(expression) ? ofEach(only, variables, instance) : ofVariable(only, variables);
}

function ofVariable(reference: string, variables: Configuration["variables"]): ClusterSetting {
  const [root, name = "", ...path] = reference.split(".");
  if (root !== "var" || !Object.hasOwn(variables, name)) return unknown;
  return variableOf(memberOf(variables[name]?.value, path));
}

/** The instances of a configuration come from a variable that holds what their expressions name, or from elsewhere. */
function ofEach(
  reference: string,
  variables: Configuration["variables"],
  instance: string | undefined,
): ClusterSetting {
  const [, value, ...path] = reference.split(".");
  if (instance === undefined || value !== "value") return unknown;
  const found = Object.values(variables)
    .map((variable) => variableOf(memberOf(variable.value, [instance, ...path])))
    .filter(({ kind }) => kind === "variable");
  const [first, ...others] = found;
  return first === undefined || others.length > 0 ? unknown : first;
}

function variableOf(value: unknown): ClusterSetting {
  return isScalar(value) && value !== redactedText ? { kind: "variable", value: String(value) } : unknown;
}

function memberOf(value: unknown, path: readonly string[]): unknown {
  let found: unknown = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

function isScalar(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/** Whether two configurations lead to one cluster. */
export function compareSettings(left: ClusterSettings, right: ClusterSettings): Sameness {
  const host = compare(left.host, right.host);
  const port = comparePorts(left.port, right.port);
  if (host === "different" || port === "different") return "different";
  if (host === "possible" || port === "possible") return "possible";
  return host === "same" && port === "same" ? "same" : "likely";
}

function compare(left: ClusterSetting, right: ClusterSetting): Sameness {
  if (left.kind === "silent" && right.kind === "silent") return left.of === right.of ? "same" : "possible";
  return "value" in left && "value" in right ? compareValues(left, right) : "possible";
}

function compareValues(left: ToldSetting, right: ToldSetting): Sameness {
  const isPlain = left.kind === "constant" && right.kind === "constant";
  if (left.value === right.value) return isPlain ? "same" : "likely";
  // A variable may be a part of the name.
  const isPart = left.value.includes(right.value) || right.value.includes(left.value);
  return !isPlain && isPart ? "possible" : "different";
}

/** Compares ports. The default port usually means the same as no port. */
function comparePorts(left: ClusterSetting, right: ClusterSetting): Sameness {
  const isUsual = (setting: ClusterSetting): boolean => "value" in setting && setting.value === usualPort;
  if ((left.kind === "silent" && isUsual(right)) || (right.kind === "silent" && isUsual(left))) return "likely";
  return compare(left, right);
}

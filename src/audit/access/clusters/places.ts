import { partsOfClusterKey } from "../../plan/cluster-key.ts";
import type { Configuration } from "../../plan/configuration.ts";
import type { Plan, PlannedObject } from "../../plan/plan.ts";
import { withoutPlanName, withPlanName } from "../../plan/plan-name.ts";
import { type ClusterSettings, settingsOf } from "./cluster-settings.ts";
import { isUnplaced, splitState } from "./split-state.ts";

/** Plans that are judged together, and the clusters that their provider configurations lead to. */
export interface Places {
  /** Each with addresses and clusters that tell which plan they are of, where there are several. */
  readonly plans: readonly Plan[];
  /** Where the configuration behind a cluster's key leads. */
  readonly settingsOf: (key: string) => ClusterSettings;
  /** Whether a cluster's key is of this provider configuration, one of its instances, or all of a plan. */
  readonly isOf: (key: string, configuration: string) => boolean;
}

/** A cluster's key as the plan itself has it. */
interface LocalKey {
  readonly plan: Plan;
  readonly key: string | undefined;
}

/** Puts plans side by side. One that has no name keeps its addresses. */
export function placePlans(given: readonly Plan[]): Places {
  const plans = given.map(splitState);
  const locals = new Map<string, LocalKey>();
  const placed = plans.map((plan) => placedPlan(plan, locals));
  const localOf = (key: string): LocalKey | undefined => locals.get(key) ?? fallbackOf(plans, key);
  return {
    plans: placed,
    settingsOf: (key) => {
      const { plan, key: local } = localOf(key) ?? {};
      // A state names no provider configuration.
      if (local === undefined || plan === undefined || isUnplaced(plan))
        return { host: { kind: "unknown" }, port: { kind: "unknown" } };
      return settingsOf(local, plan.configuration, plan.name);
    },
    isOf: (key, configuration) => {
      const { plan, key: local } = localOf(key) ?? {};
      if (key === configuration || plan === undefined || plan.name === configuration) return plan !== undefined;
      if (local === undefined) return false;
      const { provider } = partsOfClusterKey(local, plan.configuration.providers);
      return withPlanName(plan.name, provider) === configuration;
    },
  };
}

/** A plan alone has the keys that its configuration has. */
function fallbackOf([plan]: readonly Plan[], key: string): LocalKey | undefined {
  return plan === undefined || plan.name !== undefined ? undefined : { plan, key };
}

function placedPlan(plan: Plan, locals: Map<string, LocalKey>): Plan {
  const { name, objects } = plan;
  if (name === undefined) return plan;
  const keyOf = keysOf(plan, name);
  const known = new Set(objects.map(({ cluster }) => cluster));
  for (const key of known) if (key !== undefined || known.size === 1) locals.set(keyOf(key) ?? name, { plan, key });
  return {
    ...plan,
    // Where nothing tells a cluster, everything is on one of its own, as far as this plan tells.
    objects: objects.map((object) => placedObject(object, name, keyOf(object.cluster))),
    configuration: placedConfiguration(plan.configuration, name),
  };
}

/** How the clusters of a plan are called: as the plan, where that has only one. */
function keysOf({ objects, configuration }: Plan, name: string): (key: string | undefined) => string | undefined {
  const known = new Set(objects.map(({ cluster }) => cluster));
  if (known.size < 2 && Object.keys(configuration.providers).length < 2) return () => name;
  if (known.size === 1 && known.has(undefined)) return () => name;
  return (key) => (key === undefined ? undefined : withPlanName(name, key));
}

function placedObject(object: PlannedObject, name: string, cluster: string | undefined): PlannedObject {
  const { address, type, mode, action, previousAddress, deposed, isImported, before, after } = object;
  return {
    address: withPlanName(name, address),
    type,
    mode,
    action,
    cluster,
    previousAddress,
    deposed,
    isImported,
    before,
    after,
  };
}

function placedConfiguration(configuration: Configuration, name: string): Configuration {
  const { find, sourcesOf } = configuration;
  return {
    ...configuration,
    find: (address) => find(withoutPlanName(address)),
    sourcesOf: (address, attribute) =>
      sourcesOf(withoutPlanName(address), attribute).map((source) => withPlanName(name, source)),
  };
}

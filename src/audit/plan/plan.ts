import { AuditError } from "../audit-error.ts";
import type { Attributes } from "./attributes.ts";
import { clusterFinder } from "./cluster-key.ts";
import { type Configuration, readConfiguration } from "./configuration.ts";
import {
  parseShownChange,
  parseShownDocument,
  type ShownAction,
  type ShownDocument,
  type ShownModule,
  type ShownResource,
  type ShownResourceChange,
} from "./shown-document.ts";

/** What a plan does with one object. */
export type ObjectAction =
  | "none"
  | "read"
  | "create"
  | "update"
  | "delete"
  | "delete-then-create"
  | "create-then-delete"
  | "forget"
  | "forget-then-create";

/** One object of ours, managed or read, before and after. */
export interface PlannedObject {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data" | "ephemeral";
  readonly action: ObjectAction;
  /**
   * The key of the provider configuration that leads to its cluster, with the key of the instance if each instance leads to
   * another cluster; `undefined` if the document does not say.
   */
  readonly cluster: string | undefined;
  readonly previousAddress: string | undefined;
  /** The engine's mark of an object that was replaced and is still to be deleted. */
  readonly deposed: string | undefined;
  readonly isImported: boolean;
  /** `undefined` when the object did not exist. */
  readonly before: Attributes | undefined;
  /** What the plan leaves on the cluster, forgotten objects included; `undefined` when nothing. */
  readonly after: Attributes | undefined;
}

/** An object that was changed on the cluster outside of the plan. */
export interface Drift {
  readonly address: string;
  readonly type: string;
  readonly cluster: string | undefined;
  readonly action: ObjectAction;
  /** Names of the attributes that differ. */
  readonly attributes: readonly string[];
}

/** What a plan does besides its changes: an action of our provider. */
export interface PlannedAction {
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** What starts it, such as `after create of qumulo_role.svc`; `undefined` for one that was asked for on its own. */
  readonly trigger: string | undefined;
}

/** A change, or an action, of ours that the engine has put off. */
export interface Deferral {
  readonly address: string;
  /** In the engine's words, such as `provider_config_unknown`. */
  readonly reason: string;
}

/** The part of a plan, or a state, that concerns Qumulo clusters. */
export interface Plan {
  /** What it is called where several are looked at together; `undefined` where it is the only one. */
  readonly name: string | undefined;
  readonly kind: "plan" | "state";
  readonly objects: readonly PlannedObject[];
  readonly drift: readonly Drift[];
  readonly actions: readonly PlannedAction[];
  readonly deferrals: readonly Deferral[];
  readonly configuration: Configuration;
  readonly engineVersion: string | undefined;
  /** When it was made, RFC 3339; for a document that does not tell, when it is read. */
  readonly plannedAt: string;
  readonly isErrored: boolean;
  /** Whether the engine itself says that the plan is complete. OpenTofu does not say. */
  readonly isComplete: boolean;
  /** Addresses of managed objects of the state that the plan says nothing of, as one made with `-target` does. */
  readonly leftOut: readonly string[];
}

const actions: Readonly<Record<string, ObjectAction>> = {
  "no-op": "none",
  read: "read",
  create: "create",
  update: "update",
  delete: "delete",
  "delete,create": "delete-then-create",
  "create,delete": "create-then-delete",
  forget: "forget",
  "forget,create": "forget-then-create",
  "create,forget": "forget-then-create",
  open: "read",
};

/** Which sides an object has for each action. */
const sides: Readonly<Record<ObjectAction, readonly ["before" | "", "after" | ""]>> = {
  none: ["before", "after"],
  read: ["", "after"],
  create: ["", "after"],
  update: ["before", "after"],
  delete: ["before", ""],
  "delete-then-create": ["before", "after"],
  "create-then-delete": ["before", "after"],
  forget: ["before", ""],
  "forget-then-create": ["before", "after"],
};

/**
 * Reads a parsed document of `show -json`.
 *
 * @param now - stands for the time of a document that tells none
 * @param name - what it is called, where there are several
 * @throws {AuditError} when it is neither a plan nor a state, or contradicts itself
 */
export function readPlan(shown: unknown, now: Date, name?: string): Plan {
  const document = parseShownDocument(shown);
  const isState = document.values !== undefined;
  const changes = (document.resource_changes ?? []).filter(isOurs);
  const rest = resourcesOf((isState ? document.values : document.prior_state?.values)?.root_module);
  if (!isState) checkWhole(document, rest);
  const addresses = new Set([...changes, ...rest].map(({ address }) => address));
  const configuration = readConfiguration(document, addresses);
  const clusterOf = clusterFinder(configuration);
  const changed = changes.flatMap((change) => objectsOf(change, clusterOf(change.address)));
  const unchanged = withoutChanged(rest, changes);
  const untouched = unchanged.map((resource) => untouchedObject(resource, clusterOf(resource.address)));
  return {
    name,
    kind: isState ? "state" : "plan",
    objects: [...changed, ...untouched],
    drift: (document.resource_drift ?? [])
      .filter(isOurs)
      .flatMap((change) => driftOf(change, clusterOf(change.address))),
    actions: (document.action_invocations ?? []).filter(isOurAction).map(actionOf),
    deferrals: deferralsOf(document),
    configuration,
    engineVersion: document.terraform_version,
    plannedAt: document.timestamp ?? now.toISOString(),
    isErrored: document.errored === true,
    isComplete: isComplete(document),
    leftOut: leftOutOf(document, unchanged),
  };
}

/**
 * Finds objects of the state that the plan leaves out. A full plan names every object, including those that stay the same; only
 * a refresh-only plan names none.
 */
function leftOutOf(
  { values, resource_changes = [] }: ShownDocument,
  unchanged: readonly ShownResource[],
): readonly string[] {
  if (values !== undefined || resource_changes.length === 0) return [];
  return unchanged.filter(({ mode }) => mode === "managed").map(({ address }) => address);
}

function isComplete(document: ShownDocument): boolean {
  const { complete, deferred_changes = [], deferred_action_invocations = [] } = document;
  return complete !== false && deferred_changes.length === 0 && deferred_action_invocations.length === 0;
}

/** A provider may have actions whose type does not begin with its name. */
function isOurAction({ type, provider_name = "" }: ShownAction): boolean {
  return isOurs({ type }) || /(^|\/)qumulo$/.test(provider_name);
}

function actionOf(action: ShownAction): PlannedAction {
  const { address, type, config_values, config_unknown = false, lifecycle_action_trigger } = action;
  const { action_trigger_event: event = "a change", triggering_resource_address: resource } =
    lifecycle_action_trigger ?? {};
  return {
    address,
    type,
    attributes: { address, values: config_values ?? {}, unknown: config_unknown },
    trigger: resource === undefined ? undefined : `${inWords(event)} of ${resource}`,
  };
}

/** Plans say `AfterCreate` where configurations say `after_create`. */
function inWords(event: string): string {
  return event
    .replaceAll("_", " ")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function deferralsOf({ deferred_changes = [], deferred_action_invocations = [] }: ShownDocument): readonly Deferral[] {
  return [...deferred_changes, ...deferred_action_invocations].flatMap((deferral) => {
    const { reason = "for a reason that it does not tell", resource_change, action_invocation } = deferral;
    const isOfOurs =
      action_invocation === undefined ? resource_change && isOurs(resource_change) : isOurAction(action_invocation);
    const address = (action_invocation ?? resource_change)?.address;
    return isOfOurs === true && address !== undefined ? [{ address, reason }] : [];
  });
}

function withoutChanged(
  resources: readonly ShownResource[],
  changes: readonly ShownResourceChange[],
): readonly ShownResource[] {
  const covered = new Set(changes.map(({ address, deposed = "" }) => `${address}#${deposed}`));
  return resources.filter(({ address, deposed_key = "" }) => !covered.has(`${address}#${deposed_key}`));
}

function isOurs({ type }: { readonly type: string }): boolean {
  return type.startsWith("qumulo_");
}

function resourcesOf(module: ShownModule | undefined): readonly ShownResource[] {
  const found: ShownResource[] = [];
  const collect = ({ resources = [], child_modules = [] }: ShownModule): void => {
    for (const resource of resources) if (isOurs(resource)) found.push(resource);
    for (const child of child_modules) collect(child);
  };
  if (module !== undefined) collect(module);
  return found;
}

/** Checks that a plan is whole: it must name each planned object among its changes or in the state before. */
function checkWhole(document: ShownDocument, prior: readonly ShownResource[]): void {
  const told = new Set([...(document.resource_changes ?? []), ...prior].map(({ address }) => address));
  const lost = resourcesOf(document.planned_values?.root_module).find(({ address }) => !told.has(address));
  if (lost !== undefined) {
    throw new AuditError(
      "input",
      `${lost.address} is planned, and resource_changes says nothing of it: the document has lost a part. Make it again.`,
    );
  }
}

function objectsOf(resource: ShownResourceChange, cluster: string | undefined): readonly PlannedObject[] {
  const { address, type, mode, previous_address, deposed } = resource;
  const change = parseShownChange(resource);
  const action = objectActionOf(resource.address, change.actions);
  const [hasBefore, hasAfter] = sides[action];
  const before = hasBefore === "" ? undefined : { address, values: present(change.before, resource), unknown: false };
  const unknown = change.after_unknown ?? false;
  const after = hasAfter === "" ? undefined : { address, values: present(change.after, resource), unknown };
  const isImported = change.importing !== undefined && change.importing !== null;
  // Written out, since objects that are spread are slow for all who read them: a quarter of the time of a large plan.
  const object = (
    action: ObjectAction,
    before: Attributes | undefined,
    after: Attributes | undefined,
  ): PlannedObject => ({
    address,
    type,
    mode,
    action,
    cluster,
    previousAddress: previous_address,
    deposed,
    isImported,
    before,
    after,
  });
  // A forgotten object stays on the cluster as it was.
  if (action === "forget") return [object("forget", before, before)];
  if (action === "forget-then-create") return [object("forget", before, before), object("create", undefined, after)];
  return [object(action, before, after)];
}

function objectActionOf(address: string, names: readonly string[]): ObjectAction {
  const key = names.join(",");
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  if (action !== undefined) return action;
  throw new AuditError(
    "input",
    `${address}: this program does not know its actions. Look for a newer version of this program.`,
  );
}

function present(
  side: Readonly<Record<string, unknown>> | null | undefined,
  { address }: ShownResourceChange,
): Readonly<Record<string, unknown>> {
  if (side !== null && side !== undefined) return side;
  throw new AuditError(
    "input",
    `${address}: its actions say that it exists, and its values are missing. Make the plan again.`,
  );
}

function untouchedObject(
  { address, type, mode, values, deposed_key }: ShownResource,
  cluster: string | undefined,
): PlannedObject {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new AuditError("input", `${address}: its values are missing. Make the document again.`);
  }
  const attributes = { address, values: { ...values }, unknown: false };
  return {
    address,
    type,
    mode,
    action: "none",
    cluster,
    previousAddress: undefined,
    deposed: deposed_key,
    isImported: false,
    before: attributes,
    after: attributes,
  };
}

function driftOf(resource: ShownResourceChange, cluster: string | undefined): readonly Drift[] {
  const { actions: names, before, after } = parseShownChange(resource);
  const { address, type } = resource;
  const action = objectActionOf(address, names);
  if (action === "none" || resource.mode !== "managed") return [];
  const differing = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const attributes = [...differing].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  return [{ address, type, cluster, action, attributes: attributes.toSorted() }];
}

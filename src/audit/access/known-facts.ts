import {
  type Attributes,
  knownOf,
  readFlag,
  readObject,
  readObjects,
  readText,
  readTexts,
} from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { ClusterFacts, IdentityFacts } from "./facts.ts";

/** Who planned: what the data source `qumulo_who_am_i` tells. */
export interface Principal {
  readonly address: string;
  readonly cluster: string | undefined;
  readonly name: string;
}

type Told = { -readonly [K in "roles" | "accessTokens"]: ClusterFacts[K][number][] };

/** What data sources of the plan tell about the cluster, beside what the plan manages. */
export function knownFacts(objects: readonly PlannedObject[]): ClusterFacts {
  const told: Told = { roles: [], accessTokens: [] };
  for (const object of objects) {
    const attributes = object.mode === "data" ? (object.after ?? object.before) : undefined;
    if (attributes !== undefined) tell(told, object.type, attributes);
  }
  return { users: [], groups: [], ...told };
}

/** Who planned, on each cluster that was asked. */
export function principalsOf(objects: readonly PlannedObject[]): readonly Principal[] {
  return objects.flatMap(({ mode, type, address, cluster, after }) => {
    if (mode !== "data" || type !== "qumulo_who_am_i" || after === undefined) return [];
    const name = knownOf(readText(after, "name"));
    return name === undefined ? [] : [{ address, cluster, name }];
  });
}

function tell(told: Told, type: string, attributes: Attributes): void {
  const listed = (name: string): readonly Attributes[] => knownOf(readObjects(attributes, name)) ?? [];
  const roles = type === "qumulo_role" ? [attributes] : type === "qumulo_roles" ? listed("roles") : [];
  for (const role of roles.flatMap(roleOf)) told.roles.push(role);
  const tokens = type === "qumulo_access_tokens" ? listed("access_tokens") : [];
  for (const token of tokens.flatMap(tokenOf)) told.accessTokens.push(token);
}

function roleOf(attributes: Attributes): readonly ClusterFacts["roles"][number][] {
  const name = knownOf(readText(attributes, "name"));
  const privileges = knownOf(readTexts(attributes, "privileges"))?.map(knownOf);
  if (name === undefined || privileges === undefined || privileges.includes(undefined)) return [];
  const known = privileges.filter((privilege) => privilege !== undefined);
  const members = knownOf(readObjects(attributes, "members"))?.map(identityOf);
  return [{ name, privileges: known, ...(members === undefined ? {} : { members }) }];
}

function tokenOf(attributes: Attributes): readonly ClusterFacts["accessTokens"][number][] {
  const id = knownOf(readText(attributes, "id"));
  const user = knownOf(readObject(attributes, "identity"));
  if (id === undefined || user === undefined) return [];
  const expirationTime = knownOf(readText(attributes, "expiration_time"));
  const enabled = knownOf(readFlag(attributes, "enabled")) !== false;
  return [{ id, user: identityOf(user), enabled, ...(expirationTime === undefined ? {} : { expirationTime }) }];
}

function identityOf(attributes: Attributes): IdentityFacts {
  const text = (name: string): string | undefined => {
    const value = knownOf(readText(attributes, name));
    return value === "" ? undefined : value;
  };
  const [domain, authId, name] = [text("domain"), text("auth_id"), text("name")];
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(authId === undefined ? {} : { authId }),
    ...(name === undefined ? {} : { name }),
  };
}

import { parseIdentityText } from "../../vocabulary/identity-text.ts";
import {
  type Attributes,
  isPartlyUnknown,
  knownOf,
  readFlag,
  readObject,
  readObjects,
  readText,
  readTexts,
} from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { ClusterFacts, IdentityFacts } from "./facts.ts";
import type { Gap, Need } from "./gap.ts";
import { roleKey } from "./role-keys.ts";

/** Who planned: what the data source `qumulo_who_am_i` tells. */
export interface Principal {
  readonly address: string;
  readonly cluster: string | undefined;
  /** `undefined` where that is read while applying. */
  readonly name: string | undefined;
}

type Told = { -readonly [K in "roles" | "accessTokens" | "users" | "groups"]: ClusterFacts[K][number][] } & {
  readonly identities: (readonly IdentityFacts[])[];
};

/** What data sources of the plan tell about the cluster, besides what the plan manages. */
export function knownFacts(objects: readonly PlannedObject[]): ClusterFacts {
  const told: Told = { roles: [], accessTokens: [], users: [], groups: [], identities: [] };
  for (const object of objects) {
    const attributes = object.mode === "data" ? (object.after ?? object.before) : undefined;
    if (attributes !== undefined) tell(told, object.type, attributes);
  }
  return { ...told, isPartial: true };
}

/** What each data source tells of, and which needs it meets. */
const tellers: Readonly<Record<string, { readonly names: readonly string[]; readonly needs: readonly Need[] }>> = {
  qumulo_role: { names: ["name", "privileges", "members"], needs: ["privileges", "roles", "members"] },
  qumulo_roles: { names: ["roles"], needs: ["privileges", "roles", "members"] },
  qumulo_access_tokens: {
    names: ["access_tokens"],
    needs: ["token-users", "token-states", "token-ends", "token-lives"],
  },
};

/**
 * What a data source is to tell and does not yet, since it is read while applying.
 *
 * @param managed - keys of the roles that the plan manages: of these the plan itself tells
 */
export function dataGaps(object: PlannedObject, attributes: Attributes, managed: ReadonlySet<string>): readonly Gap[] {
  const { address, type } = object;
  const teller = Object.hasOwn(tellers, type) ? tellers[type] : undefined;
  if (teller === undefined || !isPartlyUnknown(attributes, teller.names)) return [];
  const name = type === "qumulo_role" ? knownOf(readText(attributes, "name")) : undefined;
  if (name !== undefined && managed.has(roleKey(name))) return [];
  const what = `What ${address} tells of the cluster is read during apply, and not known before.`;
  return [{ address, what, lacks: teller.needs }];
}

/** Who planned, on each cluster that was asked. */
export function principalsOf(objects: readonly PlannedObject[]): readonly Principal[] {
  return objects.flatMap(({ mode, type, address, cluster, after }) => {
    if (mode !== "data" || type !== "qumulo_who_am_i" || after === undefined) return [];
    return [{ address, cluster, name: knownOf(readText(after, "name")) }];
  });
}

function tell(told: Told, type: string, attributes: Attributes): void {
  if (Object.hasOwn(nameTellers, type)) nameTellers[type]?.(told, attributes);
  const roles = type === "qumulo_role" ? [attributes] : type === "qumulo_roles" ? listedIn(attributes, "roles") : [];
  for (const role of roles.flatMap(roleOf)) told.roles.push(role);
  const tokens = type === "qumulo_access_tokens" ? listedIn(attributes, "access_tokens") : [];
  for (const token of tokens.flatMap(tokenOf)) told.accessTokens.push(token);
}

/** Whose names are whose, by the type of the data source: of local accounts, and of others as far as they were asked for. */
const nameTellers: Readonly<Record<string, (told: Told, attributes: Attributes) => void>> = {
  qumulo_local_user: (told, attributes) => {
    tellUsers(told, [attributes]);
  },
  qumulo_local_users: (told, attributes) => {
    tellUsers(told, listedIn(attributes, "users"));
  },
  qumulo_local_group: (told, attributes) => {
    const users = tellUsers(told, listedIn(attributes, "members"));
    const members = users.map(({ id, name }) => ({ domain: "LOCAL", authId: id, name }));
    for (const group of accountOf(attributes)) told.groups.push({ ...group, members });
  },
  qumulo_identity: tellIdentity,
};

function tellUsers(told: Told, all: readonly Attributes[]): ClusterFacts["users"] {
  const users = all.flatMap(accountOf);
  for (const user of users) told.users.push(user);
  return users;
}

function tellIdentity(told: Told, attributes: Attributes): void {
  const known = identityOf(attributes);
  const { domain, authId, name } = known;
  if (authId === undefined) return;
  if (domain === "LOCAL" && name !== undefined && textIn(attributes, "type") === "USER")
    told.users.push({ id: authId, name });
  // What was asked for, such as a bare name, means this one.
  const asked = textIn(attributes, "identity");
  told.identities.push([known, ...(asked === undefined ? [] : referenceIn(asked))]);
}

function referenceIn(text: string): readonly IdentityFacts[] {
  const parsed = parseIdentityText(text);
  if (parsed.kind !== "identity") return [{ name: text }];
  const { domain, authId, name, sid } = parsed.identity;
  return [
    {
      ...(domain === undefined ? {} : { domain }),
      ...(authId === undefined ? {} : { authId }),
      ...(name === undefined ? {} : { name }),
      ...(sid === undefined ? {} : { sid }),
    },
  ];
}

function accountOf(attributes: Attributes): readonly (ClusterFacts["users"][number] & { readonly gid?: string })[] {
  const [id, name] = [textIn(attributes, "id"), textIn(attributes, "name")];
  if (id === undefined || name === undefined) return [];
  const [sid, uid, gid, primaryGroup] = ["sid", "uid", "gid", "primary_group"].map((key) => textIn(attributes, key));
  return [
    {
      id,
      name,
      ...(sid === undefined ? {} : { sid }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      ...(primaryGroup === undefined ? {} : { primaryGroup }),
    },
  ];
}

function listedIn(attributes: Attributes, name: string): readonly Attributes[] {
  return knownOf(readObjects(attributes, name)) ?? [];
}

function textIn(attributes: Attributes, name: string): string | undefined {
  const value = knownOf(readText(attributes, name));
  return value === "" ? undefined : value;
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
  const [expirationTime, creationTime] = ["expiration_time", "creation_time"].map((name) =>
    knownOf(readText(attributes, name)),
  );
  const enabled = knownOf(readFlag(attributes, "enabled")) !== false;
  return [
    {
      id,
      user: identityOf(user),
      enabled,
      ...(expirationTime === undefined ? {} : { expirationTime }),
      ...(creationTime === undefined ? {} : { creationTime }),
    },
  ];
}

function identityOf(attributes: Attributes): IdentityFacts {
  const [domain, authId, name, sid] = ["domain", "auth_id", "name", "sid"].map((key) => textIn(attributes, key));
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(authId === undefined ? {} : { authId }),
    ...(name === undefined ? {} : { name }),
    ...(sid === undefined ? {} : { sid }),
  };
}

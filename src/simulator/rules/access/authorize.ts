import type { PrivilegeName } from "../../../vocabulary/privileges.ts";
import type { RoleRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import type { Context } from "../context.ts";
import { hasFeature } from "../core-version.ts";
import { rightsHolderIds } from "../identities/identity-relations.ts";
import type { CoreVersion } from "../../../vocabulary/core-version.ts";

/** Who makes a request, and what they may do. */
export interface Caller {
  readonly authId: string;
  readonly privileges: ReadonlySet<string>;
  /** Names of the roles behind the privileges. */
  readonly roles: readonly string[];
  /** The access token in use; absent with a session. */
  readonly accessTokenId?: string;
}

/** The caller of a path that asks for no bearer token. */
export const nobody: Caller = { authId: "0", privileges: new Set(), roles: [] };

/**
 * Who may: anyone at all, anyone with a bearer token, holders of one of the privileges; or, with self-service, holders
 * of the privilege on versions that know no self-service, and anyone with a bearer token on later ones.
 */
type Requirement = "anyone" | "any-caller" | readonly PrivilegeName[] | { readonly selfServiceElse: PrivilegeName };

/**
 * Who may do what.
 *
 * Where callers serve themselves, `access-tokens.ts` asks for the privilege as soon as someone else is concerned.
 *
 * @see OpenAPI 7.8.2 for open paths and access tokens; the rest is inferred from the privileges' descriptions
 */
const requirements = {
  login: "anyone",
  samlLogin: "anyone",
  readVersion: "anyone",
  readDescription: "anyone",
  readNodeState: "anyone",
  readClusterSettings: "anyone",
  whoAmI: "any-caller",
  changeOwnPassword: "any-caller",
  readAccessTokens: { selfServiceElse: "PRIVILEGE_ACCESS_TOKENS_READ" },
  writeAccessTokens: { selfServiceElse: "PRIVILEGE_ACCESS_TOKENS_WRITE" },
  writeClusterSettings: ["PRIVILEGE_CLUSTER_WRITE"],
  readNodes: ["PRIVILEGE_CLUSTER_READ"],
  readLocalUsers: ["PRIVILEGE_LOCAL_USER_READ"],
  writeLocalUsers: ["PRIVILEGE_LOCAL_USER_WRITE"],
  readGroupsOfUser: ["PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_LOCAL_GROUP_READ"],
  readLocalGroups: ["PRIVILEGE_LOCAL_GROUP_READ"],
  writeLocalGroups: ["PRIVILEGE_LOCAL_GROUP_WRITE"],
  readRoles: ["PRIVILEGE_ROLE_READ"],
  writeRoles: ["PRIVILEGE_ROLE_WRITE"],
  readIdentities: ["PRIVILEGE_IDENTITY_READ"],
  writeIdentities: ["PRIVILEGE_IDENTITY_WRITE"],
  readUserMappings: ["PRIVILEGE_IDENTITY_MAPPING_READ"],
  writeUserMappings: ["PRIVILEGE_IDENTITY_MAPPING_WRITE"],
} as const satisfies Readonly<Record<string, Requirement>>;

/** What a request is about to do. */
export type Operation = keyof typeof requirements;

/** Whether the operation needs no bearer token. */
export function isOpen(operation: Operation): boolean {
  return requirements[operation] === "anyone";
}

/**
 * Refuses an operation that the caller may not do.
 *
 * @throws {ApiError} 403 naming the missing privilege
 */
export function authorize({ coreVersion }: Context, caller: Caller, operation: Operation): void {
  const needed = privilegesFor(operation, coreVersion);
  if (needed.length > 0 && !needed.some((privilege) => caller.privileges.has(privilege))) {
    throw new ApiError("notAuthorized", `This needs ${needed.join(" or ")}`);
  }
}

/** The privileges of which a caller must hold one on a version of Qumulo Core; empty when the operation asks for none. */
export function privilegesFor(operation: Operation, coreVersion: CoreVersion): readonly PrivilegeName[] {
  const requirement: Requirement = requirements[operation];
  if (typeof requirement === "string") return [];
  if (!("selfServiceElse" in requirement)) return requirement;
  return hasFeature(coreVersion, "ownAccessTokens") ? [] : [requirement.selfServiceElse];
}

/**
 * The roles that an identity holds, itself or through its groups.
 *
 * @see OpenAPI 7.8.2, GET /v1/session/roles
 */
function rolesOf(context: Context, authId: string): RoleRecord[] {
  const holders = [...rightsHolderIds(context, authId)];
  const keys = holders.flatMap((id) => context.store.where("roleMembers", "member", id).map(({ role }) => role));
  return [...new Set(keys)].flatMap((key) => context.store.find("roles", key) ?? []);
}

/** The rights of an identity at this moment. */
export function rightsOf(context: Context, authId: string): Pick<Caller, "privileges" | "roles"> {
  const roles = rolesOf(context, authId);
  return {
    privileges: new Set(roles.flatMap(({ privileges }) => privileges)),
    roles: roles.map(({ name }) => name).sort(),
  };
}

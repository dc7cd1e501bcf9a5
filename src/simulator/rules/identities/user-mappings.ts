import type { UserMappingRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import { type Context, nextRevision } from "../context.ts";
import {
  type DirectoryAccount,
  findActiveDirectoryAccount,
  findDirectoryAccount,
  fullNameOf,
  ldapAccountsNamed,
} from "./directory.ts";
import { requireMatch } from "../etags.ts";

/** An Active Directory user and an LDAP user who were declared to be the same. */
export type UserMapping = Pick<UserMappingRecord, "downLevelLogonName" | "ldapName">;

/** All mappings, and what their ETag is made of. */
export interface UserMappings {
  readonly mappings: readonly UserMapping[];
  readonly revision: number;
}

/** All mappings, in the order in which they were set. */
export function listUserMappings(context: Context): UserMappings {
  const mappings = [...context.store.entries("userMappings")].map(([, mapping]) => mapping);
  return { mappings, revision: mappings[0]?.revision ?? 0 };
}

/**
 * Replaces all mappings. Names need not be known to their directories.
 *
 * @throws {ApiError} 412; 400 for a name of Active Directory without a domain, an empty name, or one that is there twice
 * @see Qumulo Care, Mapping User Identities between Active Directory and LDAP: one to one; answers are assumed
 */
export function replaceUserMappings(
  context: Context,
  asked: { readonly mappings: readonly UserMapping[]; readonly ifMatch: string | undefined },
): UserMappings {
  const before = listUserMappings(context);
  requireMatch(asked.ifMatch, before.revision);
  const { mappings } = asked;
  for (const { downLevelLogonName, ldapName } of mappings) requireNames(downLevelLogonName, ldapName);
  requireDistinct(mappings.map(({ downLevelLogonName }) => downLevelLogonName));
  requireDistinct(mappings.map(({ ldapName }) => ldapName));
  for (const { downLevelLogonName } of before.mappings) {
    context.store.remove("userMappings", mappingKey(downLevelLogonName));
  }
  const revision = nextRevision(context);
  for (const { downLevelLogonName, ldapName } of mappings) {
    context.store.put("userMappings", mappingKey(downLevelLogonName), { downLevelLogonName, ldapName, revision });
  }
  return listUserMappings(context);
}

function mappingKey(downLevelLogonName: string): string {
  return downLevelLogonName.toLowerCase();
}

function requireNames(downLevelLogonName: string, ldapName: string): void {
  if (!/^[^\\]+\\[^\\]+$/.test(downLevelLogonName)) {
    throw new ApiError("undecodable", "down_level_logon_name: a domain and a name are needed, such as LAB\\jane");
  }
  if (ldapName === "") throw new ApiError("undecodable", "ldap_name: the login name of an LDAP user is needed");
}

function requireDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key)) throw new ApiError("invalidRequest", `${name} is mapped twice; mappings are one to one`);
    seen.add(key);
  }
}

/**
 * The user whom a user of a directory was declared to be, if any.
 *
 * @see Qumulo Care, Mapping User Identities between Active Directory and LDAP
 */
export function findMappedUser(context: Context, authId: string): DirectoryAccount | undefined {
  const account = findDirectoryAccount(context, authId);
  if (account?.kind !== "user") return undefined;
  const isUser = ({ kind }: DirectoryAccount): boolean => kind === "user";
  if (account.directory === "activeDirectory") {
    const mapping = context.store.find("userMappings", mappingKey(fullNameOf(context, account)));
    return mapping === undefined ? undefined : ldapAccountsNamed(context, mapping.ldapName).find(isUser);
  }
  const [mapping] = context.store.where("userMappings", "ldapName", account.name.toLowerCase());
  const other = mapping === undefined ? undefined : findActiveDirectoryAccount(context, mapping.downLevelLogonName);
  return other?.kind === "user" ? other : undefined;
}

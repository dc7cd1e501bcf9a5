import { renderIdentityText } from "../vocabulary/identity-text.ts";
import { isPrivilegeName } from "../vocabulary/privileges.ts";
import { namedIdentity } from "./identity-names.ts";
import { fingerprintOf } from "./labels.ts";
import type { GrantEntry, MembershipEntry, RoleEntry, Section, TokenEntry } from "./model.ts";
import type { GroupParty, Outsider, UserParty } from "./parties.ts";
import { renderParty } from "./remarks.ts";
import type { RemarksAt } from "./render.ts";
import { shown } from "../vocabulary/shown-text.ts";
import {
  call,
  chain,
  chainWithObject,
  declaration,
  programString,
  type Property,
  type PropertyValue,
  sourceNumber,
  sourceString,
} from "./typescript-text.ts";
import type { Variables } from "./variables.ts";

/** One part of a program that stands together. */
export interface Statement {
  /** Lines. */
  readonly comment?: readonly string[];
  readonly text: string;
  /** What it needs of the package. */
  readonly uses: readonly string[];
}

/** What is decided before a program is written. */
export interface Outline {
  readonly variables: Variables;
  /** What is remarked about parts of the model. */
  readonly remarksAt: RemarksAt;
  /** The role and the token of an account that are its own and nobody else's. */
  readonly findIdentity: (section: Section) => OwnIdentity | undefined;
}

/** An account that is one with a role and an access token of its own. */
export interface OwnIdentity {
  readonly grant: GrantEntry;
  readonly token: TokenEntry;
}

/** The statements that make a role, or refer to one. */
export function roleStatement(entry: RoleEntry, { variables, remarksAt }: Outline): Statement {
  const { role, label, isBuiltIn, isManaged } = entry;
  const variable = variables.ofRole(entry);
  const id = sourceString(`role__${label}`);
  if (!isManaged) {
    const method = isBuiltIn ? "builtIn" : "fromName";
    const text = call(`const ${variable} = Role.${method}`, "this", id, programString(role.name));
    const origin = isBuiltIn ? "which comes with the cluster" : "which is not managed here";
    return { comment: [`Role ${shown(role.name)}, ${origin}`], text, uses: ["Role"] };
  }
  const made = declaration(`const ${variable} = new Role`, ["this", id], roleProperties(entry));
  const text = made + importCall(variable, role.name);
  return {
    comment: [`Role ${shown(role.name)}`, ...remarksAt(entry)],
    text,
    uses: ["Role", ...usesOf(entry)],
  };
}

/** The statements that make a group, or refer to one. */
export function groupStatement(party: GroupParty, { variables, remarksAt }: Outline): Statement {
  const { group, label, builtIn, isManaged } = party;
  const head = `const ${variables.ofParty(party)} =`;
  const id = sourceString(label);
  const uses = ["LocalGroup"];
  if (!isManaged) {
    const [method, name] = builtIn === undefined ? ["fromId", group.id] : ["builtIn", builtIn];
    const origin = builtIn === undefined ? "which is not managed here" : "which comes with the cluster";
    const text = call(`${head} LocalGroup.${method}`, "this", id, sourceString(name));
    return { comment: [`${renderParty(party)}, ${origin}`], text, uses };
  }
  const properties: readonly Property[] = [
    ["name", programString(group.name)],
    ["gid", group.gid && sourceNumber(group.gid)],
  ];
  const made = declaration(`${head} new LocalGroup`, ["this", id], properties);
  const comment = [renderParty(party), ...remarksAt(party)];
  return { comment, text: made + importCall(variables.ofParty(party), group.id), uses };
}

/** The statements of one account, its memberships and access tokens. */
export function userStatements(
  section: Section & { readonly party: UserParty },
  outline: Outline,
): readonly Statement[] {
  const { party, memberships, tokens } = section;
  const identity = outline.findIdentity(section);
  const account = outline.variables.ofParty(party) + (identity === undefined ? "" : ".account");
  const grants = section.grants.filter(({ role }) => role !== identity?.grant.role);
  const made = identity === undefined ? accountStatement(party, outline) : identityStatement(party, identity, outline);
  return [
    { ...made, comment: [renderParty(party), ...outline.remarksAt(party), ...(made.comment ?? [])] },
    ...memberships.map((membership) => membershipStatement(membership, account, outline)),
    ...grants.map((grant) => grantStatement(grant, account, outline)),
    ...(identity === undefined ? tokens.map((token) => tokenStatement(token, account, outline)) : []),
  ];
}

/** The memberships that a group has. */
export function groupGrantStatements({ party, grants }: Section, outline: Outline): readonly Statement[] {
  return grants.map((grant) => grantStatement(grant, outline.variables.ofParty(party), outline));
}

/** The statements for somebody who is not an account of the cluster. */
export function outsiderStatements(
  section: Section & { readonly party: Outsider },
  outline: Outline,
): readonly Statement[] {
  const { party, grants, tokens } = section;
  const title = [renderParty(party)];
  const statements = [
    ...grants.map((grant) => outsiderGrant(grant, party, outline)),
    ...tokens.map((token) => outsiderToken(token, party, outline)),
  ];
  return statements.map((statement, index) =>
    index === 0 ? { ...statement, comment: [...title, ...(statement.comment ?? [])] } : statement,
  );
}

function accountStatement(party: UserParty, outline: Outline): Statement {
  const variable = outline.variables.ofParty(party);
  const id = sourceString(party.label);
  const uses = ["ServiceAccount"];
  if (!party.isManaged) {
    const head = `const ${variable} = ServiceAccount.fromId`;
    return { text: call(head, "this", id, sourceString(party.authId)), uses };
  }
  const properties: readonly Property[] = [["name", programString(party.user.name)], ...userProperties(party, outline)];
  const made = declaration(`const ${variable} = new ServiceAccount`, ["this", id], properties);
  return { text: made + importCall(variable, party.authId), uses };
}

function identityStatement(party: UserParty, { grant, token }: OwnIdentity, outline: Outline): Statement {
  const variable = outline.variables.ofParty(party);
  const account = userProperties(party, outline).filter(([, value]) => value !== undefined);
  const { name, description } = grant.role.role;
  const properties: readonly Property[] = [
    ["name", programString(party.user.name)],
    ["account", account.length === 0 ? undefined : { object: account }],
    ["roleName", programString(name)],
    ["description", programString(description)],
    ["privileges", privilegeList(grant.role)],
    ["token", { object: tokenProperties(token) }],
    ["output", "false"],
  ];
  const head = `const ${variable} = new ServiceIdentity`;
  const text = [
    declaration(head, ["this", sourceString(party.label)], properties),
    importCall(`${variable}.account`, party.authId),
    importCall(`${variable}.role`, name),
    importCall(`${variable}.grant`, grant.importId),
    importCall(`${variable}.token`, token.token.id),
  ].join("");
  const comment = outline.remarksAt(grant.role, grant, token);
  return { comment, text, uses: ["ServiceIdentity", ...usesOf(grant.role)] };
}

function membershipStatement({ group, importId }: MembershipEntry, account: string, outline: Outline): Statement {
  const importFrom = ["importFrom", sourceString(importId)] as const;
  return { text: chain(outline.variables.ofParty(group), [["addMember", account], importFrom]), uses: [] };
}

function grantStatement(grant: GrantEntry, grantee: string, { variables, remarksAt }: Outline): Statement {
  const importFrom = ["importFrom", programString(grant.importId)] as const;
  const text = chain(variables.ofRole(grant.role), [["grantTo", grantee], importFrom]);
  return { comment: remarksAt(grant), text, uses: [] };
}

function tokenStatement(entry: TokenEntry, account: string, { remarksAt }: Outline): Statement {
  const text = chainWithObject(account, {
    method: "issueToken",
    argument: sourceString(entry.label),
    properties: tokenProperties(entry),
    last: ["importFrom", sourceString(entry.token.id)],
  });
  return { comment: remarksAt(entry), text, uses: [] };
}

function outsiderGrant(grant: GrantEntry, party: Outsider, { variables, remarksAt }: Outline): Statement {
  const variable = `member_${fingerprintOf(grant.importId)}`;
  const id = sourceString(`member__${grant.role.label}__${party.label}`);
  const named = namedIdentity(party.identity);
  const properties: readonly Property[] = [
    ["roleName", `${variables.ofRole(grant.role)}.name`],
    ["authId", named === undefined ? sourceString(party.authId) : undefined],
    ["name", named && programString(named.name)],
    ["domain", named && sourceString(named.domain)],
  ];
  const made = declaration(`const ${variable} = new bindings.roleMember.RoleMember`, ["this", id], properties);
  const text = made + call(`${variable}.importFrom`, programString(grant.importId));
  return { comment: remarksAt(grant), text, uses: ["bindings"] };
}

function outsiderToken(entry: TokenEntry, party: Outsider, { remarksAt }: Outline): Statement {
  const variable = `token_${fingerprintOf(entry.token.id)}`;
  const id = sourceString(`token__${party.label}__${fingerprintOf(entry.token.id)}`);
  const named = namedIdentity(party.identity);
  const user = (named && renderIdentityText(named)) ?? `auth_id:${party.authId}`;
  const { expirationTime, enabled } = entry.token;
  const properties: readonly Property[] = [
    ["user", programString(user)],
    ["expirationTime", expirationTime && programString(expirationTime)],
    ["enabled", enabled ? undefined : "false"],
  ];
  const head = `const ${variable} = new bindings.accessToken.AccessToken`;
  const made = declaration(head, ["this", id], properties);
  const text = made + call(`${variable}.importFrom`, sourceString(entry.token.id));
  return { comment: remarksAt(entry), text, uses: ["bindings"] };
}

function roleProperties(entry: RoleEntry): readonly Property[] {
  const { name, description } = entry.role;
  return [
    ["name", programString(name)],
    ["description", description === "" ? undefined : programString(description)],
    ["privileges", privilegeList(entry)],
  ];
}

function privilegeList({ role }: RoleEntry): readonly string[] {
  return role.privileges.map((name) =>
    isPrivilegeName(name) ? name.replace("PRIVILEGE_", "Privilege.") : programString(name),
  );
}

function usesOf({ role }: RoleEntry): readonly string[] {
  return role.privileges.some(isPrivilegeName) ? ["Privilege"] : [];
}

function userProperties({ user, primaryGroup }: UserParty, { variables }: Outline): readonly Property[] {
  return [
    ["primaryGroup", primaryGroup && variables.ofParty(primaryGroup)],
    ["uid", user.uid && sourceNumber(user.uid)],
    ["homeDirectory", user.homeDirectory && programString(user.homeDirectory)],
  ];
}

function tokenProperties({ token }: TokenEntry): readonly (readonly [string, PropertyValue | undefined])[] {
  const { expirationTime, enabled } = token;
  return [
    expirationTime === undefined ? ["neverExpires", "true"] : ["expirationTime", programString(expirationTime)],
    ["enabled", enabled ? undefined : "false"],
  ];
}

function importCall(variable: string, importId: string): string {
  return call(`${variable}.importFrom`, programString(importId));
}

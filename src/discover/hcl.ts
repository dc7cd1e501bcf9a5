import { renderIdentityText } from "../vocabulary/identity-text.ts";
import { renderParty } from "./remarks.ts";
import { type HclAttribute, hclBlock, hclString } from "./hcl-text.ts";
import { namedIdentity } from "./identity-names.ts";
import type { GrantEntry, MembershipEntry, RoleEntry, Section, TokenEntry } from "./model.ts";
import type { GroupParty, Party, UserParty } from "./parties.ts";
import { type CodeFile, type Discovered, type Format, headLines, type RemarksAt, remarksIn } from "./render.ts";
import { wrapped } from "./shown-text.ts";
import { shown } from "../vocabulary/shown-text.ts";

/** A resource and the import that takes it over. */
interface Resource {
  readonly type: string;
  readonly label: string;
  readonly importId: string;
  readonly attributes: readonly HclAttribute[];
  /** Lines of a comment. */
  readonly comment: readonly string[];
}

const files = ["main.tf", "imports.tf"] as const;

/**
 * Writes what was discovered as a configuration: the first file has the resources, those of one account together, and
 * the other one takes them over and can be deleted after the first apply.
 */
export const hclFormat: Format = { files, render };

function render(discovered: Discovered): readonly CodeFile[] {
  const { model } = discovered;
  const remarksAt = remarksIn(discovered.remarks);
  const resources = [
    ...model.roles.map((role) => roleResource(role, remarksAt(role))),
    ...model.sections.flatMap((section) => sectionResources(section, remarksAt)),
  ];
  const text = [comment(headLines(discovered)), settings, ...resources.map(renderResource)].join("\n");
  const imports = resources.map(({ type, label, importId }) =>
    hclBlock("import", [
      ["to", `${type}.${label}`],
      ["id", hclString(importId)],
    ]),
  );
  const [main, others] = files;
  return [
    { name: main, text },
    { name: others, text: [comment(importsHeader), ...imports].join("\n") },
  ];
}

const settings = `terraform {
  required_version = ">= 1.5.0"

  required_providers {
    qumulo = {
      source = "cdktf-qumulo/qumulo"
    }
  }
}

# All of it comes from the environment: QUMULO_HOST, and credentials.
provider "qumulo" {}
`;

const importsHeader = wrapped(
  "Takes over what the cluster has, in place of creating it. Once this is applied, the file can be deleted.",
);

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\n`).join("");
}

function renderResource({ type, label, attributes, comment: lines }: Resource): string {
  return comment(lines) + hclBlock(`resource "${type}" "${label}"`, attributes);
}

function sectionResources(section: Section, remarksAt: RemarksAt): readonly Resource[] {
  const { party, memberships, grants, tokens } = section;
  const owned = [
    ...(party.kind === "user" && party.isManaged ? [userResource(party)] : []),
    ...(party.kind === "group" && party.isManaged ? [groupResource(party)] : []),
    ...memberships.map((membership) => membershipResource(membership, party)),
    ...grants.map((grant) => ({ ...grantResource(grant, party), comment: remarksAt(grant) })),
    ...tokens.map((token) => ({ ...tokenResource(token, party), comment: remarksAt(token) })),
  ];
  const title = [renderParty(party), ...remarksAt(party)];
  return owned.map((resource, index) =>
    index === 0 ? { ...resource, comment: [...title, ...resource.comment] } : resource,
  );
}

function roleResource({ role, label }: RoleEntry, remarks: readonly string[]): Resource {
  const { name, description, privileges } = role;
  return {
    type: "qumulo_role",
    label,
    importId: name,
    comment: [`Role ${shown(name)}`, ...remarks],
    attributes: [
      ["name", hclString(name)],
      ["description", description === "" ? undefined : hclString(description)],
      ["privileges", privileges.map(hclString)],
    ],
  };
}

function userResource({ user, label, primaryGroup }: UserParty): Resource {
  const { id, name, uid, homeDirectory } = user;
  return {
    type: "qumulo_local_user",
    label,
    importId: id,
    comment: [],
    attributes: [
      ["name", hclString(name)],
      ["primary_group", primaryGroup && idExpression(primaryGroup)],
      ["uid", uid && hclString(uid)],
      ["home_directory", homeDirectory && hclString(homeDirectory)],
    ],
  };
}

function groupResource({ group, label }: GroupParty): Resource {
  const { id, name, gid } = group;
  return {
    type: "qumulo_local_group",
    label,
    importId: id,
    comment: [],
    attributes: [
      ["name", hclString(name)],
      ["gid", gid && hclString(gid)],
    ],
  };
}

function membershipResource({ group, importId }: MembershipEntry, party: Party): Resource {
  return {
    type: "qumulo_local_group_member",
    label: `${group.label}__${party.label}`,
    importId,
    comment: [],
    attributes: [
      ["group_id", idExpression(group)],
      ["member_id", idExpression(party)],
    ],
  };
}

function grantResource({ role, importId }: GrantEntry, party: Party): Resource {
  const roleName = role.isManaged ? `qumulo_role.${role.label}.name` : hclString(role.role.name);
  return {
    type: "qumulo_role_member",
    label: `${role.label}__${party.label}`,
    importId,
    comment: [],
    attributes: [["role_name", roleName], ...memberAttributes(party)],
  };
}

function memberAttributes(party: Party): readonly HclAttribute[] {
  const named = party.kind === "outsider" ? namedIdentity(party.identity) : undefined;
  if (named === undefined) return [["auth_id", idExpression(party)]];
  return [
    ["name", hclString(named.name)],
    ["domain", hclString(named.domain)],
  ];
}

function tokenResource({ token, label }: TokenEntry, party: Party): Resource {
  const { id, expirationTime, enabled } = token;
  return {
    type: "qumulo_access_token",
    label: `${party.label}__${label}`,
    importId: id,
    comment: [],
    attributes: [
      ["user", userExpression(party)],
      ["expiration_time", expirationTime && hclString(expirationTime)],
      ["enabled", enabled ? undefined : "false"],
    ],
  };
}

/** The user of a token: a reference where the user is managed, otherwise as `qq` takes it. */
function userExpression(party: Party): string {
  const address = addressOf(party);
  if (address !== undefined) return `"auth_id:\${${address}.id}"`;
  const named = party.kind === "outsider" ? namedIdentity(party.identity) : undefined;
  return hclString((named && renderIdentityText(named)) ?? `auth_id:${party.authId}`);
}

function idExpression(party: Party): string {
  const address = addressOf(party);
  return address === undefined ? hclString(party.authId) : `${address}.id`;
}

/** The address of a party in the configuration, if code is written for it. */
function addressOf(party: Party): string | undefined {
  if (party.kind === "outsider" || !party.isManaged) return undefined;
  return `qumulo_local_${party.kind}.${party.label}`;
}

import * as v from "valibot";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import { recordOf } from "../../vocabulary/record-schema.ts";
import { relatedIdentityTypes } from "../rules/identities/related-identities.ts";

const nullableNumber = v.nullable(v.number());
const nullableText = v.nullable(v.string());

/** The error that every refusal answers, but for a 401 without a body. */
export const errorShape = v.strictObject({
  description: v.string(),
  error_class: v.string(),
  module: v.string(),
  stack: v.array(v.string()),
  user_visible: v.boolean(),
});

/** An identity. */
export const identityShape = v.strictObject({
  domain: v.picklist(identityDomains),
  auth_id: v.string(),
  uid: nullableNumber,
  gid: nullableNumber,
  sid: nullableText,
  name: nullableText,
});

/** An identity with all that is the same, and all that it belongs to. */
export const expandedIdentityShape = v.strictObject({
  id: identityShape,
  type: v.picklist(["UNKNOWN", "USER", "GROUP"]),
  smb_id: identityShape,
  nfs_id: v.nullable(identityShape),
  equivalent_ids: v.array(identityShape),
  group_ids: v.array(identityShape),
});

/** The older form of what an expanded identity tells. */
export const relatedIdentitiesShape = v.array(
  v.strictObject({ id_type: v.picklist(relatedIdentityTypes), id_value: v.string() }),
);

const userFields = {
  id: v.string(),
  name: v.string(),
  primary_group: v.string(),
  sid: v.string(),
  uid: v.string(),
  home_directory: nullableText,
  can_change_password: v.boolean(),
};

/** A local user. */
export const userShape = v.strictObject(userFields);

/** The caller. */
export const whoAmIShape = v.strictObject({
  ...userFields,
  privileges: v.optional(v.array(v.string())),
  access_token_id: v.optional(v.string()),
});

/** A local group. */
export const groupShape = v.strictObject({ id: v.string(), name: v.string(), sid: nullableText, gid: v.string() });

const roleFields = { description: v.string(), privileges: v.array(v.string()) };

/** A role, without its name. */
export const roleShape = v.strictObject(roleFields);

/** A role that was just created. */
export const createdRoleShape = v.strictObject({ name: v.string(), ...roleFields });

/** Where the next page is. */
const pagingShape = v.strictObject({ next: v.string() });

/** One page of the members of a role, by `auth_id`. */
export const memberPageShape = v.strictObject({ members: recordOf(identityShape), paging: pagingShape });

/** An access token, without its secret. */
export const accessTokenShape = v.strictObject({
  id: v.string(),
  user: identityShape,
  creator: identityShape,
  creation_time: v.string(),
  expiration_time: v.optional(nullableText),
  enabled: v.optional(v.boolean()),
});

/** One page of access tokens. */
export const accessTokenPageShape = v.strictObject({ entries: v.array(accessTokenShape), paging: pagingShape });

/** An access token that was just created, with its secret. */
export const createdAccessTokenShape = v.strictObject({ id: v.string(), bearer_token: v.string() });

/** A session that was just opened. */
export const sessionShape = v.strictObject({ bearer_token: v.string() });

/** A single sign-on that waits for a browser. */
export const samlLoginShape = v.strictObject({ login_id: v.string(), login_url: v.string() });

/** What is kept of any user. */
export const attributesShape = v.strictObject({ home_directory: nullableText });

/** Users of two directories who are the same. */
export const userMappingsShape = v.array(v.strictObject({ down_level_logon_name: v.string(), ldap_name: v.string() }));

/** What a cluster runs. */
export const versionShape = v.strictObject({
  revision_id: v.string(),
  build_id: v.string(),
  flavor: v.string(),
  build_date: v.string(),
});

/** The state of the node that answers. */
export const nodeStateShape = v.strictObject({ node_id: v.number(), state: v.string(), cluster_id: v.string() });

/** The settings of a cluster. */
export const settingsShape = v.strictObject({ cluster_name: v.string() });

/** One node. */
export const nodeShape = v.strictObject({
  id: v.number(),
  node_status: v.string(),
  node_name: v.string(),
  uuid: v.string(),
  label: v.string(),
  model_number: v.string(),
  serial_number: v.string(),
  mac_address: v.string(),
});

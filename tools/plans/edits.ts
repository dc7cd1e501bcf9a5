/** A change of configuration: each text is replaced by the other one, and must be there. */
export type Edits = readonly (readonly [before: string, after: string])[];

/** What the recorded plan of changes changes: one of each kind. */
export const edits: Edits = [
  // The member of a role that gains privileges, through its group.
  [`"PRIVILEGE_NETWORK_READ", "PRIVILEGE_QUOTA_WRITE"`, `"PRIVILEGE_NETWORK_READ", "PRIVILEGE_ROLE_WRITE"`],
  // A rotation in place, without an overlap.
  [`{ keeper = "one" }`, `{ keeper = "two" }\n  overlap             = "0s"`],
  // A disabled token that works again, of a user that goes.
  [`  enabled    = false\n`, `  enabled    = true\n`],
  [`  user       = "local:\${qumulo_local_user.leaver.name}"`, `  user       = "local:leaver"`],
  [`resource "qumulo_local_user" "leaver" {\n  name = "leaver"\n}\n`, ``],
  [
    `resource "qumulo_role_member" "leaver" {\n  role_name = "Observers"\n  auth_id   = qumulo_local_user.leaver.id\n}`,
    `resource "qumulo_role_member" "leaver" {\n  role_name = "Administrators"\n  auth_id   = qumulo_local_user.operator.id\n}`,
  ],
  // A token replaced, old one first; its replacement is for someone else.
  [
    `resource "qumulo_access_token" "replaced" {\n  user       = "local:\${qumulo_local_user.sharer["one"].name}"`,
    `resource "qumulo_access_token" "replaced" {\n  user       = "local:\${qumulo_local_user.sharer["two"].name}"`,
  ],
  // A renamed address, and one that is forgotten.
  [
    `resource "qumulo_role" "empty" {`,
    `moved {\n  from = qumulo_role.empty\n  to   = qumulo_role.hollow\n}\n\nresource "qumulo_role" "hollow" {`,
  ],
  [
    `resource "qumulo_access_token" "forgotten" {\n  user       = "local:\${qumulo_local_user.sharer["two"].name}"\n  expires_in = "90d"\n  # Its user can gain more.\n  allow_administrator = true\n}`,
    `removed {\n  from = qumulo_access_token.forgotten\n  lifecycle {\n    destroy = false\n  }\n}`,
  ],
  // A role by another name, new one first.
  [
    `resource "qumulo_role" "accounts" {\n  name       = "accounts"\n`,
    `resource "qumulo_role" "accounts" {\n  name       = "account-keepers"\n  lifecycle {\n    create_before_destroy = true\n  }\n`,
  ],
  [
    `output "bearer_token"`,
    `import {\n  to = qumulo_local_user.stranger\n  id = "stranger"\n}\n\nresource "qumulo_local_user" "stranger" {\n  name = "stranger"\n}\n\noutput "bearer_token"`,
  ],
];

/** What the plan of the rarer combinations of actions changes: a data source read while applying, an object forgotten. */
export const combinationEdits: Edits = [
  [
    `resource "qumulo_access_token" "left" {\n  user       = "local:\${qumulo_local_user.svc.name}"\n  expires_in = "90d"\n}`,
    `removed {\n  from = qumulo_access_token.left\n  lifecycle {\n    destroy = false\n  }\n}\n\nresource "qumulo_role" "later" {\n  name       = "later"\n  privileges = ["PRIVILEGE_METRICS_READ"]\n}\n\ndata "qumulo_role" "later" {\n  name       = "later"\n  depends_on = [qumulo_role.later]\n}`,
  ],
  // A role that nobody has any more.
  [
    `resource "qumulo_role_member" "watching" {\n  role_name = qumulo_role.watching.name\n  auth_id   = qumulo_local_user.svc.id\n}\n`,
    ``,
  ],
];

/** Only OpenTofu lets go of what it replaces. */
export const releaseEdits: Edits = [
  [`  name       = "released"\n`, `  name       = "released-again"\n  lifecycle {\n    destroy = false\n  }\n`],
];

/** Applies edits to a configuration. */
export function edit(hcl: string, changes: Edits): string {
  let edited = hcl;
  for (const [before, after] of changes) {
    if (!edited.includes(before)) throw new Error(`The configuration has no ${before}`);
    edited = edited.replace(before, () => after);
  }
  return edited;
}

import * as v from "valibot";
import { durationForm, parseDuration } from "../../vocabulary/duration.ts";
import { isMisspelledPrivilege, suggestPrivilege } from "../../vocabulary/privilege-spelling.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import { severities } from "./severity.ts";
import { parseWritten } from "./written-file.ts";

const duration = v.pipe(
  v.string(),
  v.check((text) => parseDuration(text) !== undefined, `It takes ${durationForm}.`),
);

const privilege = v.pipe(
  v.string(),
  v.check(
    (name) => !isMisspelledPrivilege(name),
    ({ input }) => misspelled(input),
  ),
);

const pattern = v.pipe(v.string(), v.check(isPattern, "It takes a regular expression."));

const names = v.strictObject({
  users: v.optional(pattern),
  groups: v.optional(pattern),
  roles: v.optional(pattern),
});

/** The shape of a policy file. */
export const policySchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.pipe(v.literal(1), v.description("The version of this format.")),
  maximum_lifetime: v.optional(
    v.pipe(
      duration,
      v.description('The longest life of an access token, such as "90d". A token that never ends breaks it.'),
    ),
  ),
  required_overlap: v.optional(
    v.pipe(duration, v.description("How long the old token must keep working after a rotation, at least.")),
  ),
  allowed_privileges: v.optional(
    v.pipe(v.array(privilege), v.description("The only privileges that identities may hold.")),
  ),
  forbidden_privileges: v.optional(v.pipe(v.array(privilege), v.description("Privileges that nobody may hold."))),
  names: v.optional(
    v.pipe(names, v.description("Regular expressions that names of managed objects must match as a whole.")),
  ),
  review_severity: v.optional(
    v.pipe(
      v.picklist(severities),
      v.description(
        "How severe it is that a rule cannot tell, since what it needs is not known. Without it: as severe as the most severe of the rules that cannot tell.",
      ),
    ),
  ),
  principal: v.optional(
    v.pipe(
      v.string(),
      v.regex(/\S/, "It takes a name."),
      v.description("The name of the user with whose rights plans must be made."),
    ),
  ),
});

/** What an organization asks beyond the rules themselves; without a policy nothing. */
export type Policy = Omit<v.InferOutput<typeof policySchema>, "$schema" | "version">;

/**
 * Reads a policy file.
 *
 * @throws {AuditError} `policy`, with every fault
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  const keys = [...Object.keys(policySchema.entries), ...Object.keys(names.entries)];
  return parseWritten(bytes, { kind: "policy", schema: policySchema, keys });
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

function misspelled(name: string): string {
  const meant = suggestPrivilege(name, privilegeNames);
  return meant === undefined ? `"${name}" is not a privilege.` : `"${name}" is not a privilege. Did you mean ${meant}?`;
}

import type { AccessToken } from "../../client/access-tokens.ts";
import type { Snapshot } from "../../client/snapshot/read-snapshot.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { ListContext, ListEntry, ResourceList } from "../../framework/list/resource-list.ts";
import { bool, optional, type Schema, string } from "../../framework/schema.ts";
import { instantOf } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { holdersOf, namePattern, nameMatcher, passingAll, roleNamed, textFilter } from "../listing/filters.ts";
import { leftOut, readObjects } from "../listing/read-objects.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { findAuthId } from "./data-source.ts";
import { importedSettings } from "./find.ts";
import { type AccessTokenModel, noSecret, toModel, userText } from "./model.ts";
import { accessTokenPrivileges } from "./needed-privileges.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { hasPassed } from "./series/read-series.ts";
import { msOf } from "./token/duration.ts";
import { isUserGone } from "./user/account.ts";
import { deletionCommand } from "./token/slots.ts";
import { durationValidator, userValidator } from "./validate.ts";

const schema = {
  description:
    "Lists access tokens, of all users. Needs `PRIVILEGE_ACCESS_TOKENS_READ`; the filter by role needs to read users, groups and roles too.",
  attributes: {
    user: optional(string, {
      validators: [userValidator],
      description:
        "Only access tokens of this user, as `user` of the resource takes it: `local:svc`, `ad:svc`, `auth_id:1004`.",
    }),
    name_pattern: namePattern("access tokens of users"),
    role: textFilter("Only access tokens of users who hold this role, by themselves or as members of a local group."),
    expiring_within: optional(string, {
      validators: [durationValidator("expiring_within")],
      description:
        'Only access tokens that end within this time by the cluster\'s clock, a duration such as `"14d"`, or have ended already. Tokens without an end are not among them.',
    }),
    never_expires: optional(bool, {
      description: "True: only access tokens without an end. False: only those that have one.",
    }),
    enabled: optional(bool, {
      description: "True: only access tokens that are enabled. False: only those that are disabled.",
    }),
  },
} as const satisfies Schema;

type Context = ListContext<typeof schema, Connection>;

/** Lists access tokens. */
export const accessTokenList: ResourceList<AccessTokenSchema, Connection, typeof schema> = { schema, list };

async function* list(context: Context): AsyncGenerator<ListEntry<AccessTokenSchema>> {
  const role = knownOrUndefined(context.config.role);
  const { snapshot } = await readObjects(context, {
    title: "Access tokens",
    type: "access-tokens",
    beside: role === undefined ? [] : ["groups", "group-members", "roles", "role-members"],
  });
  const isWanted = await filterOf(context, snapshot);
  for (const token of snapshot.tokens.filter(isWanted)) {
    if (isUserGone(token.user)) {
      yield leftOut(ofDeletedUser(token));
      continue;
    }
    yield {
      kind: "object",
      displayName: describe(token),
      identity: { id: token.id },
      state: () => importedState(token, snapshot.now),
    };
  }
}

async function filterOf(context: Context, snapshot: Snapshot): Promise<(token: AccessToken) => boolean> {
  const { config } = context;
  const isNamedSo = nameMatcher(config.name_pattern);
  const owner = await ownerOf(context);
  const role = knownOrUndefined(config.role);
  const holders = role === undefined ? undefined : holdersOf(snapshot, roleNamed(snapshot, role));
  const within = knownOrUndefined(config.expiring_within);
  const latest = within === undefined ? undefined : instantOf(snapshot.now) + BigInt(msOf(within)) * 1_000_000n;
  const [neverExpires, enabled] = [knownOrUndefined(config.never_expires), knownOrUndefined(config.enabled)];
  return passingAll<AccessToken>(
    ({ user }) => isNamedSo(user.name),
    owner === undefined ? undefined : ({ user }) => user.authId === owner,
    holders && (({ user }) => holders.has(user.authId)),
    latest === undefined ? undefined : ({ expirationTime }) => hasPassed(expirationTime, latest),
    neverExpires === undefined ? undefined : ({ expirationTime }) => neverExpires === (expirationTime === undefined),
    enabled === undefined ? undefined : (token) => token.enabled === enabled,
  );
}

/** The auth_id of the user whose tokens are asked for. */
async function ownerOf({ config, client, signal }: Context): Promise<string | undefined> {
  const user = knownOrUndefined(config.user);
  if (user === undefined) return undefined;
  const attempt = { summary: `Access tokens of ${user} could not be listed`, privilege: accessTokenPrivileges.read };
  return withDiagnostics(attempt, async () => findAuthId(client.reads.until(signal), user));
}

/**
 * Why a token of a deleted user is left out: a generated configuration could not name its user, and would rotate the token and
 * fail.
 */
function ofDeletedUser({ id, user }: AccessToken): DiagnosticText {
  return {
    summary: "Access token of a deleted user is left out of the list",
    detail: `Access token ${id} is of auth_id ${user.authId}, whose account was deleted: it no longer works, and no configuration can manage it. Delete it, for example with ${deletionCommand(id)}.`,
  };
}

/** The state that an import of the token would give. An import does not know the settings of the token's series. */
function importedState(token: AccessToken, now: Date): AccessTokenModel {
  return toModel(token, {
    ...importedSettings,
    ...noSecret,
    expires_in: null,
    rotate_before_expiry: null,
    rotate_when_changed: null,
    encrypt_to: null,
    user: null,
    expired: hasPassed(token.expirationTime, instantOf(now)),
    previous_token: null,
  });
}

function describe({ user, expirationTime, enabled }: AccessToken): string {
  const end = expirationTime === undefined ? "without an end" : `until ${expirationTime}`;
  return `${userText(user)} ${end}${enabled ? "" : ", disabled"}`;
}

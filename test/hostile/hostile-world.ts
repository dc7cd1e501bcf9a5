import fc from "fast-check";
import { identityDomains } from "../../src/vocabulary/identity-domains.ts";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { hostileText, hostileValue } from "./hostile-values.ts";
import type { Lying } from "./lying-cluster.ts";

/** What a lying cluster says it holds. */
export interface HostileWorld {
  readonly users: readonly object[];
  readonly groups: readonly object[];
  readonly roles: Readonly<Record<string, object>>;
  readonly members: readonly { readonly auth_id: unknown }[];
  readonly tokens: readonly object[];
  readonly version: unknown;
}

/** How a field is drawn: what belongs there, and what else there may be. */
interface Drawing {
  /** In how many of a hundred cases something else than belongs there. */
  readonly percent: number;
}

/**
 * Answers of a cluster whose names and descriptions are hostile, and whose other fields are so now and then: most
 * worlds are read to their end.
 */
export function hostileWorld({ percent }: Drawing): fc.Arbitrary<HostileWorld> {
  const mostly = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 100 - percent, arbitrary: usual }, { weight: percent, arbitrary: hostileValue });
  const name = fc.oneof(hostileText, fc.constantFrom("svc-a", "svc-b", "Users"));
  const id = fc.integer({ min: 1, max: 6 }).map((number) => String(1_000 + number));
  const posix = fc.oneof(fc.constantFrom("", null), fc.integer({ min: 0, max: 4_294_967_295 }).map(String));
  const account = { id: mostly(id), name: mostly(name), sid: mostly(fc.oneof(hostileText, fc.constant(""))) };
  const user = fc.record({
    ...account,
    primary_group: mostly(id),
    uid: mostly(posix),
    home_directory: mostly(
      fc.oneof(
        fc.constant(null),
        hostileText.map((text) => `/${text}`),
      ),
    ),
    can_change_password: mostly(fc.boolean()),
  });
  const group = fc.record({ ...account, gid: mostly(posix) });
  const privilege = fc.oneof(fc.constantFrom(...privilegeNames), hostileText);
  const role = fc.record({
    description: mostly(hostileText),
    privileges: mostly(fc.array(privilege, { maxLength: 3 })),
  });
  const identity = fc.record({
    domain: mostly(fc.constantFrom(...identityDomains)),
    auth_id: mostly(id),
    uid: mostly(fc.constant(null)),
    gid: mostly(fc.constant(null)),
    sid: mostly(hostileText),
    name: mostly(name),
  });
  const time = fc.oneof(fc.constant(null), fc.constantFrom("2099-01-01T00:00:00Z", "2020-01-01T00:00:00.123456789Z"));
  const token = fc.record({
    id: mostly(id),
    user: mostly(identity),
    creator: mostly(identity),
    creation_time: mostly(fc.constant("2020-01-01T00:00:00Z")),
    expiration_time: mostly(time),
    enabled: mostly(fc.boolean()),
  });
  return fc.record({
    users: fc.array(user, { maxLength: 3 }),
    groups: fc.array(group, { maxLength: 2 }),
    roles: fc.dictionary(name, role, { maxKeys: 3 }),
    members: fc.array(identity, { maxLength: 3 }),
    tokens: fc.array(token, { maxLength: 3 }),
    version: mostly(fc.constant("Qumulo Core 7.8.2")),
  });
}

/** The answers of a cluster that holds this. */
export function lieOf({ users, groups, roles, members, tokens, version }: HostileWorld): Lying {
  const paging = { next: "" };
  const memberMap = Object.fromEntries(members.map((member) => [String(member.auth_id), member]));
  const answers: readonly (readonly [RegExp, unknown])[] = [
    [/^\/v1\/version$/, { revision_id: version }],
    [/^\/v1\/session\/login$/, { bearer_token: "session-v1:abcdefgh" }],
    [/^\/v1\/session\/who-am-i$/, { id: "500", name: "admin", privileges: [] }],
    [/^\/v1\/users\/$/, users],
    [/^\/v1\/groups\/$/, groups],
    [/^\/v1\/groups\/\d+\/members\/$/, users],
    [/^\/v1\/auth\/roles\/$/, roles],
    [/^\/v1\/auth\/roles\/[^/]+\/members$/, { members: memberMap, paging }],
    [/^\/v1\/auth\/access-tokens\/$/, { entries: tokens, paging }],
  ];
  return ({ path }) => {
    const [place = ""] = path.split("?");
    const found = answers.find(([known]) => known.test(place));
    if (found !== undefined) return { body: found[1] };
    return { status: 404, body: { error_class: "http_not_found_error", description: "x" } };
  };
}

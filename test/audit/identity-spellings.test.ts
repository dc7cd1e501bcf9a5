import { describe, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import type { ClusterFacts } from "../../src/audit/access/facts.ts";
import { change, planOf, token } from "../support/plans/plan-builder.ts";
import { fc } from "../support/search.ts";

type Change = Readonly<Record<string, unknown>>;

interface Account {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
}

const now = new Date("2026-03-02T08:00:00Z");
const domain = "S-1-5-21-3284719005-1127406633-2951880417";
const builtIn: readonly Account[] = [
  { id: "500", name: "admin", isGroup: false },
  { id: "501", name: "guest", isGroup: false },
  { id: "512", name: "Administrators", isGroup: true },
  { id: "513", name: "Users", isGroup: true },
  { id: "514", name: "Guests", isGroup: true },
];
const others: readonly Account[] = [
  { id: "1004", name: "svc-Backup", isGroup: false },
  { id: "1005", name: "operators", isGroup: true },
];
const facts: ClusterFacts = {
  users: [...builtIn, ...others]
    .filter(({ isGroup }) => !isGroup)
    .map(({ id, name }) => ({ id, name, sid: `${domain}-${id}`, uid: `7${id}` })),
  groups: [...builtIn, ...others]
    .filter(({ isGroup }) => isGroup)
    .map(({ id, name }) => ({ id, name, sid: `${domain}-${id}`, gid: `8${id}`, members: [] })),
  roles: [{ name: "Administrators", privileges: [], members: [{ domain: "LOCAL", authId: "500", name: "admin" }] }],
  accessTokens: [],
};

/** All ways to write an account, without regard to whether the cluster was asked. */
function spellingsOf({ id, name }: Account): readonly string[] {
  const sid = `${domain}-${id}`;
  return [
    `local:${name}`,
    `LOCAL:${name.toUpperCase()}`,
    ` local : ${name.toLowerCase()} `,
    name,
    name.toUpperCase(),
    `name:${name}`,
    `LOCAL\\${name}`,
    `local\\${name.toUpperCase()}`,
    `auth_id:${id}`,
    `auth_id:0x${Number(id).toString(16)}`,
    sid,
    sid.toLowerCase(),
    `SID:${sid}`,
  ];
}

/** Those that only the cluster can tell the account by. */
function posixSpelling({ id, isGroup }: Account): string {
  return isGroup ? `gid:8${id}` : `uid:7${id}`;
}

/** Everywhere that an account can stand in a plan. */
const places: Readonly<Record<string, (text: string, account: Account) => Change>> = {
  "member of a role's list": (text) =>
    change("qumulo_role_members.it", { after: { role_name: "listed", members: [text] } }),
  "member of a role": (text) => change("qumulo_role_member.it", { after: { role_name: "single", ...fieldsOf(text) } }),
  "member of a group": (_, { id }) =>
    change("qumulo_local_group_member.it", { after: { group_id: "1009", member_id: id } }),
  "user of a token": (text) =>
    change("qumulo_access_token.it", {
      after: { ...token, id: undefined, user: text },
      unknown: { id: true, identity: true },
    }),
  import: (_, { id, name, isGroup }) => {
    const [type, values] = [isGroup ? "qumulo_local_group" : "qumulo_local_user", { id, name }];
    const imported = change(`${type}.it`, { actions: ["no-op"], before: values, after: values });
    return { ...imported, change: { ...Object(imported["change"]), importing: { id: name } } };
  },
};

/** A role member's own attributes say the same as a text does. */
function fieldsOf(text: string): Change {
  const [, kind = "", rest = ""] = /^\s*(auth_id|sid|uid|gid|local)\s*:\s*(.*?)\s*$/i.exec(text) ?? [];
  switch (kind.toLowerCase()) {
    case "auth_id":
      return { auth_id: BigInt(rest).toString() };
    case "local":
      return { domain: "LOCAL", name: rest };
    case "":
      return /^S-1-/i.test(text) ? { sid: text } : { name: text.replace(/^name:/, "") };
    default:
      return { [kind.toLowerCase()]: rest };
  }
}

const groupRole = [
  change("qumulo_local_group.ground", { actions: ["no-op"], before: ground(), after: ground() }),
  change("qumulo_role_member.ground", { after: { role_name: "through-group", auth_id: "1009" } }),
];

function ground(): Change {
  return { id: "1009", name: "ground" };
}

/** Keys of the identities that have roles or tokens, but for the ground that tests stand on. */
function rowsIn({ clusters }: Audit): readonly string[] {
  return clusters.flatMap(({ after }) =>
    [...after.identities.values()]
      .filter(({ label }) => label !== "local:ground")
      .filter(({ grants, tokens, address }) => grants.length + tokens.length > 0 || address !== undefined)
      .map(({ label }) => label),
  );
}

function audited(changes: readonly Change[], cluster: readonly ClusterFacts[]): Audit {
  return audit(planOf([...groupRole, ...changes]), { now, facts: cluster });
}

const unread: readonly ClusterFacts[] = [];
const asked = [{ ...facts, roles: [] }];

describe.each([
  ["without the cluster", unread, builtIn],
  ["with the cluster", asked, [...builtIn, ...others]],
] as const)("%s", (_, cluster, accounts) => {
  const table = accounts.flatMap((account) =>
    [...spellingsOf(account), ...(cluster === asked ? [posixSpelling(account)] : [])].map((text) => ({
      account,
      text,
    })),
  );

  test.each(table)("$text is the one account $account.name wherever it stands", ({ account, text }) => {
    const changes = Object.values(places).map((place) => place(text, account));

    const result = audited(changes, cluster);

    expect(rowsIn(result)).toEqual([`local:${account.name.toLowerCase()}`]);
    const doubts = result.open.filter(
      ({ rule, what }) => rule === "unknown-access" && what.includes("account of the cluster"),
    );
    expect(doubts).toEqual([]);
  });

  test.each(spellingsOf({ id: "500", name: "admin", isGroup: false }))(
    "a token of %s is an administrator's",
    (text) => {
      const { open } = audited([change("qumulo_access_token.it", { after: { ...token, user: text } })], cluster);

      expect(open.map(({ rule }) => rule)).toContain("administrator-with-token");
    },
  );

  test("whatever spellings of one account stand in a plan together, it is one row", () => {
    const given = fc.constantFrom(...accounts).chain((account) =>
      fc.record({
        account: fc.constant(account),
        texts: fc.array(
          fc.record({ text: fc.constantFrom(...spellingsOf(account)), place: fc.constantFrom(...Object.keys(places)) }),
          { minLength: 1, maxLength: 6 },
        ),
      }),
    );
    fc.assert(
      fc.property(given, ({ account, texts }) => {
        const changes = texts.flatMap(({ text, place }, index) => {
          const placed = places[place]?.(text, account) ?? {};
          return [{ ...placed, address: `${String(placed["address"])}${index}` }];
        });

        expect(rowsIn(audited(changes, cluster))).toEqual([`local:${account.name.toLowerCase()}`]);
      }),
      { numRuns: 300 },
    );
  });
});

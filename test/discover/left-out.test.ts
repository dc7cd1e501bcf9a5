import { expect, test } from "@jest/globals";
import type { Identity } from "../../src/client/identities.ts";
import type { LocalUser } from "../../src/client/local-users.ts";
import { objectTypes } from "../../src/client/snapshot/object-types.ts";
import type { RoleWithMembers, Snapshot } from "../../src/client/snapshot/read-snapshot.ts";
import { cdktfFormat } from "../../src/discover/cdktf.ts";
import { hclFormat } from "../../src/discover/hcl.ts";
import { leftOutOf } from "../../src/discover/left-out.ts";
import { modelOf } from "../../src/discover/model.ts";
import { type AskedSelection, selectionOf } from "../../src/discover/selection.ts";

function snapshotOf(parts: Partial<Snapshot>): Snapshot {
  const read = new Set(objectTypes);
  return { users: [], groups: [], roles: [], tokens: [], read, unread: [], now: new Date(0), ...parts };
}

function user(name: string, homeDirectory?: string): LocalUser {
  const [id, primaryGroup] = ["4001", "513"];
  return { id, name, primaryGroup, sid: undefined, uid: undefined, homeDirectory, canChangePassword: true };
}

function role(name: string, privileges: readonly string[], ...members: readonly string[]): RoleWithMembers {
  const identities = members.map((member, index): Identity => ({
    ...{ domain: "LOCAL", authId: String(4001 + index), name: member },
    ...{ uid: undefined, gid: undefined, sid: undefined },
  }));
  return { name, description: "", privileges, members: identities };
}

test.each([hclFormat, cdktfFormat])(
  "a role with a privilege that is not spelled like one is left out and told, and its members refer to it",
  ({ files, render }) => {
    const odd = role("odd", ["PRIVILEGE_QUOTA_READ", "quota_read"], "svc");
    const model = modelOf(snapshotOf({ users: [user("svc")], roles: [odd] }), selectionOf({}));

    const written = render({ host: "cluster", model, remarks: [], unread: [] });

    expect(model.roles).toEqual([]);
    expect(model.leftOut.map(({ what }) => what)).toEqual(['role "odd"']);
    expect(model.leftOut[0]?.reason).toContain("refuse quota_read");
    expect(written.map(({ name }) => name)).toEqual(files);
    expect(written[0]?.text).toMatch(/^(#|\/\/) Left out: role "odd"\./m);
    expect(written[0]?.text).toMatch(/role_name = "odd"|Role\.fromName\(this, "role__odd", "odd"\)/);
    expect(written[0]?.text).not.toContain("QUOTA_READ");
  },
);

test("a privilege that only a newer cluster knows is written", () => {
  const model = modelOf(
    snapshotOf({ roles: [role("new", ["PRIVILEGE_TELEPORT_USE", "PRIVILEGE_QUOTA_REED"])] }),
    selectionOf({}),
  );

  expect([model.roles.length, model.leftOut]).toEqual([1, []]);
});

test.each([
  ["/home/svc", []],
  ["home/svc", ['local user "svc"']],
])("a user whose home directory is %s: left out is %j", (homeDirectory, expected) => {
  const left = leftOutOf(snapshotOf({ users: [user("svc", homeDirectory)] }), selectionOf({}));

  expect(left.map(({ what }) => what)).toEqual(expected);
});

const many = Array.from({ length: 12 }, (_, index) => `svc-${index}`);

interface Case {
  readonly asked: AskedSelection;
  readonly members: readonly string[];
  readonly told: readonly string[];
}

test.each<Case>([
  { asked: {}, members: ["boss"], told: ['role "a b" with its members: boss'] },
  { asked: {}, members: [], told: ['role "a b"'] },
  { asked: { only: ["roles"] }, members: ["boss"], told: ['role "a b"'] },
  { asked: { only: ["role-members"] }, members: ["boss"], told: ['members of role "a b": boss'] },
  { asked: { names: ["svc-1"] }, members: ["svc-1", "boss"], told: ['members of role "a b": svc-1'] },
  { asked: { names: ["svc-1"] }, members: ["boss"], told: [] },
  { asked: { only: ["users"] }, members: ["boss"], told: [] },
  { asked: { except: ["a b"] }, members: ["boss"], told: [] },
  {
    asked: { only: ["role-members"] },
    members: many,
    told: [`members of role "a b": ${many.slice(0, 10).join(", ")} and 2 more`],
  },
])("of a role that no code can name is told what was asked for: %j", ({ asked, members, told }) => {
  const left = leftOutOf(snapshotOf({ roles: [role("a b", [], ...members)] }), selectionOf(asked));

  expect(left.map(({ what }) => what)).toEqual(told);
});

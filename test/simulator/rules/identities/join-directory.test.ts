import { expect, test } from "@jest/globals";
import type {
  SeededActiveDirectory,
  SeededLdap,
} from "../../../../src/simulator/rules/identities/directory-description.ts";
import { connectLdap, joinActiveDirectory } from "../../../../src/simulator/rules/identities/join-directory.ts";
import { describeIdentity } from "../../../../src/simulator/rules/identities/identities.ts";
import { givenDirectory, givenNoDirectory, ids } from "../../../support/simulator/given-directory.ts";

const domain: SeededActiveDirectory = {
  netbios_name: "LAB",
  dns_name: "lab.example.com",
  sid: "S-1-5-21-1-2-3",
  groups: [],
  users: [],
};
const ldap: SeededLdap = { bind_uri: "ldap://ldap.example.com", groups: [], users: [] };

test.each<[string, Partial<SeededActiveDirectory>]>([
  ["sid", { sid: "S-1-5-21-1-2" }],
  ["short name", { netbios_name: "" }],
  ["short name", { dns_name: "" }],
  ["rid of a", { users: [{ name: "a", rid: 0 }] }],
  ["rid of a", { users: [{ name: "a", rid: 4_294_967_296 }] }],
  ["rid of a", { users: [{ name: "a", rid: 1.5 }] }],
  ["uid of a", { users: [{ name: "a", rid: 1, uid: -1 }] }],
  ["gid of a", { groups: [{ name: "a", rid: 1, gid: 4_294_967_296 }] }],
  ["name", { users: [{ name: "", rid: 1 }] }],
  ["name", { users: [{ name: "LAB\\a", rid: 1 }] }],
  ["name", { users: [{ name: "a@b", rid: 1 }] }],
  ["name", { users: [{ name: " a", rid: 1 }] }],
  ["a is there twice", { users: [{ name: "A", rid: 1 }], groups: [{ name: "a", rid: 2 }] }],
  ["number of", { users: [{ name: "a", rid: 1 }], groups: [{ name: "b", rid: 1 }] }],
  ["does not have", { users: [{ name: "a", rid: 1, member_of: ["b"] }] }],
  ["does not have", { users: [{ name: "a", rid: 1, primary_group: "b" }] }],
])("a domain is refused for its %s: %j", (text, change) => {
  const { context } = givenNoDirectory();

  expect(() => {
    joinActiveDirectory(context, { ...domain, ...change });
  }).toThrow(new RegExp(text, "i"));
});

test.each<[string, Partial<SeededLdap>]>([
  ["uid of a", { users: [{ name: "a", uid: -1 }] }],
  ["gid of a", { groups: [{ name: "a", gid: 4_294_967_296 }] }],
  [
    "a is there twice",
    {
      users: [
        { name: "A", uid: 1 },
        { name: "a", uid: 2 },
      ],
    },
  ],
  [
    "number of",
    {
      users: [
        { name: "a", uid: 1 },
        { name: "b", uid: 1 },
      ],
    },
  ],
  ["does not have", { groups: [{ name: "a", gid: 1, member_of: ["b"] }] }],
])("LDAP is refused for its %s: %j", (text, change) => {
  const { context } = givenNoDirectory();

  expect(() => {
    connectLdap(context, { ...ldap, ...change });
  }).toThrow(new RegExp(text, "i"));
});

test("the greatest and the least numbers are taken, and one name for a user and a group of LDAP", () => {
  const { context } = givenNoDirectory();
  const user = { name: "least", rid: 1, uid: 0 };

  joinActiveDirectory(context, { ...domain, users: [user], groups: [{ name: "most", rid: 4_294_967_295 }] });
  connectLdap(context, { ...ldap, users: [{ name: "a", uid: 4_294_967_295 }], groups: [{ name: "a", gid: 0 }] });

  expect(describeIdentity(context, "21474836481")).toMatchObject({ name: "LAB\\least", uid: 0 });
  expect(describeIdentity(context, "25769803775")).toMatchObject({ sid: "S-1-5-21-1-2-3-4294967295" });
  expect(describeIdentity(context, "17179869183")).toMatchObject({ name: "a", uid: 4_294_967_295 });
  expect(describeIdentity(context, "17179869184")).toMatchObject({ name: "a", gid: 0 });
});

test("a domain that is joined anew has nobody of the former one, and LDAP stays", () => {
  const { context, as } = givenDirectory();
  const jane = as(ids.jane);

  joinActiveDirectory(context, domain);

  expect(describeIdentity(context, ids.jane)).toMatchObject({ name: null, sid: "S-1-5-21-1-2-3-1103" });
  expect(describeIdentity(context, ids.bob)).toMatchObject({ name: "bob" });
  expect(jane.send("GET", "/v1/session/who-am-i").status).toBe(401);
});

import { expect, test } from "@jest/globals";
import { givenDirectory, ids } from "../../../support/simulator/given-directory.ts";

function pathOf(authId: string): string {
  return `/v1/auth/identities/${authId}/attributes`;
}

test.each([
  ["Active Directory", ids.jane],
  ["LDAP", ids.bob],
  ["no directory, by uid alone", "12884901889"],
  ["the cluster", "500"],
])("the home directory of a user of %s is set, told, and forgotten", (_domain, authId) => {
  const { admin, as } = givenDirectory();
  const path = pathOf(authId);

  const before = admin.send("GET", path);
  const set = admin.send("PUT", path, { home_directory: "/home/x" });
  const told = admin.send("GET", path);
  const me = as(authId).send("GET", "/v1/session/who-am-i");
  const forgotten = admin.send("DELETE", path);
  const after = admin.send("GET", path);

  expect(before).toMatchObject({ status: 200, body: { home_directory: null } });
  expect(set.body).toEqual({ home_directory: "/home/x" });
  expect(told.body).toEqual({ home_directory: "/home/x" });
  expect(me.body).toMatchObject({ home_directory: "/home/x" });
  expect(forgotten).toMatchObject({ status: 200, text: "" });
  expect(after.body).toEqual({ home_directory: null });
});

test.each([{ home_directory: null }, { home_directory: "" }, {}])("%j takes a home directory away", (body) => {
  const { admin } = givenDirectory();
  admin.send("PUT", pathOf(ids.jane), { home_directory: "/home/x" });

  const reply = admin.send("PUT", pathOf(ids.jane), body);

  expect(reply.body).toEqual({ home_directory: null });
});

test("the home directory of a local user is its own field, under its ETag", () => {
  const { admin } = givenDirectory();
  const path = "/v1/users/500";
  const before = admin.send("GET", path);

  admin.send("PUT", pathOf("500"), { home_directory: "/home/admin" });
  const changed = admin.send("GET", path);
  admin.send("PUT", pathOf("500"), { home_directory: "/home/admin" });
  const same = admin.send("GET", path);

  expect(changed.body).toMatchObject({ home_directory: "/home/admin" });
  expect(changed.headers["ETag"]).not.toBe(before.headers["ETag"]);
  expect(same.headers["ETag"]).toBe(changed.headers["ETag"]);
});

test("a path that is not absolute is refused", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("PUT", pathOf(ids.jane), { home_directory: "home" });

  expect(reply).toMatchObject({ status: 400, body: { error_class: "decode_error" } });
});

test.each(["513", "4242", ids.storageAdmins, "21474840722", "x", "99999999999999999999"])(
  "%s is not a user's id",
  (authId) => {
    const { admin } = givenDirectory();

    const outcomes = [
      admin.send("GET", pathOf(authId)),
      admin.send("PUT", pathOf(authId), { home_directory: "/x" }),
      admin.send("DELETE", pathOf(authId)),
    ];

    expect(outcomes.map(({ status }) => status)).toEqual([404, 404, 404]);
  },
);

test("reading needs IDENTITY_READ, writing IDENTITY_WRITE", () => {
  const { admin, as } = givenDirectory();
  const path = pathOf(ids.john);
  const holderOf = (privilege: string, member: string): void => {
    admin.send("POST", "/v1/auth/roles/", { name: privilege, description: "", privileges: [privilege] });
    admin.send("POST", `/v1/auth/roles/${privilege}/members`, { auth_id: member });
  };
  holderOf("PRIVILEGE_IDENTITY_READ", ids.jane);
  holderOf("PRIVILEGE_IDENTITY_WRITE", ids.bob);
  const [reader, writer] = [as(ids.jane), as(ids.bob)];

  const outcomes = [reader, writer].map((party) => [
    party.send("GET", path).status,
    party.send("PUT", path, { home_directory: "/x" }).status,
    party.send("DELETE", path).status,
    party.send("POST", "/v1/auth/clear-cache").status,
  ]);

  expect(outcomes).toEqual([
    [200, 403, 403, 403],
    [403, 200, 200, 200],
  ]);
});

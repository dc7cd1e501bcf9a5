import { expect, test } from "@jest/globals";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";

test("qq adds a group, with a gid and without", async () => {
  const { qq } = await givenQq();

  const plain = await qq("auth_add_group", "--name", "plain");
  const mapped = await qq("auth_add_group", "--name", "mapped", "--gid", "7001");

  expect(plain.calls).toEqual(["POST /v1/groups/ 200", "POST /v1/identity/expand 200"]);
  expect(printedValues(plain.stdout)).toEqual([
    {
      id: expect.stringMatching(/^1\d{3}$/),
      name: "plain",
      sid: expect.stringMatching(/^S-1-5-21-\d+-\d+-\d+-1\d{3}$/),
      gid: "",
    },
    expect.objectContaining({ type: "GROUP", nfs_id: null }),
  ]);
  expect(printedValues(mapped.stdout)).toMatchObject([{ gid: "7001" }, { nfs_id: { gid: 7001 } }]);
});

test("qq lists all groups, and one with its members", async () => {
  const { qq, user } = await givenQq({ localUsers: ["svc"] });

  const all = await qq("auth_list_groups");
  const one = await qq("auth_list_group", "--id", "Users");

  expect(all.calls).toEqual(["GET /v1/groups/ 200"]);
  const names = printedValues(all.stdout).flatMap((groups) => groups as readonly object[]);
  expect(names).toMatchObject([
    { id: "512", name: "Administrators" },
    { id: "513", name: "Users" },
    { id: "514", name: "Guests" },
  ]);
  expect(one.calls).toEqual([
    "GET /v1/groups/ 200",
    "GET /v1/groups/513 200",
    "GET /v1/groups/513/members/ 200",
    "POST /v1/identity/expand 200",
  ]);
  expect(printedValues(one.stdout)).toMatchObject([
    { id: "513", name: "Users" },
    [{ id: "500" }, { id: user("svc").id }],
    { id: { auth_id: "513" }, type: "GROUP" },
  ]);
});

test("qq renames a group, gives it a gid, and takes it away", async () => {
  const { admin, qq } = await givenQq();
  const id = (await admin.post("/v1/groups/", { name: "automation" })).field("id");

  const renamed = await qq("auth_mod_group", "--id", "automation", "--name", "robots", "--gid", "7001");
  const cleared = await qq("auth_mod_group", "--id", id, "--gid", "none");

  expect(renamed.calls).toEqual([
    "GET /v1/groups/ 200",
    `GET /v1/groups/${id} 200`,
    `PUT /v1/groups/${id} 200`,
    `GET /v1/groups/${id} 200`,
    `GET /v1/groups/${id}/members/ 200`,
    "POST /v1/identity/expand 200",
  ]);
  expect(printedValues(renamed.stdout)[0]).toMatchObject({ id, name: "robots", gid: "7001" });
  expect(printedValues(cleared.stdout)[0]).toMatchObject({ id, name: "robots", gid: "" });
});

test("qq deletes a group", async () => {
  const { admin, qq } = await givenQq();
  const id = (await admin.post("/v1/groups/", { name: "automation" })).field("id");

  const { exitCode, stdout, calls } = await qq("auth_delete_group", "--id", "automation");

  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Group was deleted.\n" });
  expect(calls).toEqual(["GET /v1/groups/ 200", `DELETE /v1/groups/${id} 200`]);
});

test.each([
  ["a name taken by a group", ["auth_add_group", "--name", "USERS"], "409: auth_group_already_exists_error"],
  ["a name taken by a user", ["auth_add_group", "--name", "admin"], "409: auth_group_already_exists_error"],
  ["a taken gid", ["auth_add_group", "--name", "other", "--gid", "7001"], "409: auth_posix_id_already_exists_error"],
  ["an unknown id to read", ["auth_list_group", "--id", "4711"], "404: http_not_found_error"],
  ["an unknown id to change", ["auth_mod_group", "--id", "4711", "--gid", "1"], "404: http_not_found_error"],
  ["an unknown id to delete", ["auth_delete_group", "--id", "4711"], "404: http_not_found_error"],
  ["deleting a built-in group", ["auth_delete_group", "--id", "512"], "400: auth_static_user_error"],
  ["deleting somebody's primary group", ["auth_delete_group", "--id", "home"], "400: auth_group_in_use_error"],
])("qq is refused %s", async (_what, args, refusal) => {
  const { admin, qq } = await givenQq();
  await admin.post("/v1/groups/", { name: "mapped", gid: "7001" });
  const home = (await admin.post("/v1/groups/", { name: "home" })).field("id");
  await admin.post("/v1/users/", { name: "svc", primary_group: home, password: "Test-Passw0rd" });

  const { exitCode, stdout, stderr } = await qq(...args);

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}: .+\n$`));
});

test("qq without the privileges for local groups is refused", async () => {
  const { holderOf, qqOf } = await givenQq();
  const qq = await qqOf(await holderOf("PRIVILEGE_LOCAL_GROUP_READ"));

  const outcomes = await Promise.all([
    qq("auth_list_groups"),
    qq("auth_add_group", "--name", "automation"),
    qq("auth_mod_group", "--id", "514", "--gid", "7"),
    qq("auth_delete_group", "--id", "514"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 1, 1]);
  for (const { stderr } of outcomes.slice(1)) expect(stderr).toMatch(/^Error 403: auth_not_authorized_error: /);
});

test("usage mistakes about groups do not reach the cluster", async () => {
  const { qq } = await givenQq();

  const outcomes = await Promise.all([
    qq("auth_add_group"),
    qq("auth_add_group", "--name", "automation", "--gid", "many"),
    qq("auth_list_group"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
  expect(outcomes.flatMap(({ calls }) => calls)).toEqual([]);
});

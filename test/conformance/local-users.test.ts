import { expect, test } from "@jest/globals";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";

const password = "Test-Passw0rd";

test("qq adds a user to the group Users unless told otherwise", async () => {
  const { qq } = await givenQq();

  const { exitCode, stdout, calls } = await qq("auth_add_user", "--name", "svc", "-p", password);

  expect(exitCode).toBe(0);
  expect(calls).toEqual(["POST /v1/users/ 200", "POST /v1/identity/expand 200"]);
  const [user, expanded] = printedValues(stdout);
  expect(user).toEqual({
    id: expect.stringMatching(/^1\d{3}$/),
    name: "svc",
    primary_group: "513",
    sid: expect.stringMatching(/^S-1-5-21-\d+-\d+-\d+-1\d{3}$/),
    uid: "",
    home_directory: null,
    can_change_password: true,
  });
  expect(expanded).toMatchObject({ id: { name: "svc", domain: "LOCAL" }, type: "USER", nfs_id: null });
});

test("qq adds a user with everything a user can have", async () => {
  const { qq } = await givenQq();
  const options = ["--primary-group", "Guests", "--uid", "5001", "--home-directory", "/home/svc"];

  const { exitCode, stdout, calls } = await qq("auth_add_user", "--name", "svc", "-p", password, ...options);

  expect(exitCode).toBe(0);
  expect(calls).toEqual(["GET /v1/groups/ 200", "POST /v1/users/ 200", "POST /v1/identity/expand 200"]);
  const [user, expanded] = printedValues(stdout);
  expect(user).toMatchObject({ primary_group: "514", uid: "5001", home_directory: "/home/svc" });
  expect(expanded).toMatchObject({ nfs_id: { uid: 5001 }, group_ids: [{ auth_id: "514", name: "Guests" }] });
});

test("qq lists all users", async () => {
  const { qq, user } = await givenQq({ localUsers: ["svc"] });

  const { stdout, calls } = await qq("auth_list_users");

  expect(calls).toEqual(["GET /v1/users/ 200"]);
  expect(printedValues(stdout)).toEqual([
    [
      expect.objectContaining({ id: "500", name: "admin", primary_group: "513" }),
      expect.objectContaining({ id: "501", name: "guest", primary_group: "514" }),
      expect.objectContaining({ id: user("svc").id, name: "svc", primary_group: "513" }),
    ],
  ]);
});

test("qq lists one user by name and by id", async () => {
  const { qq, user } = await givenQq({ localUsers: ["svc"] });
  const { id } = user("svc");

  const byName = await qq("auth_list_user", "--id", "svc");
  const byId = await qq("auth_list_user", "--id", id);

  const lookUp = [`GET /v1/users/${id} 200`, `GET /v1/users/${id}/groups/ 200`, "POST /v1/identity/expand 200"];
  expect(byName.calls).toEqual(["GET /v1/users/ 200", ...lookUp]);
  expect(byId.calls).toEqual(lookUp);
  expect(byId.stdout).toBe(byName.stdout);
  expect(printedValues(byId.stdout)).toEqual([
    expect.objectContaining({ id, name: "svc" }),
    [expect.objectContaining({ id: "513" })],
    expect.objectContaining({ type: "USER" }),
  ]);
});

test("qq renames a user, and sends back the ETag that it read", async () => {
  const { admin, qq, user } = await givenQq({ localUsers: ["svc"] });
  const { id } = user("svc");
  const etag = (await admin.get(`/v1/users/${id}`)).headers["etag"];

  const { exitCode, stdout, calls } = await qq("auth_mod_user", "--id", "svc", "--name", "svc-2");

  expect(exitCode).toBe(0);
  expect(calls).toEqual([
    "GET /v1/users/ 200",
    `GET /v1/users/${id} 200`,
    `PUT /v1/users/${id} 200`,
    `GET /v1/users/${id}/groups/ 200`,
    "POST /v1/identity/expand 200",
    `GET /v1/users/${id} 200`,
  ]);
  expect(printedValues(stdout)[0]).toMatchObject({ id, name: "svc-2" });
  const stale = await admin.put(`/v1/users/${id}`, { id, name: "svc-3", primary_group: "513" }, String(etag));
  expect(stale.status).toBe(412);
});

test("qq gives a user a uid, a home directory and another primary group, and takes them away", async () => {
  const { qq, user } = await givenQq({ localUsers: ["svc"] });
  const { id } = user("svc");
  const modify = async (...options: readonly string[]): Promise<unknown> => {
    const { stdout } = await qq("auth_mod_user", "--id", id, ...options);
    return printedValues(stdout)[0];
  };

  const given = await modify("--uid", "5001", "--home-directory", "/home/svc", "--primary-group", "Guests");
  const taken = await modify("--uid", "none", "--home-directory", "None", "--primary-group", "0");

  expect(given).toMatchObject({ uid: "5001", home_directory: "/home/svc", primary_group: "514" });
  expect(taken).toMatchObject({ uid: "", home_directory: null, primary_group: "513" });
});

test("qq adds a user to a group and removes them", async () => {
  const { admin, qq, user } = await givenQq({ localUsers: ["svc"] });
  const group = (await admin.post("/v1/groups/", { name: "automation" })).field("id");
  const { id } = user("svc");

  const added = await qq("auth_mod_user", "--id", id, "--add-group", "automation");
  const removed = await qq("auth_mod_user", "--id", id, "--remove-group", group);

  const rest = [`GET /v1/users/${id}/groups/ 200`, "POST /v1/identity/expand 200", `GET /v1/users/${id} 200`];
  const change = [`GET /v1/users/${id} 200`, `PUT /v1/users/${id} 200`];
  expect(added.calls).toEqual([...change, "GET /v1/groups/ 200", `POST /v1/groups/${group}/members/ 200`, ...rest]);
  expect(removed.calls).toEqual([...change, `DELETE /v1/groups/${group}/members/${id} 200`, ...rest]);
  const groupsOf = (stdout: string): unknown => printedValues(stdout)[1];
  expect(groupsOf(added.stdout)).toEqual(["513", group].map((each) => expect.objectContaining({ id: each })));
  expect(groupsOf(removed.stdout)).toEqual([expect.objectContaining({ id: "513" })]);
});

test("qq sets another's password, through the user and by itself", async () => {
  const { qq, user, signIn } = await givenQq({ localUsers: ["svc"] });
  const { id } = user("svc");

  const modified = await qq("auth_mod_user", "--id", id, "-p", "Second-Passw0rd");
  await expect(signIn("svc", "Second-Passw0rd")).resolves.toBeDefined();
  const set = await qq("auth_set_password", "--id", "svc", "-p", "Third-Passw0rd");
  await expect(signIn("svc", "Third-Passw0rd")).resolves.toBeDefined();

  expect(modified.exitCode).toBe(0);
  expect(set).toMatchObject({
    exitCode: 0,
    stdout: "Changed password for svc\n",
    calls: ["GET /v1/users/ 200", `POST /v1/users/${id}/setpassword 200`],
  });
});

test("qq keeps the password of a user whom it changes otherwise", async () => {
  const { qq, user, signIn } = await givenQq({ localUsers: ["svc"] });

  const { exitCode } = await qq("auth_mod_user", "--id", "svc", "--uid", "5001");

  expect(exitCode).toBe(0);
  await expect(signIn("svc", user("svc").password)).resolves.toBeDefined();
});

test("qq deletes a user by name", async () => {
  const { admin, qq, user } = await givenQq({ localUsers: ["svc"] });
  const { id } = user("svc");

  const { exitCode, stdout, calls } = await qq("auth_delete_user", "--id", "svc");

  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "User was deleted.\n" });
  expect(calls).toEqual(["GET /v1/users/ 200", `DELETE /v1/users/${id} 200`]);
  expect((await admin.get(`/v1/users/${id}`)).status).toBe(404);
});

test.each([
  [
    "a name taken by a user, whatever its case",
    ["auth_add_user", "--name", "SVC", "-p", password],
    "409: auth_user_already_exists_error",
  ],
  [
    "a name taken by a group",
    ["auth_add_user", "--name", "users", "-p", password],
    "409: auth_user_already_exists_error",
  ],
  ["a name with a character of Windows' list", ["auth_add_user", "--name", "a/b", "-p", password], "400: decode_error"],
  ["a weak password", ["auth_add_user", "--name", "new", "-p", "password"], "400: auth_weak_password_error"],
  ["a weak password for another", ["auth_set_password", "--id", "500", "-p", "short"], "400: auth_weak_password_error"],
  [
    "an unknown primary group",
    ["auth_add_user", "--name", "new", "-p", password, "--primary-group", "4711"],
    "400: auth_no_such_group_error",
  ],
  ["a uid that is not a number", ["auth_mod_user", "--id", "500", "--uid", "many"], "400: decode_error"],
  [
    "renaming to a taken name",
    ["auth_mod_user", "--id", "svc", "--name", "admin"],
    "409: auth_user_already_exists_error",
  ],
  ["an unknown id to read", ["auth_list_user", "--id", "4711"], "404: auth_no_such_user_error"],
  ["an unknown id to change", ["auth_mod_user", "--id", "4711", "--name", "new"], "404: auth_no_such_user_error"],
  ["an unknown id to delete", ["auth_delete_user", "--id", "4711"], "404: auth_no_such_user_error"],
  [
    "an unknown id to set a password",
    ["auth_set_password", "--id", "4711", "-p", password],
    "404: auth_no_such_user_error",
  ],
  ["deleting admin", ["auth_delete_user", "--id", "admin"], "400: auth_static_user_error"],
  ["leaving the primary group", ["auth_mod_user", "--id", "svc", "--remove-group", "Users"], "400: "],
  [
    "joining a group twice",
    ["auth_mod_user", "--id", "svc", "--add-group", "Users"],
    "409: auth_group_member_exists_error",
  ],
])("qq is refused %s", async (_what, args, refusal) => {
  const { qq } = await givenQq({ localUsers: ["svc"] });

  const { exitCode, stdout, stderr } = await qq(...args);

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}.+\n$`));
});

test("qq without the privileges for local users is refused", async () => {
  const { holderOf, qqOf } = await givenQq();
  const qq = await qqOf(await holderOf("PRIVILEGE_LOCAL_USER_READ"));

  const outcomes = await Promise.all([
    qq("auth_list_users"),
    qq("auth_add_user", "--name", "new", "-p", password),
    qq("auth_mod_user", "--id", "500", "--uid", "7"),
    qq("auth_set_password", "--id", "500", "-p", password),
    qq("auth_delete_user", "--id", "501"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 1, 1, 1]);
  for (const { stderr } of outcomes.slice(1)) expect(stderr).toMatch(/^Error 403: auth_not_authorized_error: /);
});

test("qq finds no user whose name is spelled in another case, and asks the cluster for nothing else", async () => {
  const { qq } = await givenQq({ localUsers: ["svc"] });

  const { exitCode, stderr, calls } = await qq("auth_delete_user", "--id", "SVC");

  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'Command error: Unable to convert "SVC" to a user id\n',
  });
  expect(calls).toEqual(["GET /v1/users/ 200"]);
});

test("usage mistakes about users do not reach the cluster", async () => {
  const { qq } = await givenQq();

  const outcomes = await Promise.all([
    qq("auth_add_user", "-p", password),
    qq("auth_add_user", "--name", "svc", "-p", password, "--uid", "many"),
    qq("auth_list_user"),
    qq("auth_delete_user", "svc"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
  expect(outcomes.flatMap(({ calls }) => calls)).toEqual([]);
});

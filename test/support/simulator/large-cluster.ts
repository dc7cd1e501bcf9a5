import type { Seed } from "../../../src/simulator/index.ts";
import type { Given } from "../provider/given-provider.ts";
import { setOfValues } from "../provider/values.ts";

/** One object of a large configuration. */
export interface LargeObject {
  readonly type: string;
  readonly importId: string;
  /** With which a plan of the imported object is empty. */
  readonly config: Given;
}

const userCount = 500;
const roleCount = 50;
const end = "2099-01-01T00:00:00Z";

const users = Array.from({ length: userCount }, (_, index) => ({ id: String(2_000 + index), name: `svc-${index}` }));
const tokens = users.map(({ id, name }, index) => ({ id: String(10n ** 22n + BigInt(index)), userId: id, user: name }));
const roles = Array.from({ length: roleCount }, (_, index) => ({
  name: `role-${index}`,
  members: users.filter((_user, position) => position % roleCount === index),
  isWhole: index % 2 === 0,
}));
const privileges = ["PRIVILEGE_QUOTA_READ"];

/** 500 users, each with an access token and in one of 50 roles. */
export const largeSeed: Seed = {
  version: 1,
  users,
  roles: roles.map(({ name, members }) => ({ name, privileges, members: members.map((user) => `local:${user.name}`) })),
  access_tokens: tokens.map(({ id, user }) => ({ id, user: `local:${user}`, expiration_time: end })),
};

/**
 * Everything in {@link largeSeed}: the members of every other role as a whole (`qumulo_role_members`), those of the
 * others one by one (`qumulo_role_member`).
 */
export const largeObjects: readonly LargeObject[] = [
  ...users.map(({ id, name }) => ({ type: "qumulo_local_user", importId: id, config: { name } })),
  ...tokens.map(({ id, user }) => ({
    type: "qumulo_access_token",
    importId: id,
    config: { user: `local:${user}`, expiration_time: end },
  })),
  ...roles.map(({ name }) => ({
    type: "qumulo_role",
    importId: name,
    config: { name, privileges: setOfValues(...privileges) },
  })),
  ...roles
    .filter(({ isWhole }) => isWhole)
    .map(({ name, members }) => ({
      type: "qumulo_role_members",
      importId: name,
      config: { role_name: name, members: setOfValues(...members.map((user) => `local:${user.name}`)) },
    })),
  ...roles
    .filter(({ isWhole }) => !isWhole)
    .flatMap(({ name, members }) =>
      members.map(({ id }) => ({
        type: "qumulo_role_member",
        importId: `${name}:${id}`,
        config: { role_name: name, auth_id: id },
      })),
    ),
];

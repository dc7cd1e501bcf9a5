import type { Bench, Holder } from "../asking/bench.ts";
import { strongPassword } from "../asking/bench.ts";
import { changing, type Probe } from "../probe.ts";

/** What a request for a privilege is tried with: every area of the API, read and changed. */
async function attempts(bench: Bench, holder: Holder): Promise<Readonly<Record<string, number>>> {
  const [user, group, role] = [await bench.user(), await bench.group(), await bench.role()];
  const { path: token } = await bench.token(user);
  const requests: Readonly<Record<string, () => Promise<{ readonly status: number }>>> = {
    "users, read": async () => holder.get(`/v1/users/${user.id}`),
    "users, listed": async () => holder.get("/v1/users/"),
    "users, changed": async () => holder.post(`/v1/users/${user.id}/setpassword`, { new_password: strongPassword() }),
    "groups of a user": async () => holder.get(`/v1/users/${user.id}/groups/`),
    "groups, read": async () => holder.get(`/v1/groups/${group.id}`),
    "groups, changed": async () => holder.post(`/v1/groups/${group.id}/members/`, { member_id: user.id }),
    "roles, read": async () => holder.get(`/v1/auth/roles/${role}`),
    "role members, read": async () => holder.get(`/v1/auth/roles/${role}/members`),
    "privileges, read": async () => holder.get("/v1/auth/privileges/"),
    "roles, changed": async () => holder.patch(`/v1/auth/roles/${role}`, {}),
    "access tokens, listed": async () => holder.get("/v1/auth/access-tokens/?limit=1"),
    "access tokens, read": async () => holder.get(token),
    "access tokens, changed": async () => holder.patch(token, {}),
    "identities, found": async () => holder.post("/v1/auth/identity/find", { auth_id: user.id }),
    "identity attributes, read": async () => holder.get(`/v1/auth/identities/${user.id}/attributes`),
    "identity attributes, changed": async () =>
      holder.put(`/v1/auth/identities/${user.id}/attributes`, { home_directory: "/home" }),
    "mappings, read": async () => holder.get("/v1/auth/user-defined-mappings/"),
    "nodes, read": async () => holder.get("/v1/cluster/nodes/"),
    "who am I": async () => holder.get("/v1/session/who-am-i"),
  };
  const seen: Record<string, number> = {};
  for (const [what, send] of Object.entries(requests)) seen[what] = (await send()).status;
  return seen;
}

/** The privileges of the requests above. */
const privileges = [
  "ACCESS_TOKENS_READ",
  "ACCESS_TOKENS_WRITE",
  "CLUSTER_READ",
  "IDENTITY_MAPPING_READ",
  "IDENTITY_READ",
  "IDENTITY_WRITE",
  "LOCAL_GROUP_READ",
  "LOCAL_GROUP_WRITE",
  "LOCAL_USER_READ",
  "LOCAL_USER_WRITE",
  "ROLE_READ",
  "ROLE_WRITE",
];

/** Which privilege allows what. Statuses are told as text: a number would be taken for one of the cluster's. */
export const authorizationProbes: readonly Probe[] = [undefined, ...privileges].map((privilege) =>
  changing({
    id: privilege === undefined ? "no-privileges" : `privilege-${privilege.toLowerCase().replaceAll("_", "-")}`,
    asks:
      privilege === undefined
        ? "what users may do without any privilege"
        : `what PRIVILEGE_${privilege} alone allows, and what it does not`,
    source: "OpenAPI 7.8.2 for access tokens; the rest is inferred from the descriptions of the privileges",
    async ask(bench) {
      const holder = await (privilege === undefined ? bench.holder() : bench.holder(`PRIVILEGE_${privilege}`));
      const seen = Object.entries(await attempts(bench, holder));
      return Object.fromEntries(seen.map(([what, status]) => [what, status < 400 ? "allowed" : `refused: ${status}`]));
    },
  }),
);

import { riskOf } from "./risk.ts";

/** What the holder of an escalating privilege can take over. */
export type Reached = "local-user" | "local-group" | "user" | "role";

/** A privilege that lets its holder gain what others have. */
export interface Escalation {
  readonly privilege: string;
  /** Continues "local:svc …", before the names of what it reaches. */
  readonly can: string;
  readonly reaches: Reached;
}

/** The escalating privileges for which it is known how they lead to more rights. The others need a person to judge them. */
export const escalations: readonly Escalation[] = [
  {
    privilege: "PRIVILEGE_LOCAL_USER_WRITE",
    can: "can set the password of, and log in as,",
    reaches: "local-user",
  },
  { privilege: "PRIVILEGE_LOCAL_GROUP_WRITE", can: "can join the group with a role", reaches: "local-group" },
  { privilege: "PRIVILEGE_ACCESS_TOKENS_WRITE", can: "can make access tokens for", reaches: "user" },
  { privilege: "PRIVILEGE_ROLE_WRITE", can: "can take the privileges of the roles", reaches: "role" },
];

const byPrivilege: ReadonlyMap<string, Escalation> = new Map(escalations.map((one) => [one.privilege, one]));

/** How a privilege lets its holder gain more rights: through what it reaches, in an unknown way, or (`undefined`) not at all. */
export function escalationOf(privilege: string): Escalation | "unknown" | undefined {
  return byPrivilege.get(privilege) ?? (riskOf(privilege) === "escalation" ? "unknown" : undefined);
}

import { change, kept, planOf } from "./plan-builder.ts";

type Values = Readonly<Record<string, unknown>>;
type Change = Values;

const privilegeSets = [
  ["METRICS_READ", "QUOTA_READ"],
  ["QUOTA_READ", "QUOTA_WRITE", "ANALYTICS_READ"],
  ["LOCAL_USER_READ", "LOCAL_USER_WRITE", "ACCESS_TOKENS_READ"],
  ["FILE_FULL_ACCESS", "KERBEROS_KEYTAB_READ"],
  ["AUDIT_READ", "AUDIT_WRITE", "SNAPSHOT_POLICY_READ"],
] as const;
const teams = ["backup", "metrics", "archive", "render", "audit"];
const day = (text: string): string => `${text}T08:00:00Z`;

/** The time at which the plan of {@link officePlan} is looked at. */
export const officeTime = new Date(day("2026-03-02"));

/**
 * A plan as an office has it: so many users with roles, groups and access tokens, of which some change in every way.
 */
export function officePlan(users: number): Values {
  return planOf([
    ...teams.flatMap((team, index) => rolesOf(team, index)),
    ...groups(),
    ...Array.from({ length: users }, (_, index) => userOf(index)).flat(),
  ]);
}

function privileges(index: number): readonly string[] {
  return (privilegeSets[index % privilegeSets.length] ?? []).map((name) => `PRIVILEGE_${name}`);
}

function rolesOf(team: string, index: number): readonly Change[] {
  const values = { id: `${team}-role`, name: `${team}-role`, privileges: privileges(index) };
  if (index !== 1) return [kept(`qumulo_role.${team}`, values)];
  const after = { ...values, privileges: ["PRIVILEGE_METRICS_READ", "PRIVILEGE_ROLE_WRITE", "PRIVILEGE_QUOTA_READ"] };
  return [change(`qumulo_role.${team}`, { actions: ["update"], before: values, after })];
}

function groups(): readonly Change[] {
  return [
    kept("qumulo_local_group.operators", { id: "9001", name: "operators" }),
    kept("qumulo_role_member.operators", { role_name: "archive-role", auth_id: "9001" }),
    kept("qumulo_local_group.watchers", { id: "9002", name: "watchers" }),
    change("qumulo_role_member.watchers", { after: { role_name: "Observers", auth_id: "9002" } }),
  ];
}

function userOf(index: number): readonly Change[] {
  const team = teams[index % teams.length] ?? "";
  const name = `svc-${team}-${String(index).padStart(3, "0")}`;
  const id = String(1001 + index);
  const address = name.replaceAll("-", "_");
  const user = { id, name };
  const member = { role_name: `${team}-role`, auth_id: id };
  const token = tokenOf(name, index);
  const inGroup = { group_id: index % 2 === 0 ? "9001" : "9002", member_id: id };
  return [
    index % 20 === 7
      ? change(`qumulo_local_user.${address}`, { after: user })
      : kept(`qumulo_local_user.${address}`, user),
    memberOf(address, member, index),
    ...(index % 4 === 1 ? [kept(`qumulo_local_group_member.${address}`, inGroup)] : []),
    ...(index % 3 === 0 ? [] : [tokenChange(address, token, index)]),
  ];
}

function memberOf(address: string, member: Values, index: number): Change {
  const place = `qumulo_role_member.${address}`;
  if (index % 20 === 5) return change(place, { actions: ["delete"], before: member });
  if (index % 20 === 12) return change(place, { after: { ...member, role_name: "Administrators" } });
  return index % 20 === 7 ? change(place, { after: member }) : kept(place, member);
}

function tokenOf(name: string, index: number): Values {
  const months = ["2026-03-20", "2026-04-25", "2026-06-01", "2026-08-15"];
  const end = months[index % months.length] ?? "";
  return {
    id: String(index),
    user: `local:${name}`,
    enabled: index % 20 !== 16,
    overlap: "7d",
    ...(index % 10 === 8 ? { creation_time: day("2025-11-03") } : { expires_in: "180d", expiration_time: day(end) }),
  };
}

function tokenChange(address: string, token: Values, index: number): Change {
  const place = `qumulo_access_token.${address}`;
  const rest = { ...token, expiration_time: null, id: null };
  const unknown = { id: true, expiration_time: true, creation_time: true };
  switch (index % 20) {
    case 2:
      return change(place, { actions: ["update"], before: token, after: rest, unknown });
    case 7:
      return change(place, { after: rest, unknown });
    case 10:
      return change(place, { actions: ["delete"], before: token });
    case 13:
      return change(place, { actions: ["delete", "create"], before: token, after: rest, unknown });
    case 19:
      return change(place, { actions: ["update"], before: token, after: { ...token, enabled: false } });
    default:
      return kept(place, token);
  }
}

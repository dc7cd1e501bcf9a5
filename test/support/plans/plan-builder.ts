/** What a test says of one change; the rest is as engines write it. */
export interface GivenChange {
  readonly actions?: readonly string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly unknown?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** One resource change; without actions it creates. */
export function change(address: string, given: GivenChange): Readonly<Record<string, unknown>> {
  const { actions = ["create"], before = null, after = null, unknown = {}, more } = given;
  const [type, name] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.opentofu.org/cdktf-qumulo/qumulo",
    change: { actions, before, after, after_unknown: unknown, before_sensitive: false, after_sensitive: false },
    ...more,
  };
}

/** An object that stays as it is. */
export function kept(address: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return change(address, { actions: ["no-op"], before: values, after: values });
}

/** A plan with these changes. */
export function planOf(
  changes: readonly Readonly<Record<string, unknown>>[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { format_version: "1.2", terraform_version: "1.12.6", resource_changes: changes, ...more };
}

/** The user `svc` with id 1001, in a role with these privileges. */
export function holder(...privileges: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  return [
    kept("qumulo_local_user.svc", { id: "1001", name: "svc" }),
    kept("qumulo_role.svc", {
      id: "svc-role",
      name: "svc-role",
      privileges: privileges.map((name) => `PRIVILEGE_${name}`),
    }),
    kept("qumulo_role_member.svc", { role_name: "SVC-role", auth_id: "1001" }),
  ];
}

/** The same, as a plan creates the membership. */
export function newHolder(...privileges: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const [user, role] = holder(...privileges);
  const member = change("qumulo_role_member.svc", { after: { role_name: "SVC-role", auth_id: "1001" } });
  return [user, role, member].filter((it) => it !== undefined);
}

/** A rotating access token of `svc`. */
export const token = {
  id: "77",
  user: "local:svc",
  enabled: true,
  expires_in: "90d",
  overlap: "24h",
} as const;

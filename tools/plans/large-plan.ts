const provider = "registry.opentofu.org/cdktf-qumulo/qumulo";
const otherProvider = "registry.opentofu.org/example/other";

type Fields = Readonly<Record<string, unknown>>;

/** A resource that a plan creates. */
interface Created {
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly values: Fields;
  /** What the engine knows only after apply. */
  readonly unknown: Fields;
  readonly sensitive: Fields;
  readonly expressions: Fields;
}

/** The resources of a service identity, as the construct makes them. Every fifth may do too much. */
function serviceIdentity(index: number): readonly Created[] {
  const [user, role] = [`svc-${index}`, `role-${index}`];
  const [userAddress, roleAddress] = [`qumulo_local_user.user_${index}`, `qumulo_role.role_${index}`];
  const risky = index % 5 === 0 ? "PRIVILEGE_ACCESS_TOKENS_WRITE" : "PRIVILEGE_SNAPSHOT_READ";
  const privileges = ["PRIVILEGE_QUOTA_READ", risky];
  return [
    {
      type: "qumulo_local_user",
      name: `user_${index}`,
      provider,
      values: { ...lockOut, home_directory: null, name: user, password: null, password_wo: null, uid: null },
      unknown: { can_change_password: true, id: true, primary_group: true, sid: true },
      sensitive: { password: true, password_wo: true },
      expressions: { name: constant(user) },
    },
    {
      type: "qumulo_role",
      name: `role_${index}`,
      provider,
      values: { ...lockOut, description: "", name: role, privileges },
      unknown: { id: true, privileges: [false, false] },
      sensitive: { privileges: [false, false] },
      expressions: { name: constant(role), privileges: constant(privileges) },
    },
    {
      type: "qumulo_role_member",
      name: `member_${index}`,
      provider,
      values: { ...lockOut, role_name: role },
      unknown: { auth_id: true, domain: true, gid: true, id: true, name: true, sid: true, uid: true },
      sensitive: {},
      expressions: { auth_id: reference(userAddress, "id"), role_name: reference(roleAddress, "name") },
    },
    {
      type: "qumulo_access_token",
      name: `token_${index}`,
      provider,
      values: { ...lockOut, ...tokenValues, user },
      unknown: { bearer_token: true, creation_time: true, creator: true, expiration_time: true, id: true },
      sensitive: { bearer_token: true, creator: {}, identity: {} },
      expressions: { expires_in: constant("90d"), overlap: constant("24h"), user: reference(userAddress, "name") },
    },
  ];
}

const lockOut = { allow_lock_out: false, timeouts: null };

const tokenValues = {
  allow_administrator: false,
  enabled: true,
  encrypt_to: null,
  encrypted_bearer_token: null,
  expired: false,
  expires_in: "90d",
  overlap: "24h",
  previous_token: null,
  rotate_before_expiry: null,
  rotate_when_changed: null,
};

function otherResource(index: number): Created {
  const tags = Object.fromEntries(Array.from({ length: 20 }, (_, tag) => [`tag-${tag}`, `value-${index}-${tag}`]));
  const values = { name: `machine-${index}`, tags };
  const expressions = { name: constant(values.name), tags: constant(tags) };
  const name = `machine_${index}`;
  return { type: "other_instance", name, provider: otherProvider, values, unknown: {}, sensitive: {}, expressions };
}

/** A plan as `show -json` prints it that creates so many resources of ours, and so many of another provider. */
export function largePlan(ours: number, others = 0): unknown {
  const created = [
    ...Array.from({ length: ours / 4 }, (_, index) => serviceIdentity(index)).flat(),
    ...Array.from({ length: others }, (_, index) => otherResource(index)),
  ];
  return {
    format_version: "1.2",
    terraform_version: "1.12.6",
    planned_values: { root_module: { resources: created.map(plannedValues) } },
    resource_changes: created.map(resourceChange),
    configuration: {
      provider_config: { qumulo: { name: "qumulo", full_name: provider } },
      root_module: { resources: created.map(configuredResource) },
    },
    errored: false,
  };
}

function head({ type, name }: Created): Fields {
  return { address: `${type}.${name}`, mode: "managed", type, name };
}

function plannedValues(created: Created): unknown {
  const { provider: provider_name, values, sensitive: sensitive_values } = created;
  return { ...head(created), provider_name, schema_version: 0, values, sensitive_values };
}

function resourceChange(created: Created): unknown {
  const { provider: provider_name, values: after, unknown: after_unknown, sensitive: after_sensitive } = created;
  const change = { actions: ["create"], before: null, after, after_unknown, before_sensitive: false, after_sensitive };
  return { ...head(created), provider_name, change };
}

function configuredResource(created: Created): unknown {
  const provider_config_key = created.provider === provider ? "qumulo" : "other";
  return { ...head(created), provider_config_key, expressions: created.expressions, schema_version: 0 };
}

function constant(value: unknown): unknown {
  return { constant_value: value };
}

function reference(address: string, attribute: string): unknown {
  return { references: [`${address}.${attribute}`, address] };
}

import type { Cluster } from "../client/cluster.ts";
import { isAnswer } from "../client/cluster-error.ts";
import type { PrivilegeName } from "../vocabulary/privileges.ts";
import { isSameRoleName } from "../vocabulary/role-name.ts";

/** The rights to manage roles and access tokens: who loses them cannot give them back. */
export const guardedPrivileges: readonly PrivilegeName[] = ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"];

/** The identity that the provider is signed in as. */
interface OwnIdentity {
  readonly authId: string;
  readonly name: string;
  /** The auth_ids by which it may hold a role: its own, and those of its groups. */
  readonly ids: readonly string[];
}

/** A planned change of who holds which rights. */
export type RightsChange =
  | { readonly kind: "members-leave"; readonly roleName: string; readonly authIds: readonly string[] }
  | { readonly kind: "role-changes"; readonly roleName: string; readonly privileges: readonly string[] }
  | { readonly kind: "group-left"; readonly groupId: string; readonly authId: string };

/** What {@link OwnRights.findLoss} found. */
export interface Loss {
  readonly identity: OwnIdentity;
  /** The guarded privileges that it would lose, at least one. */
  readonly privileges: readonly string[];
}

interface HeldRole {
  readonly name: string;
  readonly privileges: readonly string[];
  readonly memberIds: readonly string[];
}

/** What a run knows of the rights of its own identity, and of what it plans to take from them. */
export class OwnRights {
  readonly #accepted: RightsChange[] = [];
  #identity: Promise<OwnIdentity> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Finds what the provider's own identity would lose by a change, together with all changes that were found harmless
   * before. A change that takes nothing is remembered for those that follow.
   *
   * @returns `undefined` when nothing is lost, or the account may not see enough to tell
   */
  async findLoss(cluster: Cluster, change: RightsChange): Promise<Loss | undefined> {
    // One after the other: two changes may be harmless each by itself and a loss together.
    const found = this.#queue.then(async () => this.#findLoss(cluster, change));
    this.#queue = found.catch(() => undefined);
    return found;
  }

  async #findLoss(cluster: Cluster, change: RightsChange): Promise<Loss | undefined> {
    try {
      this.#identity ??= findOwnIdentity(cluster);
      const identity = await this.#identity;
      if (!concerns(change, identity)) return undefined;
      const roles = await listGuardedRoles(cluster);
      const before = rightsAfter([], identity, roles);
      const after = rightsAfter([...this.#accepted, change], identity, roles);
      const privileges = before.filter((privilege) => !after.includes(privilege));
      if (privileges.length > 0) return { identity, privileges };
      this.#accepted.push(change);
      return undefined;
    } catch (error) {
      // Without the right to look, the cluster's own rules have to do.
      if (isAnswer(error, 400, 403, 404)) return undefined;
      throw error;
    }
  }
}

async function findOwnIdentity(cluster: Cluster): Promise<OwnIdentity> {
  const { id: authId, name, primaryGroup } = await cluster.sessions.whoAmI();
  const groups = await cluster.identities
    .expand({ authId })
    .then((expanded) => expanded.groups.map((group) => group.authId))
    .catch((error: unknown) => {
      if (isAnswer(error, 400, 403, 404)) return primaryGroup === undefined ? [] : [primaryGroup];
      throw error;
    });
  return { authId, name, ids: [authId, ...groups] };
}

function concerns(change: RightsChange, { authId, ids }: OwnIdentity): boolean {
  switch (change.kind) {
    case "members-leave":
      return change.authIds.some((id) => ids.includes(id));
    case "role-changes":
      return true;
    case "group-left":
      return change.authId === authId;
  }
}

async function listGuardedRoles(cluster: Cluster): Promise<readonly HeldRole[]> {
  const roles = await cluster.roles.list();
  const guarded = roles.filter(({ privileges }) => guardedPrivileges.some((name) => privileges.includes(name)));
  return Promise.all(
    guarded.map(async ({ name, privileges }) => {
      const members = await cluster.roleMembers.list(name);
      return { name, privileges, memberIds: members.map((member) => member.authId) };
    }),
  );
}

/** The guarded privileges that the identity holds once these changes are made. */
function rightsAfter(
  changes: readonly RightsChange[],
  identity: OwnIdentity,
  roles: readonly HeldRole[],
): readonly string[] {
  const leftGroups = changes.flatMap((change) => (change.kind === "group-left" ? [change.groupId] : []));
  const ids = identity.ids.filter((id) => !leftGroups.includes(id));
  const changed = roles.map((role) => changes.reduce(changedRole, role));
  return guardedPrivileges.filter((privilege) =>
    changed.some((role) => role.privileges.includes(privilege) && role.memberIds.some((id) => ids.includes(id))),
  );
}

function changedRole(role: HeldRole, change: RightsChange): HeldRole {
  if (change.kind === "group-left" || !isSameRoleName(change.roleName, role.name)) return role;
  if (change.kind === "role-changes") return { ...role, privileges: change.privileges };
  return { ...role, memberIds: role.memberIds.filter((id) => !change.authIds.includes(id)) };
}

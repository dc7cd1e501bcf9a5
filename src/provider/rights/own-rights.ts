import { everyoneId } from "../../access/administrators.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { PrivilegeName } from "../../vocabulary/privileges.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import { membersOf } from "./role-holders.ts";

/** The rights to manage roles and access tokens. An account that loses them cannot give them back to itself. */
export const guardedPrivileges: readonly PrivilegeName[] = ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"];

/** The identity that the provider is signed in as. */
interface OwnIdentity {
  readonly authId: string;
  readonly name: string;
  /** The auth_ids by which it may hold a role: its own, those that mean the same, those of its groups, and everyone's. */
  readonly ids: readonly string[];
  /** The access token that it is signed in with; `undefined` with a login. */
  readonly accessTokenId: string | undefined;
}

/** The client for the cluster, and what the provider's own credentials say about themselves. */
export interface OwnReach {
  readonly cluster: Cluster;
  /** The access token that the provider's own bearer token claims to be of; some clusters do not tell. */
  readonly claimedTokenId: string | undefined;
}

/** A planned change of who may do what, or who may sign in. */
export type RightsChange =
  | { readonly kind: "members-leave"; readonly roleName: string; readonly authIds: readonly string[] }
  | { readonly kind: "role-changes"; readonly roleName: string; readonly privileges: readonly string[] }
  | { readonly kind: "group-left"; readonly groupId: string; readonly authId: string }
  | { readonly kind: "group-deleted"; readonly groupId: string; readonly name: string }
  /** `by` completes "would lose its login". */
  | { readonly kind: "sign-in-ends"; readonly authId: string; readonly by: string }
  /** `by` completes "would lose the access token that it is signed in with". */
  | { readonly kind: "tokens-end"; readonly tokenIds: readonly string[]; readonly by: string };

/** What {@link OwnRights.findLoss} found. */
export interface Loss {
  readonly identity: Pick<OwnIdentity, "authId" | "name">;
  /** For people: privileges, or what it signs in with. */
  readonly lost: string;
}

interface HeldRole {
  readonly name: string;
  readonly privileges: readonly string[];
  readonly memberIds: readonly string[];
}

/** What a run knows about the rights of its own identity, and about the planned changes that take some of them away. */
export class OwnRights {
  readonly #accepted: RightsChange[] = [];
  #identity: Promise<OwnIdentity> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Finds what the provider's own identity would lose by a change together with all changes that were accepted before. A change
   * that takes nothing away is remembered and counted with those that follow.
   *
   * @returns `undefined` when nothing is lost, or the account may not see enough to tell
   */
  async findLoss(reach: OwnReach, change: RightsChange): Promise<Loss | undefined> {
    // One after the other: two changes may be harmless each by itself and a loss together.
    const found = this.#queue.then(async () => this.#findLoss(reach, change));
    this.#queue = found.catch(() => undefined);
    return found;
  }

  async #findLoss(reach: OwnReach, change: RightsChange): Promise<Loss | undefined> {
    try {
      const identity = await this.#findIdentity(reach);
      if (!concerns(change, identity)) return undefined;
      const lost = lostAtOnce(change, identity) ?? (await this.#lostPrivileges(reach, identity, change));
      if (lost !== undefined) return { identity, lost };
      this.#accepted.push(change);
      return undefined;
    } catch (error) {
      // Without the right to look, the cluster's own rules have to do.
      if (isAnswer(error, 400, 403, 404)) return undefined;
      throw error;
    }
  }

  async #findIdentity(reach: OwnReach): Promise<OwnIdentity> {
    this.#identity ??= findOwnIdentity(reach);
    try {
      return await this.#identity;
    } catch (error) {
      this.#identity = undefined;
      throw error;
    }
  }

  async #lostPrivileges(
    { cluster }: OwnReach,
    identity: OwnIdentity,
    change: RightsChange,
  ): Promise<string | undefined> {
    const roles = await listGuardedRoles(cluster);
    const before = rightsAfter([], identity, roles);
    const after = rightsAfter([...this.#accepted, change], identity, roles);
    const lost = before.filter((privilege) => !after.includes(privilege));
    return lost.length === 0 ? undefined : listed(lost, { separator: " and " });
  }
}

async function listGuardedRoles(cluster: Cluster): Promise<readonly HeldRole[]> {
  const roles = await cluster.roles.list();
  const guarded = roles.filter(({ privileges }) => guardedPrivileges.some((name) => privileges.includes(name)));
  return Promise.all(
    guarded.map(async ({ name, privileges }) => {
      const members = await membersOf(cluster, name);
      return { name, privileges, memberIds: members.map((member) => member.authId) };
    }),
  );
}

async function findOwnIdentity({ cluster, claimedTokenId }: OwnReach): Promise<OwnIdentity> {
  const { id: authId, name, primaryGroup, accessTokenId = claimedTokenId } = await cluster.sessions.whoAmI();
  const others = await cluster.identities
    .expand({ authId })
    .then(({ equivalents, groups }) => [...equivalents, ...groups].map((identity) => identity.authId))
    .catch((error: unknown) => {
      if (isAnswer(error, 400, 403, 404)) return primaryGroup === undefined ? [] : [primaryGroup];
      throw error;
    });
  return { authId, name, ids: [authId, ...others, everyoneId], accessTokenId };
}

function concerns(change: RightsChange, { authId, ids, accessTokenId }: OwnIdentity): boolean {
  switch (change.kind) {
    case "members-leave":
      return change.authIds.some((id) => ids.includes(id));
    case "role-changes":
      return true;
    case "group-left":
    case "sign-in-ends":
      return change.authId === authId;
    case "group-deleted":
      return ids.includes(change.groupId);
    case "tokens-end":
      return accessTokenId !== undefined && change.tokenIds.includes(accessTokenId);
  }
}

/** What a change takes from the identity directly, independent of roles, such as its login or its token. */
function lostAtOnce(change: RightsChange, { accessTokenId = "" }: OwnIdentity): string | undefined {
  switch (change.kind) {
    case "sign-in-ends":
      return "its login";
    case "tokens-end":
      return `the access token ${accessTokenId} that it is signed in with`;
    case "members-leave":
    case "role-changes":
    case "group-left":
    case "group-deleted":
      return undefined;
  }
}

/** The guarded privileges that the identity holds once these changes are made. */
function rightsAfter(
  changes: readonly RightsChange[],
  identity: OwnIdentity,
  roles: readonly HeldRole[],
): readonly string[] {
  const leftGroups = changes.flatMap((change) => ("groupId" in change ? [change.groupId] : []));
  const ids = identity.ids.filter((id) => !leftGroups.includes(id));
  const changed = roles.map((role) => changes.reduce(changedRole, role));
  return guardedPrivileges.filter((privilege) =>
    changed.some((role) => role.privileges.includes(privilege) && role.memberIds.some((id) => ids.includes(id))),
  );
}

function changedRole(role: HeldRole, change: RightsChange): HeldRole {
  if (!("roleName" in change) || !isSameRoleName(change.roleName, role.name)) return role;
  if (change.kind === "role-changes") return { ...role, privileges: change.privileges };
  return { ...role, memberIds: role.memberIds.filter((id) => !change.authIds.includes(id)) };
}

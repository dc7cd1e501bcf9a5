import { type AccessToken, accessTokensPath } from "../access-tokens.ts";
import type { Cluster } from "../cluster.ts";
import type { ExpandedIdentity, Identity } from "../identities.ts";
import { type LocalGroup, localGroupsPath } from "../local-groups.ts";
import { type LocalUser, localUsersPath } from "../local-users.ts";
import { roleMembersPath } from "../role-members.ts";
import { type NamedRole, rolesPath } from "../roles.ts";
import { type CollectionReads, ListDemand, SharedCollection } from "./shared-collection.ts";
import { SharedRequests, type Sharing } from "./shared-request.ts";

/** What has been read of one cluster, and which write makes what of it stale. */
export class SharedReads {
  readonly localUsers: SharedCollection<LocalUser>;
  readonly localGroups: SharedCollection<LocalGroup>;
  /** By the ids of the groups. */
  readonly groupMembers: SharedRequests<readonly LocalUser[] | undefined>;
  readonly roles: SharedCollection<NamedRole>;
  readonly privileges: SharedRequests<ReadonlyMap<string, string>>;
  readonly privilegeNames: SharedRequests<readonly string[]>;
  readonly accessTokens: SharedCollection<AccessToken>;
  /** By the auth_ids of the users. */
  readonly tokensOfUser: SharedRequests<readonly AccessToken[]>;
  /** By what was asked. */
  readonly found: SharedRequests<Identity>;
  /** By what was asked. */
  readonly expanded: SharedRequests<ExpandedIdentity>;
  readonly #cluster: Cluster;
  readonly #sharing: Sharing;
  readonly #membersDemand: ListDemand;
  readonly #roleMembers = new Map<string, SharedCollection<Identity>>();

  constructor(cluster: Cluster, sharing: Sharing) {
    this.#cluster = cluster;
    this.#sharing = sharing;
    this.#membersDemand = new ListDemand(sharing);
    this.localUsers = this.#collection({
      path: localUsersPath,
      list: async (signal) => cluster.until(signal).localUsers.list(),
      find: async (id, signal) => cluster.until(signal).localUsers.find(id),
      idOf: ({ id }) => id,
    });
    this.localGroups = this.#collection({
      path: localGroupsPath,
      list: async (signal) => cluster.until(signal).localGroups.list(),
      find: async (id, signal) => cluster.until(signal).localGroups.find(id),
      idOf: ({ id }) => id,
    });
    this.roles = this.#collection({
      path: rolesPath,
      list: async (signal) => cluster.until(signal).roles.list(),
      async find(name, signal) {
        const role = await cluster.until(signal).roles.find(name);
        return role && { ...role, name };
      },
      idOf: ({ name }) => name,
      keyOf: lowerCase,
    });
    this.accessTokens = this.#collection({
      path: accessTokensPath,
      list: async (signal) => cluster.until(signal).accessTokens.list(),
      find: async (id, signal) => cluster.until(signal).accessTokens.find(id),
      idOf: ({ id }) => id,
    });
    this.groupMembers = new SharedRequests(sharing);
    this.privileges = new SharedRequests(sharing);
    this.privilegeNames = new SharedRequests(sharing);
    this.tokensOfUser = new SharedRequests(sharing);
    this.found = new SharedRequests(sharing);
    this.expanded = new SharedRequests(sharing);
  }

  /** The members of one role. All roles count together: many memberships, one in each role, are many. */
  roleMembers(roleName: string): SharedCollection<Identity> {
    const key = lowerCase(roleName);
    const cluster = this.#cluster;
    const members =
      this.#roleMembers.get(key) ??
      this.#collection<Identity>({
        path: roleMembersPath(roleName),
        demand: this.#membersDemand,
        list: async (signal) => cluster.until(signal).roleMembers.list(roleName),
        find: async (authId, signal) => cluster.until(signal).roleMembers.find(roleName, authId),
        idOf: ({ authId }) => authId,
      });
    this.#roleMembers.set(key, members);
    return members;
  }

  /** A user who is new may be whom a name or a number means from now on, and belongs to a group. */
  forgetNewUser(): void {
    this.localUsers.forget();
    this.groupMembers.forget();
    this.#forgetIdentities();
  }

  /** Members and tokens are listed with the names of their users. */
  forgetUser(): void {
    this.forgetNewUser();
    this.#forgetMembers();
    this.forgetTokens();
  }

  /** A group may be a member of a role, and be listed there with its name. */
  forgetGroup(): void {
    this.localGroups.forget();
    this.forgetGroupMembers();
    this.#forgetMembers();
  }

  /** Who is in which group shows in identities too. */
  forgetGroupMembers(): void {
    this.groupMembers.forget();
    this.#forgetIdentities();
  }

  /** The members of a role go with it. */
  forgetRole(name: string): void {
    this.roles.forget();
    this.forgetRoleMembers(name);
  }

  /** Members are not part of their role. */
  forgetRoleMembers(roleName: string): void {
    this.#roleMembers.get(lowerCase(roleName))?.forget();
  }

  /** Nothing else tells of tokens. */
  forgetTokens(): void {
    this.accessTokens.forget();
    this.tokensOfUser.forget();
  }

  #forgetIdentities(): void {
    this.found.forget();
    this.expanded.forget();
  }

  #forgetMembers(): void {
    for (const members of this.#roleMembers.values()) members.forget();
  }

  #collection<T>(
    reads: Omit<CollectionReads<T>, "demand"> & Partial<Pick<CollectionReads<T>, "demand">>,
  ): SharedCollection<T> {
    return new SharedCollection({ demand: new ListDemand(this.#sharing), ...reads }, this.#sharing);
  }
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

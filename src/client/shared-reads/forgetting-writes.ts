import type { Cluster } from "../cluster.ts";
import type { SharedReads } from "./shared-reads.ts";

/*
 * The parts of a cluster, with writes that make stale what they touch. Each is made when it is asked for: an operation has a
 * cluster of its own, and uses one part or two.
 */

/** Local users, whose writes make stale what was read of them, and what shows them: members and tokens. */
export function localUsersForgetting({ localUsers }: Cluster, reads: SharedReads): Cluster["localUsers"] {
  const forget = (): void => {
    reads.forgetUser();
  };
  return {
    ...localUsers,
    create: async (settings) =>
      after(localUsers.create(settings), () => {
        reads.forgetNewUser();
      }),
    update: async (...change) => after(localUsers.update(...change), forget),
    delete: async (id) => after(localUsers.delete(id), forget),
  };
}

/** Local groups, whose writes make stale what was read of them or of their members. */
export function localGroupsForgetting({ localGroups }: Cluster, reads: SharedReads): Cluster["localGroups"] {
  const forget = (): void => {
    reads.forgetGroup();
  };
  const forgetMembers = (): void => {
    reads.forgetGroupMembers();
  };
  return {
    ...localGroups,
    create: async (settings) => after(localGroups.create(settings), forget),
    update: async (...change) => after(localGroups.update(...change), forget),
    delete: async (id) => after(localGroups.delete(id), forget),
    addMember: async (...member) => after(localGroups.addMember(...member), forgetMembers),
    removeMember: async (...member) => after(localGroups.removeMember(...member), forgetMembers),
  };
}

/** Roles, whose writes make stale what was read of them. */
export function rolesForgetting({ roles }: Cluster, reads: SharedReads): Cluster["roles"] {
  const forget = (name: string) => (): void => {
    reads.forgetRole(name);
  };
  return {
    ...roles,
    create: async (role) => after(roles.create(role), forget(role.name)),
    update: async (name, ...change) => after(roles.update(name, ...change), forget(name)),
    delete: async (name, etag) => after(roles.delete(name, etag), forget(name)),
  };
}

/** Members of roles, whose writes make stale what was read of those of the role. */
export function roleMembersForgetting({ roleMembers }: Cluster, reads: SharedReads): Cluster["roleMembers"] {
  const forget = (roleName: string) => (): void => {
    reads.forgetRoleMembers(roleName);
  };
  return {
    ...roleMembers,
    add: async (roleName, member) => after(roleMembers.add(roleName, member), forget(roleName)),
    remove: async (roleName, authId) => after(roleMembers.remove(roleName, authId), forget(roleName)),
  };
}

/** Access tokens, whose writes make stale what was read of all of them. */
export function accessTokensForgetting({ accessTokens }: Cluster, reads: SharedReads): Cluster["accessTokens"] {
  const forget = (): void => {
    reads.forgetTokens();
  };
  return {
    ...accessTokens,
    create: async (request) => after(accessTokens.create(request), forget),
    update: async (id, change) => after(accessTokens.update(id, change), forget),
    delete: async (id) => after(accessTokens.delete(id), forget),
  };
}

/** Forgets when the write is over, also one that failed: it may be done in part, or its answer alone was lost. */
async function after<T>(written: Promise<T>, forget: () => void): Promise<T> {
  try {
    return await written;
  } finally {
    forget();
  }
}

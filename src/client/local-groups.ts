import * as v from "valibot";

import { compareIds, idText, maybePosixIdText, maybeText, nothing } from "./answer.ts";
import { type LocalUser, localUserAnswer, localUsersAnswer } from "./local-users.ts";
import { findNamed } from "./find-named.ts";
import type { RestClient } from "./rest-client.ts";
import { pathSegment } from "./path-segment.ts";

/** A local group. */
export interface LocalGroup {
  /** Decimal digits; also the auth_id of the identity. */
  readonly id: string;
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** Windows security id; `undefined` when the cluster sent none. */
  readonly sid: string | undefined;
  /** The NFS gid as text; `undefined` when there is none. */
  readonly gid: string | undefined;
}

/** A local group with the mark that says whether it has changed since. */
export interface VersionedLocalGroup extends LocalGroup {
  /** `undefined` when the cluster sent none. */
  readonly etag: string | undefined;
}

/** Everything that can be set of a local group. */
export interface LocalGroupSettings {
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** The NFS gid as text; `undefined` for none. */
  readonly gid: string | undefined;
}

/** The local groups of a cluster, and the local users in them. */
export interface LocalGroups {
  /**
   * @throws {ClusterError} with status 409 when a user or group has the name already, or a group the gid;
   * `outcome-unknown` when the answer was lost
   */
  create(settings: LocalGroupSettings): Promise<LocalGroup>;
  /** The group with this id, with its version; `undefined` when there is none. */
  find(id: string): Promise<VersionedLocalGroup | undefined>;
  /** All local groups, in ascending order of their ids. */
  list(): Promise<readonly LocalGroup[]>;
  /** Looks through all local groups, since the API has no search. Case does not count. */
  findByName(name: string): Promise<LocalGroup | undefined>;
  /**
   * Replaces everything but the id.
   *
   * @throws {ClusterError} with status 412 when the group is no longer the one of `etag`
   */
  update(id: string, settings: LocalGroupSettings, etag: string | undefined): Promise<LocalGroup>;
  /**
   * @returns false when there was no such group
   * @throws {ClusterError} with status 400 when the group is built in, or the primary group of a user
   */
  delete(id: string): Promise<boolean>;
  /**
   * All members, those whose primary group it is included, in ascending order of their ids.
   *
   * @returns `undefined` when there is no such group
   */
  listMembers(id: string): Promise<readonly LocalUser[] | undefined>;
  /**
   * @throws {ClusterError} with status 400 when there is no such user, 404 when there is no such group, 409 when the
   * user is a member already; `outcome-unknown` when the answer was lost
   */
  addMember(id: string, userId: string): Promise<LocalUser>;
  /**
   * @returns false when there was no such member
   * @throws {ClusterError} with status 400 when it is the primary group of the user
   */
  removeMember(id: string, userId: string): Promise<boolean>;
}

const localGroupAnswer = v.pipe(
  v.object({
    id: idText,
    name: v.string(),
    sid: maybeText,
    gid: maybePosixIdText,
  }),
  v.transform((wire): LocalGroup => ({
    id: wire.id,
    name: wire.name,
    sid: wire.sid,
    gid: wire.gid,
  })),
);

const listAnswer = v.array(localGroupAnswer);

/** Where local groups are. */
export const localGroupsPath = "/v1/groups/";

/** The local groups of the cluster behind this client. */
export function localGroupsOf(rest: RestClient): LocalGroups {
  const list = async (): Promise<readonly LocalGroup[]> => {
    const { value } = await rest.call({ method: "GET", path: localGroupsPath, answer: listAnswer });
    return value.toSorted((left, right) => compareIds(left.id, right.id));
  };
  return {
    list,
    async create(settings) {
      const body = encodeSettings(settings);
      return (await rest.call({ method: "POST", path: localGroupsPath, body, answer: localGroupAnswer })).value;
    },
    async find(id) {
      const answer = await rest.find({ method: "GET", path: pathOf(id), answer: localGroupAnswer });
      return answer === undefined ? undefined : { ...answer.value, etag: answer.etag };
    },
    async findByName(name) {
      return findNamed(await list(), name);
    },
    async update(id, settings, ifMatch) {
      const body = { id, ...encodeSettings(settings) };
      return (await rest.call({ method: "PUT", path: pathOf(id), body, ifMatch, answer: localGroupAnswer })).value;
    },
    async delete(id) {
      return (await rest.find({ method: "DELETE", path: pathOf(id), answer: nothing })) !== undefined;
    },
    ...membersOf(rest),
  };
}

function membersOf(rest: RestClient): Pick<LocalGroups, "listMembers" | "addMember" | "removeMember"> {
  return {
    async listMembers(id) {
      const answer = await rest.find({ method: "GET", path: localGroupMembersPath(id), answer: localUsersAnswer });
      return answer?.value.toSorted((left, right) => compareIds(left.id, right.id));
    },
    async addMember(id, userId) {
      const body = { member_id: userId };
      return (await rest.call({ method: "POST", path: localGroupMembersPath(id), body, answer: localUserAnswer }))
        .value;
    },
    async removeMember(id, userId) {
      const path = `${localGroupMembersPath(id)}${pathSegment(userId)}`;
      return (await rest.find({ method: "DELETE", path, answer: nothing })) !== undefined;
    },
  };
}

function pathOf(id: string): string {
  return `${localGroupsPath}${pathSegment(id)}`;
}

/** Where the members of one local group are. */
export function localGroupMembersPath(id: string): string {
  return `${pathOf(id)}/members/`;
}

function encodeSettings({ name, gid }: LocalGroupSettings): Readonly<Record<string, unknown>> {
  // Without the field an update would have to guess what becomes of the gid.
  return { name, gid: gid ?? "" };
}

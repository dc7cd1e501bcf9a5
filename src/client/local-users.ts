import * as v from "valibot";

import type { Secret } from "../vocabulary/secret.ts";
import { compareIds, idText, maybe, maybePosixIdText, maybeText, nothing } from "./answer.ts";
import { findNamed } from "./find-named.ts";
import type { RestClient } from "./rest-client.ts";
import { pathSegment } from "./path-segment.ts";

/** A local user. */
export interface LocalUser {
  /** Decimal digits; also the auth_id of the identity. */
  readonly id: string;
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** Id of a local group; `undefined` where there is none, as for users of other domains. */
  readonly primaryGroup: string | undefined;
  /** Windows security id; `undefined` when the cluster sent none. */
  readonly sid: string | undefined;
  /** The NFS uid as text; `undefined` when there is none. */
  readonly uid: string | undefined;
  /** An absolute path; `undefined` when there is none. */
  readonly homeDirectory: string | undefined;
  /** Whether the user may set its own password. */
  readonly canChangePassword: boolean;
}

/** A local user with the mark that says whether it has changed since. */
export interface VersionedLocalUser extends LocalUser {
  /** `undefined` when the cluster sent none. */
  readonly etag: string | undefined;
}

/** Everything that can be set of a local user. */
export interface LocalUserSettings {
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** Id of a local group; `"0"` is the group `Users`. */
  readonly primaryGroup: string;
  /** The NFS uid as text; `undefined` for none. */
  readonly uid: string | undefined;
  /** An absolute path; `undefined` for none. */
  readonly homeDirectory: string | undefined;
  /** Without it, an update keeps the present one. */
  readonly password: Secret | undefined;
}

/** The local users of a cluster. */
export interface LocalUsers {
  /**
   * @throws {ClusterError} with status 409 when a user or group has the name already, 400 when the password is weak or
   * the primary group unknown; `outcome-unknown` when the answer was lost
   */
  create(settings: LocalUserSettings): Promise<LocalUser>;
  /** The user with this id, with its version; `undefined` when there is none. */
  find(id: string): Promise<VersionedLocalUser | undefined>;
  /** All local users, in ascending order of their ids. */
  list(): Promise<readonly LocalUser[]>;
  /** Looks through all local users, since the API has no search. Case does not count. */
  findByName(name: string): Promise<LocalUser | undefined>;
  /**
   * Replaces everything but the id.
   *
   * @throws {ClusterError} with status 412 when the user is no longer the one of `etag`
   */
  update(id: string, settings: LocalUserSettings, etag: string | undefined): Promise<LocalUser>;
  /**
   * Replaces the password.
   *
   * @throws {ClusterError} with status 400 when the password is weak
   */
  setPassword(id: string, password: Secret): Promise<void>;
  /** @returns false when there was no such user */
  delete(id: string): Promise<boolean>;
}

/** The fields of a user in an answer. */
export const localUserFields = {
  id: idText,
  name: v.string(),
  primary_group: maybeText,
  sid: maybeText,
  uid: maybePosixIdText,
  home_directory: maybeText,
  can_change_password: maybe(v.boolean()),
};

/** Reads the fields of {@link localUserFields}. */
export function decodeLocalUser(wire: v.InferOutput<v.ObjectSchema<typeof localUserFields, undefined>>): LocalUser {
  return {
    id: wire.id,
    name: wire.name,
    primaryGroup: wire.primary_group,
    sid: wire.sid,
    uid: wire.uid,
    homeDirectory: wire.home_directory,
    canChangePassword: wire.can_change_password ?? true,
  };
}

/** The wire form of a local user in an answer. */
export const localUserAnswer = v.pipe(v.object(localUserFields), v.transform(decodeLocalUser));

const users = v.array(localUserAnswer);

/** A list of users is a bare array; some old clusters wrap it. */
export const localUsersAnswer = v.union([
  users,
  v.pipe(
    v.object({ users }),
    v.transform((wrapped) => wrapped.users),
  ),
  v.pipe(
    v.object({ entries: users }),
    v.transform((wrapped) => wrapped.entries),
  ),
]);

/** Where local users are. */
export const localUsersPath = "/v1/users/";

/** The local users of the cluster behind this client. */
export function localUsersOf(rest: RestClient): LocalUsers {
  return {
    async create(settings) {
      const body = encodeSettings(settings);
      return (await rest.call({ method: "POST", path: localUsersPath, body, answer: localUserAnswer })).value;
    },
    async find(id) {
      const answer = await rest.find({ method: "GET", path: pathOf(id), answer: localUserAnswer });
      return answer === undefined ? undefined : { ...answer.value, etag: answer.etag };
    },
    async list() {
      const { value } = await rest.call({ method: "GET", path: localUsersPath, answer: localUsersAnswer });
      return value.toSorted((left, right) => compareIds(left.id, right.id));
    },
    async findByName(name) {
      const { value } = await rest.call({ method: "GET", path: localUsersPath, answer: localUsersAnswer });
      return findNamed(value, name);
    },
    async update(id, settings, etag) {
      const body = { id, ...encodeSettings(settings) };
      return (await rest.call({ method: "PUT", path: pathOf(id), body, ifMatch: etag, answer: localUserAnswer })).value;
    },
    async setPassword(id, password) {
      const body = { new_password: password };
      await rest.call({
        method: "POST",
        path: `${pathOf(id)}/setpassword`,
        body,
        mayRepeat: true,
        answer: nothing,
      });
    },
    async delete(id) {
      return (await rest.find({ method: "DELETE", path: pathOf(id), answer: nothing })) !== undefined;
    },
  };
}

function pathOf(id: string): string {
  return `${localUsersPath}${pathSegment(id)}`;
}

function encodeSettings(settings: LocalUserSettings): Readonly<Record<string, unknown>> {
  const { name, primaryGroup, uid, homeDirectory, password } = settings;
  return {
    name,
    primary_group: primaryGroup,
    uid: uid ?? "",
    home_directory: homeDirectory ?? null,
    // An update without the field keeps the password.
    password,
  };
}

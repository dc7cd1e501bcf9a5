import * as v from "valibot";

import type { IdentityReference } from "../vocabulary/identity-text.ts";
import { recordOf } from "../vocabulary/record-schema.ts";
import { compareIds, nothing } from "./answer.ts";
import { encodeIdentity, type Identity, identityAnswer } from "./identities.ts";
import { largestPage, pagingAnswer, readPages } from "./paging.ts";
import type { RestClient } from "./rest-client.ts";
import { pathSegment } from "./path-segment.ts";
import { rolePath } from "./roles.ts";

/** Who is in which role. */
export interface RoleMembers {
  /**
   * @returns the member as the cluster knows it
   * @throws {ClusterError} with status 400 when the identity does not resolve, 404 when there is no such role, 409 when
   * it is a member already; `outcome-unknown` when the answer was lost
   */
  add(roleName: string, member: IdentityReference): Promise<Identity>;
  /** @returns `undefined` when there is no such role or no such member */
  find(roleName: string, authId: string): Promise<Identity | undefined>;
  /**
   * All members of a role, in ascending order of their auth_ids.
   *
   * @throws {ClusterError} with status 404 when there is no such role
   */
  list(roleName: string): Promise<readonly Identity[]>;
  /** @returns false when there was no such member */
  remove(roleName: string, authId: string): Promise<boolean>;
}

const pageAnswer = v.pipe(
  v.object({ members: recordOf(identityAnswer), paging: pagingAnswer }),
  v.transform(({ members, paging }) => ({ entries: Object.values(members), paging })),
);

/** The memberships of the cluster behind this client. */
export function roleMembersOf(rest: RestClient): RoleMembers {
  return {
    async add(roleName, member) {
      const path = roleMembersPath(roleName);
      return (await rest.call({ method: "POST", path, body: encodeIdentity(member), answer: identityAnswer })).value;
    },
    async find(roleName, authId) {
      const path = memberPath(roleName, authId);
      return (await rest.find({ method: "GET", path, answer: identityAnswer }))?.value;
    },
    async list(roleName) {
      const members = await readPages(rest, `${roleMembersPath(roleName)}?${largestPage}`, pageAnswer);
      return members.toSorted((left, right) => compareIds(left.authId, right.authId));
    },
    async remove(roleName, authId) {
      const path = memberPath(roleName, authId);
      return (await rest.find({ method: "DELETE", path, answer: nothing })) !== undefined;
    },
  };
}

/** Where the members of one role are. */
export function roleMembersPath(roleName: string): string {
  return `${rolePath(roleName)}/members`;
}

function memberPath(roleName: string, authId: string): string {
  return `${roleMembersPath(roleName)}/${pathSegment(authId)}`;
}

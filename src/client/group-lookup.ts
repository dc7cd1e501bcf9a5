import * as v from "valibot";

import { compareIds, idText, maybe, maybeText } from "./answer.ts";
import { type LocalUser, localUsersAnswer } from "./local-users.ts";
import type { RestClient } from "./rest-client.ts";

/** A local group as it is read. */
export interface FoundGroup {
  /** Decimal digits; also the auth_id of the identity. */
  readonly id: string;
  readonly name: string;
  readonly sid: string | undefined;
  /** The NFS gid as text; `undefined` when there is none. */
  readonly gid: string | undefined;
}

/** Looks local groups and their members up. */
export interface GroupLookup {
  find(id: string): Promise<FoundGroup | undefined>;
  /** Looks through all local groups, since the API has no search. Case does not count. */
  findByName(name: string): Promise<FoundGroup | undefined>;
  /** All members, those whose primary group it is included, in ascending order of their ids. */
  listMembers(id: string): Promise<readonly LocalUser[]>;
}

const groupAnswer = v.pipe(
  v.object({
    id: idText,
    name: v.string(),
    sid: maybeText,
    gid: maybe(v.union([v.string(), v.number()])),
  }),
  v.transform((wire): FoundGroup => ({
    id: wire.id,
    name: wire.name,
    sid: wire.sid,
    gid: wire.gid === undefined || wire.gid === "" ? undefined : String(wire.gid),
  })),
);

const collection = "/v1/groups/";

/** The local groups of the cluster behind this client. */
export function groupLookupOf(rest: RestClient): GroupLookup {
  const pathOf = (id: string): string => `${collection}${encodeURIComponent(id)}`;
  return {
    async find(id) {
      return (await rest.find({ method: "GET", path: pathOf(id), answer: groupAnswer }))?.value;
    },
    async findByName(name) {
      const { value } = await rest.call({ method: "GET", path: collection, answer: v.array(groupAnswer) });
      const wanted = name.toLowerCase();
      return value.find((group) => group.name === name) ?? value.find((group) => group.name.toLowerCase() === wanted);
    },
    async listMembers(id) {
      const path = `${pathOf(id)}/members/`;
      const { value } = await rest.call({ method: "GET", path, answer: localUsersAnswer });
      return value.toSorted((left, right) => compareIds(left.id, right.id));
    },
  };
}

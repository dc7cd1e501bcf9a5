import * as v from "valibot";

import { type IdentityDomain, identityDomains } from "../vocabulary/identity-domains.ts";
import type { IdentityReference } from "../vocabulary/identity-text.ts";
import { compareIds, idText, maybe, maybeText, posixId } from "./answer.ts";
import { isAnswer } from "./cluster-error.ts";
import type { RestClient, RestRequest } from "./rest-client.ts";

/** An identity as the cluster answers it. */
export interface Identity {
  /** The world that it comes from; `undefined` when it is of none that is known here. */
  readonly domain: IdentityDomain | undefined;
  /** The cluster's own id, decimal digits. */
  readonly authId: string;
  /** POSIX user id; `undefined` when there is none. */
  readonly uid: number | undefined;
  /** POSIX group id; `undefined` when there is none. */
  readonly gid: number | undefined;
  /** Windows security id; `undefined` when there is none. */
  readonly sid: string | undefined;
  /** `undefined` when it no longer resolves: a deleted user. */
  readonly name: string | undefined;
}

/** What {@link Identities.expand} tells. */
export interface ExpandedIdentity {
  /** The identity itself, in full. */
  readonly identity: Identity;
  /** What it is; `UNKNOWN` when it no longer resolves. */
  readonly type: "USER" | "GROUP" | "UNKNOWN";
  /** The identities that are the same one in other domains, in ascending order of their auth_ids. */
  readonly equivalents: readonly Identity[];
  /** The groups that it belongs to, in ascending order of their auth_ids. */
  readonly groups: readonly Identity[];
}

/** Look-ups of users and groups of all domains. */
export interface Identities {
  /** @throws {ClusterError} with status 400 when nothing of that kind exists, or the fields contradict each other */
  get(reference: IdentityReference): Promise<Identity>;
  /** Like {@link get}, and says whether it is a user or a group. */
  expand(reference: IdentityReference): Promise<ExpandedIdentity>;
}

/** The wire form of an identity in an answer. */
export const identityAnswer = v.pipe(
  v.object({
    domain: maybe(v.string()),
    auth_id: idText,
    uid: maybe(posixId),
    gid: maybe(posixId),
    sid: maybeText,
    name: maybeText,
  }),
  v.transform((wire): Identity => ({
    domain: identityDomains.find((domain) => domain === wire.domain),
    authId: wire.auth_id,
    uid: wire.uid,
    gid: wire.gid,
    sid: wire.sid,
    name: wire.name,
  })),
);

/** Writes an identity for a request: only the fields that are there. */
export function encodeIdentity(reference: IdentityReference): Readonly<Record<string, unknown>> {
  const { domain, authId, uid, gid, sid, name } = reference;
  return { domain, auth_id: authId, uid, gid, sid, name };
}

const expandedAnswer = v.pipe(
  v.object({
    id: identityAnswer,
    type: maybe(v.string()),
    equivalent_ids: maybe(v.array(identityAnswer)),
    group_ids: maybe(v.array(identityAnswer)),
  }),
  v.transform(({ id, type, equivalent_ids: equivalents = [], group_ids: groups = [] }): ExpandedIdentity => ({
    identity: id,
    type: type === "USER" || type === "GROUP" ? type : "UNKNOWN",
    equivalents: sorted(equivalents),
    groups: sorted(groups),
  })),
);

function sorted(identities: readonly Identity[]): readonly Identity[] {
  return identities.toSorted((left, right) => compareIds(left.authId, right.authId));
}

/** Look-ups of identities through this client. */
export function identitiesOf(rest: RestClient): Identities {
  return {
    async get(reference) {
      return lookUp(rest, { verb: "find", body: encodeIdentity(reference), answer: identityAnswer });
    },
    async expand(reference) {
      return lookUp(rest, { verb: "expand", body: { id: encodeIdentity(reference) }, answer: expandedAnswer });
    },
  };
}

interface LookUp<T> extends Pick<RestRequest<T>, "body" | "answer"> {
  readonly verb: "find" | "expand";
}

async function lookUp<T>(rest: RestClient, { verb, body, answer }: LookUp<T>): Promise<T> {
  const request = { method: "POST", body, mayRepeat: true, answer } as const;
  try {
    return (await rest.call({ ...request, path: `/v1/identity/${verb}` })).value;
  } catch (error) {
    // Clusters before 6.2.1 have these calls in their old place only.
    if (!isAnswer(error, 404)) throw error;
    return (await rest.call({ ...request, path: `/v1/auth/identity/${verb}` })).value;
  }
}

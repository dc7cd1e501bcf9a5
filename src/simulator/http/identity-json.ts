import * as v from "valibot";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import type { Identity, IdentityQuery } from "../rules/identities/identities.ts";
import type { RefusalName } from "../rules/api-error.ts";
import { text } from "./json-body.ts";

const posixId = v.pipe(
  v.number(),
  v.check((value) => Number.isInteger(value) && value >= 0 && value <= 4_294_967_295, "a number from 0 to 4294967295"),
);

/**
 * An identity in a body. `null`, empty text and absence are the same.
 *
 * @see Qumulo SDK 7.10.2.1, ApiIdentity
 */
export const identitySchema = v.pipe(
  v.object({
    domain: v.nullish(v.picklist(identityDomains)),
    auth_id: v.nullish(text),
    uid: v.nullish(posixId),
    gid: v.nullish(posixId),
    sid: v.nullish(text),
    name: v.nullish(text),
  }),
  v.transform(({ domain, auth_id, uid, gid, sid, name }): IdentityQuery => ({
    domain: domain ?? undefined,
    authId: textOrNothing(auth_id),
    uid: uid ?? undefined,
    gid: gid ?? undefined,
    sid: textOrNothing(sid),
    name: textOrNothing(name),
  })),
);

/** How an identity is refused that stands for nobody. */
export const unresolved = [
  "unknownLocalIdentity",
  "unknownDirectoryIdentity",
  "unreachableDirectory",
  "invalidSid",
  "contradictoryIdentity",
] as const satisfies readonly RefusalName[];

function textOrNothing(value: string | null | undefined): string | undefined {
  return value === null || value === "" ? undefined : value;
}

/**
 * An identity as the cluster answers it: all six fields.
 *
 * @see Qumulo docs, access tokens guide
 */
export function identityJson({ domain, authId, uid, gid, sid, name }: Identity): object {
  return { domain, auth_id: authId, uid, gid, sid, name };
}

import * as v from "valibot";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import type { Identity, IdentityQuery } from "../rules/identities/identities.ts";
import type { RefusalName } from "../rules/api-error.ts";
import { text } from "./json-body.ts";

const largestPosixId = 4_294_967_295;

const posixId = v.pipe(
  v.number(),
  v.check(
    (value) => Number.isInteger(value) && value >= 0 && value <= largestPosixId,
    `a number from 0 to ${largestPosixId}`,
  ),
);

/** A uid or gid as text of digits; `undefined` for any other text. */
export function parsePosixIdText(value: string): number | undefined {
  return /^\d{1,10}$/.test(value) && Number(value) <= largestPosixId ? Number(value) : undefined;
}

function identityWith<Id extends v.GenericSchema<unknown, number | undefined>>(id: Id) {
  return v.pipe(
    v.object({
      domain: v.nullish(v.picklist(identityDomains)),
      auth_id: v.nullish(text),
      uid: v.nullish(id),
      gid: v.nullish(id),
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
}

/**
 * An identity in a body. `null`, empty text and absence are the same.
 *
 * @see Qumulo SDK 7.10.2.1, ApiIdentity
 */
export const identitySchema = identityWith(posixId);

/**
 * An identity that is to become the member of a role: its uid and gid may be text as well, empty where there is none.
 *
 * @see Qumulo's Go provider for Terraform, which sends them so
 */
export const memberIdentitySchema = identityWith(
  v.union([
    posixId,
    v.pipe(
      text,
      v.check((value) => value === "" || parsePosixIdText(value) !== undefined, `a number from 0 to ${largestPosixId}`),
      v.transform(parsePosixIdText),
    ),
  ]),
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

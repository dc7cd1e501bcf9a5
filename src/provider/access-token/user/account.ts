import { unlessAnswered } from "../../../client/cluster-error.ts";
import type { Cluster } from "../../../client/cluster.ts";
import type { Identity } from "../../../client/identities.ts";
import { known, knownOrUndefined } from "../../../framework/attribute-value.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { CreateContext, ReadContext } from "../../../framework/resource.ts";
import type { IdentityReference } from "../../../vocabulary/identity-text.ts";
import { type Connection, reading } from "../../connection.ts";
import { canChangeMeaning, findMeaning, meaningPrivileges } from "../../identity/meaning.ts";
import { type IdentityModel, toIdentityModel } from "../../identity/model.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import { rolePrivileges } from "../../role/needed-privileges.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { refuseAdministrator } from "./allow-administrator.ts";
import { findTokenUser } from "./token-user.ts";
import { referenceOf } from "./user-text.ts";

type Read = ReadContext<AccessTokenSchema, Connection>;
type Create = CreateContext<AccessTokenSchema, Connection>;

/** The account that a user's name means now, where it is not the account of the token. */
export type AccountNow = IdentityModel | "nobody";

/** A token's user, as it is written and as it is. */
interface AccountOfToken {
  /** `null` right after an import. */
  readonly userText: string | null;
  /** The account of the token. */
  readonly owner: Identity;
}

/**
 * Finds the account that `user` means now, where it is not the account of the token.
 *
 * @returns `undefined` when nothing has changed, or the provider's own account may not look
 */
export async function findNewAccount(
  { client, signal, diagnostics }: Read,
  { userText, owner }: AccountOfToken,
): Promise<AccountNow | undefined> {
  const reference = userText === null ? undefined : referenceOf(userText);
  if (reference === undefined || !canChangeMeaning(reference)) return undefined;
  const cluster = client.reads.until(signal);
  const meaning = await findMeaning(cluster, reference);
  switch (meaning.kind) {
    case "somebody":
      return (await isSameAccount(cluster, meaning.identity, owner)) ? undefined : toIdentityModel(meaning.identity);
    case "hidden":
      if (client.memory.notices.isNews(unchecked.summary)) diagnostics.warning(unchecked);
      return undefined;
    case "made":
    case "nobody":
      return "nobody";
  }
}

/**
 * Whether both are the same to the cluster: one person may have accounts in several domains, which the cluster treats as one
 * identity.
 */
async function isSameAccount(cluster: Cluster, found: Identity, owner: Identity): Promise<boolean> {
  if (found.authId === owner.authId) return true;
  if (found.domain === "LOCAL" && owner.domain === "LOCAL") return false;
  return isEquivalent(cluster, { authId: found.authId, equivalentTo: owner.authId });
}

/**
 * Whether the user of a token was deleted. For other domains that cannot be known, because their directory may be unreachable.
 */
export function isUserGone({ domain, name }: Identity): boolean {
  return domain === "LOCAL" && name === undefined;
}

const unchecked = {
  summary: "Users of access tokens are not checked",
  detail: `An account can be deleted and created again under its old name, or be renamed. The provider's own account is not allowed to see whom a name means now, so such a change goes unnoticed: seeing it needs ${meaningPrivileges}. Grant one of them, or write user as "auth_id:…".`,
};

/** The account that a token is created for. */
export interface MetAccount {
  /** How requests name the account: by its auth_id if that is known. */
  readonly reference: IdentityReference;
  /** `undefined` where the provider's own account may not look. */
  readonly authId: string | undefined;
}

/**
 * Finds whom `user` means while applying, and makes sure that this is the account that was planned and judged. The token
 * is then asked for by the auth_id, so that it can be nobody else's.
 *
 * @throws {DiagnosticError} when it means somebody else than the plan said, nobody, or an administrator who was not judged
 */
export async function meetAccount(context: Create): Promise<MetAccount> {
  const { planned, client, signal } = context;
  const expected = knownOrUndefined(planned.identity);
  const reference = referenceOf(planned.user) ?? {};
  const authId = await findAuthId(context, reference);
  if (authId === undefined) {
    const planAuthId = expected?.auth_id ?? undefined;
    return planAuthId === undefined
      ? { reference, authId: undefined }
      : { reference: { authId: planAuthId }, authId: planAuthId };
  }
  if (typeof expected?.auth_id === "string" && expected.auth_id !== authId) {
    const found = { authId, equivalentTo: expected.auth_id };
    const cluster = client.reads.until(signal);
    if (!(await isEquivalent(cluster, found))) throw otherAccount(planned.user, expected.auth_id, authId);
    return { reference: { authId: expected.auth_id }, authId: expected.auth_id };
  }
  await judge(context, authId);
  return { reference: { authId }, authId };
}

async function isEquivalent(
  cluster: Cluster,
  { authId, equivalentTo }: { readonly authId: string; readonly equivalentTo: string },
): Promise<boolean> {
  const expanded = await unlessAnswered([400, 403, 404], async () => cluster.identities.expand({ authId }));
  return expanded?.equivalents.some((equivalent) => equivalent.authId === equivalentTo) ?? false;
}

async function findAuthId(context: Create, reference: IdentityReference): Promise<string | undefined> {
  const { planned, client, signal } = context;
  const created = client.memory.localUsers.findCreated(reference);
  if (created !== undefined) return created;
  if (reference.authId !== undefined) return reference.authId;
  const attempt = { summary: `Whom ${planned.user} means could not be looked up`, privilege: meaningPrivileges };
  const meaning = await withDiagnostics(attempt, async () => findMeaning(client.reads.until(signal), reference));
  if (meaning.kind === "somebody") return meaning.identity.authId;
  if (meaning.kind === "hidden") return undefined;
  throw nobody(planned.user);
}

/** Checks now whether the account is an administrator, if the plan could not, because it did not know the account yet. */
async function judge(context: Create, authId: string): Promise<void> {
  const { planned, client, signal, diagnostics } = context;
  if (planned.allow_administrator || client.memory.judgedUsers.has(authId)) return;
  const reach = reading(client, signal);
  const user = await findTokenUser(reach, { authId });
  const guard = { reach, diagnostics, userText: planned.user, allowed: known(false) };
  await withDiagnostics(
    { summary: "The rights of the user could not be read", privilege: rolePrivileges.read },
    async () => refuseAdministrator(guard, user),
  );
}

function nobody(userText: string): DiagnosticError {
  return new DiagnosticError({
    summary: "No such user",
    detail: `user is "${userText}", and the cluster has nobody with that name or id. No access token was made. Check the spelling and the domain, or create the user first and refer to it.`,
    attribute: ["user"],
  });
}

function otherAccount(userText: string, expected: string, authId: string): DiagnosticError {
  return new DiagnosticError({
    summary: "User is a different account than in the plan",
    detail: `${userText} was the account ${expected} when the plan was made, and is ${authId} now: it was deleted and created again, or renamed. No access token was made. Run a plan again: it shows what happens to the access token, and checks the account that it is for.`,
    attribute: ["user"],
  });
}

import { type Power, renderPrivileges } from "../../../access/access-path.ts";
import { administratorId, administratorWay } from "../../../access/administrators.ts";
import { escalatingOf } from "../../../access/risk.ts";
import { isAnswer } from "../../../client/cluster-error.ts";
import type { AttributeValue } from "../../../framework/attribute-value.ts";
import { DiagnosticError, type Diagnostics, type DiagnosticText } from "../../../framework/diagnostics.ts";
import { bool, defaulted } from "../../../framework/schema.ts";
import { listed } from "../../../vocabulary/listed.ts";
import type { Reach } from "../../connection.ts";
import { isSameIdentity, type NamedIdentity } from "../../identity/same-identity.ts";
import { findPower } from "../../rights/administrators.ts";
import type { TokenUser } from "./token-user.ts";

/** The attribute by which practitioners ask for the token of an administrator. */
export const allowAdministratorAttribute = defaulted(bool, {
  default: false,
  description:
    "Whether the user may be an administrator, or hold privileges that let their holder gain more, such as `PRIVILEGE_ROLE_WRITE`: by a role, directly or through groups. The default is false: a plan that creates, extends or enables a token for such a user is refused, since whoever gets hold of the token controls the cluster.",
});

/** A token that is to be made, extended or enabled. */
export interface TokenGuard {
  readonly reach: Reach;
  readonly diagnostics: Diagnostics;
  /** What the practitioner said with `allow_administrator`. */
  readonly allowed: AttributeValue<boolean>;
  /** As the practitioner wrote it; `undefined` while it is not known. */
  readonly userText: string | undefined;
}

/**
 * Refuses a token for an administrator or a holder of escalating privileges, unless `allow_administrator` asks for it.
 *
 * @throws {DiagnosticError} at `user`, with each path by which the user is one
 */
export async function refuseAdministrator(guard: TokenGuard, user: TokenUser): Promise<void> {
  const { allowed, userText: who = "the user", diagnostics } = guard;
  // What is decided during apply is judged then.
  if (allowed.kind === "unknown" || (allowed.kind === "known" && allowed.value)) return;
  const power = await findPowerOf(guard, user);
  if (power === undefined) {
    if (guard.reach.memory.notices.isNews(unseen.summary)) diagnostics.warning(unseen);
  } else if (power.paths.length > 0) {
    throw new DiagnosticError(refusal(who, power.paths));
  } else {
    if (power.possiblePaths.length > 0) diagnostics.warning(doubt(who, power.possiblePaths));
    const authId = authIdOf(user);
    if (authId !== undefined) guard.reach.memory.judgedUsers.add(authId);
  }
}

function authIdOf(user: TokenUser): string | undefined {
  switch (user.kind) {
    case "known":
      return user.expanded.identity.authId;
    case "created":
      return user.identity.authId;
    case "absent":
    case "hidden":
    case "undecided":
      return undefined;
  }
}

/** The power of a user; `undefined` when the provider's own account may not see it. */
async function findPowerOf(guard: TokenGuard, user: TokenUser): Promise<Power | undefined> {
  if (user.kind === "hidden") return findKnownPower(guard, user.reference);
  try {
    return await findPower(guard.reach, user);
  } catch (error) {
    if (!isAnswer(error, 403)) throw error;
    return user.kind === "known" ? findKnownPower(guard, user.expanded.identity) : undefined;
  }
}

/**
 * What can be known without the right to read roles: that the built-in user admin is an administrator, and the account's own
 * privileges, on clusters that report them.
 */
async function findKnownPower({ reach }: TokenGuard, reference: NamedIdentity): Promise<Power | undefined> {
  if (reference.authId === administratorId) return { paths: [administratorWay], possiblePaths: [] };
  const { id, name, sid, privileges } = await reach.cluster.sessions.whoAmI();
  const isOwn = isSameIdentity(reference, { authId: id, name, sid });
  if (!isOwn || privileges === undefined) return undefined;
  const escalating = escalatingOf(privileges);
  return { paths: escalating.length === 0 ? [] : [`its roles: ${renderPrivileges(escalating)}`], possiblePaths: [] };
}

function refusal(who: string, paths: readonly string[]): DiagnosticText {
  return {
    summary: "Access token for an administrator",
    detail: `${who} is an administrator, or holds privileges that let their holder gain more, by ${listed(paths, { separator: "; " })}. Whoever gets hold of the bearer token controls the cluster. Name another user, give this one a role with fewer privileges (and apply that first), or set allow_administrator = true if this is what you want.`,
    attribute: ["user"],
  };
}

function doubt(who: string, paths: readonly string[]): DiagnosticText {
  return {
    summary: "Access token may be for an administrator",
    detail: `This plan gives ${listed(paths, { separator: "; " })} to somebody who is known only during apply. If that is ${who}, the access token will be refused then, after what it depends on was made. Set allow_administrator = true if this is what you want.`,
    attribute: ["user"],
  };
}

const unseen = {
  summary: "Access tokens are not checked for administrators",
  detail:
    "The provider's own account is not allowed to see who holds which role: that needs PRIVILEGE_ROLE_READ and PRIVILEGE_IDENTITY_READ. So plans do not notice access tokens of administrators. Grant it both, or look at the roles of each user yourself.",
};

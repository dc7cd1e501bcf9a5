import { isAdministratorsRole } from "../../access/administrators.ts";
import { escalatingOf } from "../../access/risk.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import { effectivePrivileges, type Grant, type IdentityAccess, isAdministrator, renderPath } from "../access/access.ts";
import type { ResolvedAccess } from "../access/resolve.ts";
import { type Held, heldIn } from "../compare/held.ts";
import type { Reference } from "../compare/reference.ts";
import { SameIdentity } from "../compare/same-identity.ts";
import { coverOf } from "../compare/token-cover.ts";
import { knownOf } from "../plan/attributes.ts";
import { administratorKeyOf } from "../questions/routes.ts";
import { type Cause, type Draft, listed, type WholeRule } from "./rule.ts";

const todo =
  "Remove it from the plan, or have it reviewed: then change the reference, or accept the finding in the baseline with a reason.";

/** Access goes beyond what the audit is compared with. */
export const beyondReference: WholeRule = {
  kind: "whole",
  id: "beyond-reference",
  severity: "high",
  title: "Access goes beyond the reference",
  // What else is not known is told by others, whether or not the audit compares.
  needs: [],
  check: ({ comparison }) => {
    if (comparison === undefined) return [];
    const { reference, clusters } = comparison;
    return clusters.flatMap((access) => clusterDrafts(access, reference, clusters.length === 1));
  },
};

function clusterDrafts(access: ResolvedAccess, reference: Reference, isOnly: boolean): readonly Draft[] {
  const { cluster } = access;
  const counterpart = reference.find(access, isOnly);
  if (counterpart === undefined) return [{ ...notCompared(access, reference), cluster }];
  const same = new SameIdentity(access, counterpart, reference.kind === "template");
  const drafts = [...access.after.identities.values()].flatMap((identity) => {
    const held = heldIn(counterpart, same.find(identity.key));
    return identityDrafts({ identity, held, reference, isBuiltIn: identity.key === administratorKeyOf(access) });
  });
  const why = drafts.length === 0 ? [] : gapDrafts(counterpart, reference);
  return [...drafts, ...why, ...otherIdDrafts(same, reference)].map((draft) => ({
    ...draft,
    cluster,
  }));
}

/** One identity, and what it has in the reference. */
interface Comparison {
  readonly identity: IdentityAccess;
  readonly held: Held;
  readonly reference: Reference;
  /** Whether it is the built-in administrator, whom no role gives anything. */
  readonly isBuiltIn: boolean;
}

function identityDrafts(comparison: Comparison): readonly Draft[] {
  const { identity, held, isBuiltIn } = comparison;
  const isBeyond = !isBuiltIn && !held.isAdministrator;
  const grants =
    isBeyond && isAdministrator(identity) ? [administratorDraft(comparison)] : isBeyond ? grantDrafts(comparison) : [];
  return [...grants, ...tokenDrafts(comparison)];
}

function administratorDraft({ identity, reference }: Comparison): Draft {
  const grant = identity.grants.find(({ role }) => isAdministratorsRole(role.name));
  return {
    severity: "critical",
    what: `${identity.label} is an administrator, and is not one in ${reference.name}.`,
    got: grant === undefined ? identity.label : renderPath(identity, grant),
    todo,
    address: grant?.address ?? identity.address,
    identity: identity.label,
    subject: "administrator",
    cause: {
      key: "administrator",
      what: `Several identities are administrators, and are not in ${reference.name}.`,
    },
  };
}

/** One finding for each role, with the privileges that only this role gives. */
function grantDrafts(comparison: Comparison): readonly Draft[] {
  const { identity, held } = comparison;
  const beyond = new Map<string, string[]>();
  for (const { privilege, grant } of effectivePrivileges(identity).values()) {
    if (held.privileges.has(privilege) || isSameBuiltIn(grant, held)) continue;
    const known = beyond.get(grant.role.key) ?? [];
    beyond.set(grant.role.key, known);
    known.push(privilege);
  }
  const grants = new Map(identity.grants.toReversed().map((grant) => [grant.role.key, grant]));
  return [...grants.values()].flatMap((grant) => roleDraft(comparison, grant, beyond.get(grant.role.key) ?? []));
}

/** What comes with every cluster is the same on each, whatever of it the reference tells. */
function isSameBuiltIn({ role }: Grant, { roles }: Held): boolean {
  return isBuiltInRole(role.name) && roles.has(role.key);
}

function roleDraft(comparison: Comparison, grant: Grant, privileges: readonly string[]): readonly Draft[] {
  const { identity, held, reference } = comparison;
  const { role } = grant;
  const draft = {
    got: renderPath(identity, grant),
    todo,
    address: role.address ?? grant.address ?? identity.address,
    identity: identity.label,
    subject: `role ${role.key}`,
  };
  if (privileges.length > 0) {
    const isEscalating = escalatingOf(privileges).length > 0;
    const what = `${identity.label} holds ${listed(privileges)} through the role ${role.name}, and does not in ${reference.name}.`;
    const cause = causeOf(
      [role.key, ...privileges.toSorted()],
      comparison,
      `hold ${listed(privileges)} through the role ${role.name}`,
    );
    return [{ ...draft, what, cause, ...(isEscalating ? { severity: "critical" as const } : {}) }];
  }
  const known = held.roles.get(role.key);
  if (known === undefined) {
    const cause = causeOf([role.key], comparison, `have the role ${role.name}`);
    return [
      { ...draft, what: `${identity.label} has the role ${role.name}, and does not in ${reference.name}.`, cause },
    ];
  }
  // A role that the plan does not manage is what it was on the cluster.
  const isAsThere = role.address === undefined && reference.kind === "cluster";
  if (role.isComplete || isAsThere || isSameBuiltIn(grant, held)) return [];
  return [
    {
      ...draft,
      lacks: [],
      cause: {
        key: role.key,
        what: `Whether the role ${role.name} gives several identities more than in ${reference.name} is not known: not all of its privileges are.`,
      },
      what: `Whether the role ${role.name} gives ${identity.label} more than in ${reference.name} is not known: not all of its privileges are.`,
      todo: `Compare the privileges of ${role.name} by hand, or add a data source qumulo_role for it.`,
    },
  ];
}

/** Several members of one role go beyond the reference by the same. */
function causeOf(key: readonly string[], { reference }: Comparison, what: string): Cause {
  return { key: key.join(" "), what: `Several identities ${what}, and do not in ${reference.name}.` };
}

function tokenDrafts({ identity, held, reference }: Comparison): readonly Draft[] {
  return identity.tokens
    .filter(({ enabled }) => knownOf(enabled) !== false)
    .flatMap((token): readonly Draft[] => {
      const cover = coverOf(token, held.tokens);
      if (cover.kind === "covered") return [];
      const { place } = token;
      const isUnknown = cover.kind === "unknown";
      return [
        {
          ...(isUnknown ? { lacks: [] } : {}),
          what: isUnknown
            ? `Whether ${place} of ${identity.label} ends later than in ${reference.name} is not known.`
            : `${place} lets ${identity.label} in for longer than ${reference.name} does.`,
          got: cover.got,
          ...(isUnknown ? {} : { allowed: cover.allowed }),
          todo: isUnknown ? "Look up when it ends, and compare that by hand." : todo,
          address: token.object?.address,
          identity: identity.label,
          subject: `token ${place}`,
        },
      ];
    });
}

function notCompared({ keys, after }: ResolvedAccess, { name }: Reference): Draft {
  const which = keys.length === 0 ? "the cluster" : `the cluster of ${keys.join(", ")}`;
  return {
    lacks: [],
    what: `Nothing in ${name} is known to be ${which}, on which ${after.identities.size} identities have access: none of that was compared.`,
    todo: "Compare each cluster with a reference of its own, or with a plan or state of this configuration.",
    subject: `not compared ${keys.join()}`,
  };
}

/** The same numbers tell one cluster from another, and one account from another one of that name. */
function otherIdDrafts({ otherIds }: SameIdentity, { name }: Reference): readonly Draft[] {
  if (otherIds.length === 0) return [];
  const each = otherIds.map((one) => `${one.name} is auth_id ${one.id}, and ${one.referenceId} there`);
  return [
    {
      lacks: [],
      what: `Accounts have other ids than in ${name}, so they were compared by their names.`,
      got: listed(each),
      todo: "If the reference is another cluster, accept this in the baseline. Otherwise these are other accounts by now: review all that they have.",
      subject: "other ids",
    },
  ];
}

/**
 * Gaps of the reference. What could not be read only makes the reference smaller, so a gap may explain why access goes beyond
 * it.
 */
function gapDrafts({ after }: ResolvedAccess, { name }: Reference): readonly Draft[] {
  return after.gaps
    .filter(({ address }) => address === undefined)
    .map(({ what }) => ({
      lacks: [],
      what: `A part of ${name} is not known, and counted as if nobody had it: ${what}`,
      todo: "Complete the reference, so that what it allows is not reported as new.",
      subject: `reference ${what}`,
    }));
}

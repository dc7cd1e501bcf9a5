import type { Principal } from "../access/known-facts.ts";
import { knownOf, readObject, readText } from "../plan/attributes.ts";
import type { Plan } from "../plan/plan.ts";
import { type Draft, listed, type PlanRule, type PlanSubject } from "./rule.ts";

/** The plan was made with the rights of someone else than expected. */
export const otherPrincipal: PlanRule = {
  kind: "plan",
  id: "other-principal",
  severity: "medium",
  title: "The plan was made with another user's rights",
  check: ({ plan, principals, policy }) =>
    policy.principal === undefined
      ? comparedToCreators(plan, principals)
      : comparedToPolicy({ plan, principals }, policy.principal),
};

function comparedToPolicy(
  { plan, principals }: Pick<PlanSubject, "plan" | "principals">,
  expected: string,
): readonly Draft[] {
  const others = [...principals, ...configuredPrincipals(plan)].filter(({ name }) => !isSameName(name, expected));
  const drafts = others.map(({ address, name }) => ({
    severity: "high" as const,
    what: `The plan was made as ${name}: it shows what that user sees, and would be applied with those rights.`,
    got: name,
    allowed: expected,
    todo: `Plan again with the credentials of ${expected}.`,
    address,
    subject: name,
  }));
  if (principals.length > 0 || plan.kind === "state") return drafts;
  return [
    ...drafts,
    {
      what: `The policy asks for plans made as ${expected}, and this plan does not tell who made it.`,
      got: "no data source qumulo_who_am_i",
      allowed: expected,
      todo: "Add a data source qumulo_who_am_i to the configuration, so that each plan tells.",
      subject: "nobody",
    },
  ];
}

function configuredPrincipals({ configuration }: Plan): readonly Principal[] {
  return Object.entries(configuration.providers).flatMap(([key, { expressions }]) => {
    const name = expressions?.["username"]?.constant_value;
    return typeof name === "string" ? [{ address: `provider.${key}`, cluster: key, name }] : [];
  });
}

/** Without a policy, the tokens tell who has made them so far. */
function comparedToCreators({ objects }: Plan, principals: readonly Principal[]): readonly Draft[] {
  const known = new Map<string | undefined, Creators>();
  return principals.flatMap(({ address, cluster, name }) => {
    const creators = known.get(cluster) ?? creatorsOn(cluster, objects);
    known.set(cluster, creators);
    if (creators.names.size === 0 || creators.bare.has(bareName(name))) return [];
    return [
      {
        what: `The plan was made as ${name}, and all access tokens so far were made by ${listed(creators.names)}.`,
        got: name,
        todo: "Check that this user is meant to make plans here.",
        address,
        subject: name,
      },
    ];
  });
}

interface Creators {
  readonly names: ReadonlySet<string>;
  /** As they are compared. */
  readonly bare: ReadonlySet<string>;
}

function creatorsOn(cluster: string | undefined, objects: Plan["objects"]): Creators {
  const names = objects
    .filter((object) => object.type === "qumulo_access_token" && object.cluster === cluster)
    .flatMap(({ before }) => (before === undefined ? [] : [knownOf(readObject(before, "creator"))]))
    .map((creator) => (creator === undefined ? "" : (knownOf(readText(creator, "name")) ?? "")))
    .filter((name) => name !== "");
  return { names: new Set(names), bare: new Set(names.map(bareName)) };
}

function isSameName(left: string, right: string): boolean {
  return bareName(left) === bareName(right);
}

function bareName(name: string): string {
  return name.replace(/^local:/i, "").toLowerCase();
}

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
  needs: [],
  gravest: ({ principal }) => (principal === undefined ? "medium" : "high"),
  check: ({ plan, principals, policy }) =>
    policy.principal === undefined
      ? comparedToCreators(plan, principals)
      : comparedToPolicy({ plan, principals }, policy.principal),
};

function comparedToPolicy(
  { plan, principals }: Pick<PlanSubject, "plan" | "principals">,
  expected: string,
): readonly Draft[] {
  const told = [...principals, ...configuredPrincipals(plan)];
  const drafts = told.flatMap(({ address, name }) => {
    if (name === undefined || isSameName(name, expected)) return [];
    return [
      {
        severity: "high" as const,
        what: `The plan was made as ${name}: it shows what that user sees, and would be applied with those rights.`,
        got: name,
        allowed: expected,
        todo: `Plan again with the credentials of ${expected}.`,
        address,
        subject: name,
      },
    ];
  });
  if (plan.kind === "state") return drafts;
  return [...drafts, ...silentClusters(plan, principals).map((cluster) => unknownPrincipal(cluster, expected))];
}

/** The provider configurations for which nothing in the plan says which account plans there. */
function silentClusters({ configuration }: Plan, principals: readonly Principal[]): readonly (string | undefined)[] {
  const told = new Set(principals.filter(({ name }) => name !== undefined).map(({ cluster }) => cluster));
  // With one configuration, everything is on its cluster; without any, nothing tells clusters apart.
  const keys = Object.keys(configuration.providers);
  return (keys.length === 0 ? [undefined] : keys).filter((key) => !told.has(key) && !told.has(undefined));
}

function unknownPrincipal(cluster: string | undefined, expected: string): Draft {
  const where = cluster === undefined ? "" : ` with the provider configuration ${cluster}`;
  return {
    lacks: [],
    what: `The policy asks for plans made as ${expected}, and this plan does not tell who made it${where}.`,
    got: "no data source qumulo_who_am_i that was read while planning",
    allowed: expected,
    todo: "Add a data source qumulo_who_am_i to the configuration, so that each plan tells.",
    ...(cluster === undefined ? {} : { address: `provider.${cluster}` }),
    subject: "nobody",
  };
}

function configuredPrincipals({ configuration }: Plan): readonly Principal[] {
  return Object.entries(configuration.providers).flatMap(([key, { expressions }]) => {
    const name = expressions?.["username"]?.constant_value;
    return typeof name === "string" ? [{ address: `provider.${key}`, cluster: key, name }] : [];
  });
}

/** Without a policy, the creators of existing tokens say who has planned so far. */
function comparedToCreators({ objects }: Plan, principals: readonly Principal[]): readonly Draft[] {
  const known = new Map<string | undefined, Creators>();
  return principals.flatMap(({ address, cluster, name }) => {
    const creators = known.get(cluster) ?? creatorsOn(cluster, objects);
    known.set(cluster, creators);
    if (creators.names.size === 0) return [];
    if (name === undefined) return [unreadPrincipal(address)];
    return creators.bare.has(bareName(name)) ? [] : [strangerDraft({ address, name }, creators)];
  });
}

function unreadPrincipal(address: string): Draft {
  return {
    lacks: [],
    what: `Who makes the plan is read during apply, by ${address}, and not known before.`,
    got: "a value that is decided during apply",
    todo: "Let the data source depend on nothing that the plan changes, so that it is read while planning.",
    address,
  };
}

function strangerDraft(
  { address, name }: { readonly address: string; readonly name: string },
  { names }: Creators,
): Draft {
  return {
    what: `The plan was made as ${name}, and all access tokens so far were made by ${listed(names)}.`,
    got: name,
    todo: "Check that this user is meant to make plans here.",
    address,
    subject: name,
  };
}

interface Creators {
  readonly names: ReadonlySet<string>;
  /** The names in the form in which they are compared. */
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

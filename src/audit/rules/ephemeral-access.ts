import { administratorId } from "../../access/administrators.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { isAdministrator, type IdentityAccess } from "../access/access.ts";
import { allNeeds } from "../access/gap.ts";
import { idKey, keysOfText, localKey } from "../access/identity-keys.ts";
import { withPlanName } from "../plan/plan-name.ts";
import type { ShownConfiguredResource } from "../plan/shown-document.ts";
import { type Draft, type PlanRule, type PlanSubject } from "./rule.ts";

/** How long a short-lived access token lives where the configuration does not say. */
const usualLife = "15m";
const administratorKeys: ReadonlySet<string> = new Set([idKey(administratorId), localKey("admin"), "name:admin"]);

/** A run of the engine opens access of its own, which stays where the run is killed. */
export const ephemeralAccess: PlanRule = {
  kind: "plan",
  id: "ephemeral-access",
  severity: "low",
  title: "A run of the engine opens access of its own",
  needs: [],
  // It may be for an administrator.
  gravest: () => "critical",
  check: (subject) =>
    [...subject.plan.configuration.resources]
      .filter(([, { mode, type }]) => mode === "ephemeral" && type.startsWith("qumulo_"))
      .map(([address, resource]) => draftOf(address, resource, subject)),
};

function draftOf(address: string, resource: ShownConfiguredResource, subject: PlanSubject): Draft {
  switch (resource.type) {
    case "qumulo_access_token":
      return tokenDraft(address, resource, subject);
    case "qumulo_session":
      return {
        what: `${address} logs in while planning and again while applying, and logs out when the run is done.`,
        got: "a session",
        todo: "Check that the run needs it. Where the run is killed, the session stays until the cluster ends it.",
        address,
      };
    default:
      return {
        lacks: allNeeds,
        what: `${address} opens what the audit does not know, while planning and again while applying.`,
        got: resource.type,
        todo: "Review it by hand, or look for a newer version of this program.",
        address,
      };
  }
}

function tokenDraft(address: string, { expressions = {} }: ShownConfiguredResource, subject: PlanSubject): Draft {
  const user = userOf(address, expressions["user"]?.constant_value, subject);
  const asked = expressions["expires_in"];
  const life = asked === undefined ? usualLife : asked.constant_value;
  const ends = typeof life === "string" ? `after ${life}` : "when its expires_in is over, which the plan does not tell";
  return {
    ...(user.isKnown ? { identity: user.label } : { lacks: [] }),
    ...judged(user, life, subject.policy.maximum_lifetime),
    what: `${address} makes an access token for ${user.label} while planning and again while applying, and deletes it when the run is done. Where the run is killed, it ends by itself ${ends}.`,
    todo: "Check that the run needs it. A session (ephemeral qumulo_session) takes no slot of the user.",
    address,
  };
}

function judged(
  { isAdministrator: isGrave }: TokenUser,
  life: unknown,
  limit: string | undefined,
): Pick<Draft, "severity" | "got" | "allowed"> {
  if (isGrave) return { severity: "critical", got: "a token for an administrator" };
  if (limit === undefined || !exceeds(life, limit)) return { got: "an access token that is in no state" };
  return { severity: "high", got: String(life), allowed: `at most "${limit}"` };
}

interface TokenUser {
  readonly label: string;
  readonly isAdministrator: boolean;
  readonly isKnown: boolean;
}

/** Whom the token is for: told as a text, or by a reference to a user of the plan. */
function userOf(address: string, constant: unknown, { plan, clusters }: PlanSubject): TokenUser {
  const keys = typeof constant === "string" ? keysOfText(constant) : [];
  const sources = new Set(
    plan.configuration.sourcesOf(address, "user").map((source) => withPlanName(plan.name, source)),
  );
  const identities = clusters.flatMap(({ before, after }) => [
    ...after.identities.values(),
    ...before.identities.values(),
  ]);
  const found = identities.filter(
    ({ key, label, address: declared }) =>
      keys.includes(key) || keys.includes(label.toLowerCase()) || (declared !== undefined && sources.has(declared)),
  );
  const isBuiltIn = keys.some((key) => administratorKeys.has(key));
  return {
    label: typeof constant === "string" ? constant : labelOf(found),
    isAdministrator: isBuiltIn || found.some(isAdministrator),
    isKnown: keys.length > 0 || (sources.size === 1 && found.length > 0),
  };
}

function labelOf([first]: readonly IdentityAccess[]): string {
  return first === undefined ? "a user whom the plan does not name" : first.label;
}

function exceeds(life: unknown, limit: string): boolean {
  const ms = typeof life === "string" ? parseDuration(life) : undefined;
  return ms !== undefined && ms > (parseDuration(limit) ?? Number.POSITIVE_INFINITY);
}

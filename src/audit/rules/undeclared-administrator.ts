import { isPowerful } from "../../access/administrators.ts";
import { riskWords } from "../../access/risk.ts";
import { type Grant, type IdentityAccess, renderPath } from "../access/access.ts";
import { type AccessRule, type Draft, identitiesOf } from "./rule.ts";

/** Somebody has power over the cluster by a membership that is in no code. */
export const undeclaredAdministrator: AccessRule = {
  kind: "access",
  id: "undeclared-administrator",
  severity: "critical",
  title: "No code declares somebody who has power over the cluster",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    identitiesOf(subject).flatMap((access) =>
      access.grants
        .filter(({ role, isDeclared }) => !isDeclared && isPowerful(role))
        .map((grant) => draftOf(access, grant)),
    ),
};

function draftOf(access: IdentityAccess, grant: Grant): Draft {
  const { role } = grant;
  const can = role.key === "administrators" ? "can do everything on the cluster" : riskWords.escalation.can;
  const about = { identity: access.label, subject: `${role.key} ${grant.group ?? ""}` };
  if (access.isBuiltInAdministrator) {
    return {
      severity: "low",
      what: `${access.label} ${can}: it is the administrator whom every cluster has.`,
      got: "the built-in user admin",
      todo: "Keep its password where few can read it, and use it only where no other account will do.",
      ...about,
    };
  }
  return {
    what: `${access.label} ${can}, and this code does not declare that (${renderPath(access, grant)}).`,
    got: "a membership that was made outside the code",
    allowed: "a membership that the code declares",
    todo: "Find out who needs it. Declare it (cdktf-qumulo discover writes the code), or remove it on the cluster.",
    ...about,
    cause: {
      key: role.key,
      what: `Several identities ${can} by the role ${role.name}, and this code does not declare that.`,
    },
  };
}

import type { RoleView } from "../access/access.ts";
import type { Gap } from "../access/gap.ts";
import { isUnknownRole } from "../access/role-keys.ts";
import { type AccessRule, type Draft, identitiesOf } from "./rule.ts";

/** Something that several rules need is not known. */
export const unknownAccess: AccessRule = {
  kind: "access",
  id: "unknown-access",
  severity: "critical",
  title: "What access results is not known",
  needs: [],
  check: (subject) => [
    ...subject.side.gaps.map(gapDraft),
    ...identitiesOf(subject).flatMap(({ label, grants }) =>
      grants
        // What is not known of a role that the plan manages, or of which role it is, is told once at its place.
        .filter(({ role, group }) => group === undefined && isUnmanaged(role))
        .map(({ role, address }) => ({
          lacks: ["privileges" as const],
          what: `${label} has the role ${role.name}, and the plan does not tell all of its privileges.`,
          got: "a role that this configuration does not manage",
          todo: `Review the privileges of ${role.name}, or add a data source qumulo_role for it.`,
          address,
          identity: label,
          subject: role.key,
        })),
    ),
  ],
};

function isUnmanaged({ isComplete, address, key }: RoleView): boolean {
  return !isComplete && address === undefined && !isUnknownRole(key);
}

function gapDraft({ address, what, lacks, got, todo }: Gap): Draft {
  return {
    lacks,
    what,
    got: got ?? "a value that is decided during apply",
    todo: todo ?? "Review it by hand: look up what the expression can become.",
    address,
    subject: address === undefined ? what : [...lacks, got ?? ""].join(" "),
  };
}

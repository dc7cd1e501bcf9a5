import type { Gap } from "../access/access.ts";
import { type AccessRule, type Draft, identitiesOf } from "./rule.ts";

/** Who gets which access is not known. */
export const unknownAccess: AccessRule = {
  kind: "access",
  id: "unknown-access",
  severity: "medium",
  title: "What access results is not known",
  check: (subject) => [
    ...subject.side.gaps.map(gapDraft),
    ...identitiesOf(subject).flatMap(({ label, grants }) =>
      grants
        .filter(({ role, group }) => !role.isComplete && group === undefined)
        .map(({ role, address }) => ({
          what: `${label} has the role ${role.name}, and the plan does not tell all of its privileges.`,
          got:
            role.address === undefined
              ? "a role that this configuration does not manage"
              : "privileges that are decided during apply",
          todo: `Review the privileges of ${role.name}, or add a data source qumulo_role for it.`,
          address: address ?? role.address,
          identity: label,
          subject: role.key,
        })),
    ),
  ],
};

function gapDraft({ address, what, got, todo }: Gap): Draft {
  if (address === undefined) {
    return {
      what,
      got: "a cluster that was not read as a whole",
      todo: "Review by hand who else has access there, or let the audit read it.",
      subject: what,
    };
  }
  return {
    what,
    got: got ?? "a value that is decided during apply",
    todo: todo ?? "Review it by hand: look up what the expression can become.",
    address,
  };
}

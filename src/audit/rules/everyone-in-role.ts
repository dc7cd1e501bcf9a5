import { type AccessRule, identitiesOf } from "./rule.ts";

/** Everyone has a role. */
export const everyoneInRole: AccessRule = {
  kind: "access",
  id: "everyone-in-role",
  severity: "critical",
  title: "Everyone has a role",
  needs: ["roles", "members"],
  check: (subject) =>
    identitiesOf(subject)
      .filter(({ label }) => label.toLowerCase() === "world:everyone")
      .flatMap(({ label, grants }) =>
        grants.map(({ role, address }) => ({
          what: `Everyone who can log in has the role ${role.name}.`,
          got: label,
          allowed: "named users and groups",
          todo: "Name the users or groups who need the role.",
          address,
          identity: label,
          subject: role.key,
        })),
      ),
};

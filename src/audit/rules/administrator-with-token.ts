import { isAdministrator, renderPath } from "../access/access.ts";
import { type AccessRule, identitiesOf } from "./rule.ts";

/** An administrator has an access token. */
export const administratorWithToken: AccessRule = {
  kind: "access",
  id: "administrator-with-token",
  severity: "critical",
  title: "An administrator has an access token",
  needs: ["roles", "members", "token-users"],
  check: (subject) =>
    identitiesOf(subject)
      .filter(isAdministrator)
      .flatMap((access) => {
        const grant = access.grants.find(({ role }) => role.key === "administrators");
        const path = grant === undefined ? access.label : renderPath(access, grant);
        return access.tokens.map(({ place, object }) => ({
          what: `${place} lets whoever has its bearer token do everything on the cluster.`,
          got: path,
          allowed: "a service account with a role of its own",
          todo: "Make a local user with a role that holds only what the program needs, and give that user the token.",
          address: object?.address ?? grant?.address,
          identity: access.label,
          subject: place,
        }));
      }),
};

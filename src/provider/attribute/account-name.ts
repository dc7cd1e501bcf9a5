import type { Validator } from "../../framework/schema.ts";
import { userNameFault } from "../../vocabulary/user-name.ts";

/** Refuses names of local users or groups that the cluster refuses. Both share one set of names and rules. */
export function accountNameValidator(kind: "User" | "Group"): Validator<string> {
  return {
    check(name) {
      const fault = userNameFault(name);
      if (fault === undefined) return undefined;
      return { summary: `${kind} name is not allowed`, detail: `${fault} Choose another name.` };
    },
  };
}

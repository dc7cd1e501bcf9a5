import type { Validator } from "../../framework/schema.ts";
import { userNameFault } from "../../vocabulary/user-name.ts";

/** Refuses user names that the cluster refuses. */
export const userNameValidator: Validator<string> = {
  check(name) {
    const fault = userNameFault(name);
    if (fault === undefined) return undefined;
    return { summary: "User name is not allowed", detail: `${fault} Choose another name.` };
  },
};

import type { Validator } from "../../framework/schema.ts";
import { identityForms, parseIdentityText } from "../../vocabulary/identity-text.ts";

/** Refuses texts that name no identity. */
export const membersValidator: Validator<readonly string[]> = {
  check(members) {
    for (const text of members) {
      const parsed = parseIdentityText(text);
      if (parsed.kind === "identity") continue;
      return {
        summary: "Role member is invalid",
        detail: `members holds "${text}". ${parsed.reason} Give ${identityForms}.`,
      };
    }
    return undefined;
  },
};

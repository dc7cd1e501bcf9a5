import type { Validator } from "../../../framework/schema.ts";

/** Refuses what is not an id of an access token. Never repeats it: somebody may have taken a bearer token for an id. */
export const tokenIdValidator: Validator<string> = {
  check(id) {
    if (/^\d{1,40}$/.test(id)) return undefined;
    return {
      summary: "Id is not a number",
      detail:
        "id must be the decimal id of an access token; a bearer token is not an id. The data source qumulo_access_tokens or qq auth_list_access_tokens shows the ids.",
    };
  },
};

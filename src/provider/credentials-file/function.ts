import { FunctionError, type ProviderFunction } from "../../framework/resource.ts";

/** Writes the text of a credentials file for `qq`. */
export const credentialsFileFunction: ProviderFunction = {
  name: "credentials_file",
  summary: "Writes the text of a credentials file for qq",
  description:
    "Gives the text of a credentials file that Qumulo's `qq` command line reads with `--credentials-store`, and this provider with `credentials_file`, just as `qq login` would write it. The text is as secret as the bearer token: it is sensitive or ephemeral where the bearer token is. Keep the file readable by its owner only (mode 0600).",
  parameters: [
    {
      name: "bearer_token",
      type: { kind: "string" },
      description: "The bearer token of an access token or of a session.",
    },
  ],
  returns: { type: { kind: "string" } },
  async call([bearerToken]) {
    // What is wrong with it is told without repeating it.
    if (bearerToken?.kind !== "string" || bearerToken.value === "") throw new FunctionError("It is empty.", 0);
    if (!/^[\x21-\x7e]+$/.test(bearerToken.value)) {
      throw new FunctionError("It holds blanks, line breaks or other characters that are in no bearer token.", 0);
    }
    const text = `{"bearer_token": ${JSON.stringify(bearerToken.value)}, "version": 1}\n`;
    return Promise.resolve({ kind: "string", value: text });
  },
};

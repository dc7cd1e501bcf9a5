import { FunctionError, type ProviderFunction } from "../../framework/resource.ts";
import { bearerTokenFault } from "../../vocabulary/bearer-token.ts";
import { Secret } from "../../vocabulary/secret.ts";

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
    const text = bearerToken?.kind === "string" ? bearerToken.value : "";
    const fault = bearerTokenFault(text);
    if (fault !== undefined) throw new FunctionError(fault, 0);
    const { renderCredentialsFile } = await import("../../client/credentials-file.ts");
    return { kind: "string", value: renderCredentialsFile(new Secret(text)) };
  },
};

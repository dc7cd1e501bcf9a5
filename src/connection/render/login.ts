import { accessTokenPrefix } from "../../client/claimed-token-id.ts";
import type { ClusterFault, TokenOrigin } from "../fault.ts";
import type { Setting } from "../settings.ts";
import { describeFailure } from "./answer.ts";
import type { FaultText, Words } from "./words.ts";

type LoginFault = Extract<ClusterFault, { kind: "login-rejected" | "bearer-token-rejected" | "login-failed" }>;

/** Says why the cluster does not accept the credentials. */
export function loginText(fault: LoginFault, words: Words): FaultText {
  switch (fault.kind) {
    case "login-failed":
      return {
        summary: "Login to the cluster failed",
        detail: `${describeFailure(fault.error)} The cluster was reached, but the login failed. Log in another way, such as with qq login, to see why.`,
      };
    case "login-rejected":
      return rejectedLogin(fault, words);
    case "bearer-token-rejected":
      return {
        summary: "Bearer token was rejected",
        detail: `The cluster does not accept ${tokenName(fault.setting, words)}: it may have expired, or been disabled or deleted, or belong to another cluster.${originText(fault.origin)} Give a valid one, for example from qq auth_create_access_token.`,
      };
  }
}

/** The cluster does not say which of the two is wrong, so neither is blamed: both are named, with where they come from. */
function rejectedLogin(
  { username, password }: Extract<ClusterFault, { kind: "login-rejected" }>,
  words: Words,
): FaultText {
  const user = username.variable ?? words.name("username");
  const secret = password?.variable ?? words.name("password");
  const atFault = [password, username].find((setting) => setting !== undefined && setting.variable === undefined);
  // Such as what file("password.txt") ends with. The password itself is not shown.
  const blanks = /^\s|\s$/.test(password?.text ?? "")
    ? ` ${secret} begins or ends with a blank or a line break, which counts as part of the password.`
    : "";
  return {
    summary: "Login was rejected",
    detail: `The cluster does not accept this password for the user "${username.text}". Check ${user} and ${secret}.${blanks} Where single sign-on is required, use ${words.name("bearer_token")}.`,
    ...(atFault === undefined ? {} : { setting: atFault.name }),
  };
}

function tokenName(setting: Setting | undefined, words: Words): string {
  if (setting?.name === "bearer_token") return setting.variable ?? words.name("bearer_token");
  return "the stored bearer token";
}

function originText(origin: TokenOrigin): string {
  if (origin === "access-token") return "";
  if (origin === "other") {
    return ` It does not begin with "${accessTokenPrefix}", as the bearer tokens of access tokens do; that of a login session ends some hours after the login.`;
  }
  return ` It says that it belongs to access token ${origin.accessTokenId}: "qq auth_list_access_tokens", run by an account that can see that token, shows whether it has expired, or been disabled or deleted.`;
}

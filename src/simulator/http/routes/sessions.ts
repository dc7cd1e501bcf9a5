import * as v from "valibot";
import { Secret } from "../../../vocabulary/secret.ts";
import { retrieveSamlLogin, startSamlLogin } from "../../rules/access/saml.ts";
import { changeOwnPassword, login, whoAmI } from "../../rules/access/sessions.ts";
import { accountJson } from "../account-json.ts";
import { samlLoginShape, sessionShape, whoAmIShape } from "../answer-shapes.ts";
import { type Route, withBody } from "../api-request.ts";
import { text } from "../json-body.ts";

const loginSchema = v.object({ username: text, password: v.string() });

const changePasswordSchema = v.object({ old_password: v.string(), new_password: v.string() });

const retrieveSchema = v.object({ login_id: text, verification_code: text });

/** Logins, and what a caller asks about themselves. */
export const sessionRoutes: readonly Route[] = [
  withBody({
    method: "POST",
    path: "/v1/session/login",
    operation: "login",
    summary: "Open a session with a password",
    body: loginSchema,
    answer: sessionShape,
    refusals: ["invalidCredentials", "ssoRequired"],
    handle({ content: { username, password } }, context) {
      return { body: { bearer_token: login(context, username, new Secret(password)).reveal() } };
    },
  }),
  {
    method: "GET",
    path: "/v1/session/who-am-i",
    operation: "whoAmI",
    summary: "Tell callers who they are and what they may do",
    answer: whoAmIShape,
    handle({ caller }, context) {
      const { privileges, accessTokenId, ...account } = whoAmI(context, caller);
      return { body: { ...accountJson(account), privileges, access_token_id: accessTokenId } };
    },
  },
  {
    method: "GET",
    path: "/v1/session/roles",
    operation: "whoAmI",
    summary: "List the roles of the caller",
    answer: v.array(v.string()),
    handle: ({ caller }) => ({ body: caller.roles }),
  },
  withBody({
    method: "POST",
    path: "/v1/session/change-password",
    operation: "changeOwnPassword",
    summary: "Change the caller's own password",
    body: changePasswordSchema,
    refusals: ["invalidCredentials", "weakPassword", "unknownLocalIdentity"],
    handle({ caller, content }, context) {
      const passwords = { old: new Secret(content.old_password), new: new Secret(content.new_password) };
      changeOwnPassword(context, caller, passwords);
      return {};
    },
  }),
  {
    method: "POST",
    path: "/v1/session/start-saml-login",
    operation: "samlLogin",
    summary: "Begin a single sign-on",
    answer: samlLoginShape,
    refusals: ["samlNotConfigured"],
    handle(_request, context) {
      const { id, url } = startSamlLogin(context);
      return { body: { login_id: id, login_url: url } };
    },
  },
  withBody({
    method: "POST",
    path: "/v1/session/retrieve-saml-login",
    operation: "samlLogin",
    summary: "Fetch the bearer token of a single sign-on",
    body: retrieveSchema,
    answer: sessionShape,
    refusals: ["notFound", "authenticationRequired", "wrongVerificationCode"],
    handle({ content: { login_id, verification_code } }, context) {
      const bearerToken = retrieveSamlLogin(context, login_id, new Secret(verification_code));
      // Empty text tells the caller to try again later.
      return { body: { bearer_token: bearerToken?.reveal() ?? "" } };
    },
  }),
];

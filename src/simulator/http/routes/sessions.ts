import * as v from "valibot";
import { Secret } from "../../../vocabulary/secret.ts";
import { ApiError } from "../../rules/api-error.ts";
import { changeOwnPassword, login, whoAmI } from "../../rules/sessions.ts";
import { accountJson } from "../account-json.ts";
import { sessionShape, whoAmIShape } from "../answer-shapes.ts";
import { type Route, withBody } from "../api-request.ts";
import { text } from "../json-body.ts";

const loginSchema = v.object({ username: text, password: v.string() });

const changePasswordSchema = v.object({ old_password: v.string(), new_password: v.string() });

const retrieveSchema = v.object({ login_id: v.string(), verification_code: v.string() });

/** Logins, and what a caller asks about themselves. */
export const sessionRoutes: readonly Route[] = [
  withBody({
    method: "POST",
    path: "/v1/session/login",
    operation: "login",
    summary: "Open a session with a password",
    body: loginSchema,
    answer: sessionShape,
    refusals: ["invalidCredentials"],
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
      const { identity, user, privileges, accessTokenId } = whoAmI(context, caller);
      return { body: { ...accountJson(identity, user), privileges, access_token_id: accessTokenId } };
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
    refusals: ["samlNotConfigured"],
    handle() {
      throw new ApiError("samlNotConfigured");
    },
  },
  withBody({
    method: "POST",
    path: "/v1/session/retrieve-saml-login",
    operation: "samlLogin",
    summary: "Fetch the bearer token of a single sign-on",
    body: retrieveSchema,
    answer: sessionShape,
    refusals: ["notFound"],
    handle() {
      throw new ApiError("notFound", "There is no such login under way");
    },
  }),
];

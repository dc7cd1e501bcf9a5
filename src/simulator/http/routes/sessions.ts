import * as v from "valibot";
import { Secret } from "../../../vocabulary/secret.ts";
import { ApiError } from "../../rules/api-error.ts";
import { changeOwnPassword, login, whoAmI } from "../../rules/sessions.ts";
import { accountJson } from "../account-json.ts";
import type { Route } from "../api-request.ts";
import { text } from "../json-body.ts";

const loginSchema = v.object({ username: text, password: v.string() });

const changePasswordSchema = v.object({ old_password: v.string(), new_password: v.string() });

const retrieveSchema = v.object({ login_id: v.string(), verification_code: v.string() });

/** Logins, and what a caller asks about themselves. */
export const sessionRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/session/login",
    operation: "login",
    handle(request, context) {
      const { username, password } = request.body(loginSchema);
      return { body: { bearer_token: login(context, username, new Secret(password)).reveal() } };
    },
  },
  {
    method: "GET",
    path: "/v1/session/who-am-i",
    operation: "whoAmI",
    handle({ caller }, context) {
      const { identity, user, privileges, accessTokenId } = whoAmI(context, caller);
      const token = accessTokenId === undefined ? {} : { access_token_id: accessTokenId };
      return { body: { ...accountJson(identity, user), privileges, ...token } };
    },
  },
  {
    method: "GET",
    path: "/v1/session/roles",
    operation: "whoAmI",
    handle: ({ caller }) => ({ body: caller.roles }),
  },
  {
    method: "POST",
    path: "/v1/session/change-password",
    operation: "changeOwnPassword",
    handle(request, context) {
      const passwords = request.body(changePasswordSchema);
      changeOwnPassword(context, request.caller, {
        old: new Secret(passwords.old_password),
        new: new Secret(passwords.new_password),
      });
      return {};
    },
  },
  {
    method: "POST",
    path: "/v1/session/start-saml-login",
    operation: "samlLogin",
    handle() {
      throw new ApiError("samlNotConfigured");
    },
  },
  {
    method: "POST",
    path: "/v1/session/retrieve-saml-login",
    operation: "samlLogin",
    handle(request) {
      request.body(retrieveSchema);
      throw new ApiError("notFound", "There is no such login under way");
    },
  },
];

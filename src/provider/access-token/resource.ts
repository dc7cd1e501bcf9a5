import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { accessTokenIdentity, accessTokenSchema, type AccessTokenSchema } from "./schema.ts";

/** Manages one object of its kind. */
export const accessTokenResource: Resource<AccessTokenSchema, Connection> = {
  name: "access_token",
  schema: accessTokenSchema,
  identity: accessTokenIdentity,
  create() {
    return Promise.reject(new Error("not there yet"));
  },
  read() {
    return Promise.reject(new Error("not there yet"));
  },
  delete() {
    return Promise.reject(new Error("not there yet"));
  },
};

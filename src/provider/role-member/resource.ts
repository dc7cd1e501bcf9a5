import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { roleMemberIdentity, roleMemberSchema, type RoleMemberSchema } from "./schema.ts";

/** Manages one object of its kind. */
export const roleMemberResource: Resource<RoleMemberSchema, Connection> = {
  name: "role_member",
  schema: roleMemberSchema,
  identity: roleMemberIdentity,
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

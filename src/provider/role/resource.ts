import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { roleIdentity, roleSchema, type RoleSchema } from "./schema.ts";

/** Manages one object of its kind. */
export const roleResource: Resource<RoleSchema, Connection> = {
  name: "role",
  schema: roleSchema,
  identity: roleIdentity,
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

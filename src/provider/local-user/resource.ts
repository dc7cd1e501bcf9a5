import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { localUserIdentity, localUserSchema, type LocalUserSchema } from "./schema.ts";

/** Manages one object of its kind. */
export const localUserResource: Resource<LocalUserSchema, Connection> = {
  name: "local_user",
  schema: localUserSchema,
  identity: localUserIdentity,
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

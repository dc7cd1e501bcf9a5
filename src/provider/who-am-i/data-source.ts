import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { whoAmISchema, type WhoAmISchema } from "./schema.ts";

/** Tells who the provider is to the cluster. */
export const whoAmIDataSource: DataSource<WhoAmISchema, Connection> = {
  name: "who_am_i",
  schema: whoAmISchema,
  read() {
    return Promise.reject(new Error("not there yet"));
  },
};

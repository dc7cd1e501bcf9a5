import type { JsonObject } from "../../framework/json.ts";
import type { MoveContext, Resource } from "../../framework/resource.ts";
import type { Schema } from "../../framework/schema.ts";
import type { Connection } from "../connection.ts";

/** The vendor's own provider, in whichever registry. */
const vendorAddress = /\/qumulo\/qumulo$/i;

/**
 * Lets a `moved` block bring an object over from the same type of the vendor's provider, whose state is what
 * {@link Resource.upgrade} takes as version 0. Types that the vendor does not have are left as they are.
 */
export function withVendorMove(resource: Resource<Schema, Connection>): Resource<Schema, Connection> {
  const climb = resource.upgrade?.[0];
  if (climb === undefined) return resource;
  return {
    ...resource,
    async move({ sourceProviderAddress, sourceTypeName, sourceSchemaVersion, sourceState }: MoveContext) {
      const isVendors = vendorAddress.test(sourceProviderAddress) && sourceSchemaVersion === 0;
      if (!isVendors || sourceTypeName !== `qumulo_${resource.name}`) return Promise.resolve(undefined);
      const state: JsonObject = climb(sourceState);
      return Promise.resolve(state);
    },
  };
}

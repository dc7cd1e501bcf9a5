import type { Resource } from "../../framework/resource.ts";
import type { Schema } from "../../framework/schema.ts";
import type { Connection } from "../connection.ts";

/**
 * Lets the operations of a resource that write see the cluster as it is now: what they base a change on, and what they
 * look at after an answer was lost. Reads and plans go on sharing.
 */
export function writingDirectly(resource: Resource<Schema, Connection>): Resource<Schema, Connection> {
  return {
    ...resource,
    create: async (context) => resource.create({ ...context, client: directly(context.client) }),
    ...(resource.update === undefined ? {} : { update: updatingDirectly(resource.update.bind(resource)) }),
    delete: async (context) => resource.delete({ ...context, client: directly(context.client) }),
  };
}

/** The same connection, to a cluster that is asked anew each time. */
export function directly(connection: Connection): Connection {
  return { ...connection, cluster: connection.directCluster };
}

type Update = NonNullable<Resource<Schema, Connection>["update"]>;

function updatingDirectly(update: Update): Update {
  return async (context) => update({ ...context, client: directly(context.client) });
}

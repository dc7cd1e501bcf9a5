import type { UpdateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { join } from "./create.ts";
import { leave } from "./delete.ts";
import { keyOf, type LocalGroupMemberModel, toModel } from "./model.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/**
 * Moves a membership to another group or another member. The new membership is made before the old one is ended, so that after
 * a failure in between, the next run can start from there.
 */
export async function updateLocalGroupMember(
  context: UpdateContext<LocalGroupMemberSchema, Connection>,
): Promise<LocalGroupMemberModel> {
  const { planned, prior } = context;
  if (keyOf(planned) !== keyOf(prior)) {
    await join(context, planned);
    await leave(context, prior);
  }
  return toModel(planned);
}

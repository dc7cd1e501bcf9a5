import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError, type DiagnosticText } from "../../framework/diagnostics.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import { planText, setText } from "../attribute/absent-text.ts";
import type { Connection } from "../connection.ts";
import { builtInDeletion, builtInNameFault, isBuiltInAccount } from "../rights/built-in-accounts.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import type { LocalGroupModel } from "./model.ts";
import type { LocalGroupSchema } from "./schema.ts";

type LocalGroupPlan = PlanContext<LocalGroupSchema, Connection>;

/**
 * Refuses changes of built-in groups that the cluster would refuse, and records for later plans which group the name will mean.
 */
export async function planLocalGroup(context: LocalGroupPlan): Promise<PlanChanges<LocalGroupSchema>> {
  const gid = planText("gid", context);
  checkBuiltIn({ ...context, planned: { ...context.planned, gid } });
  const name = knownOrUndefined(context.planned.name);
  if (name !== undefined) context.client?.memory.plannedNames.plan(context.prior, name);
  return Promise.resolve({ planned: { gid } });
}

/** Refuses to delete a built-in group, and one that gives the provider its own rights. */
export async function planLocalGroupDestroy(context: PlanDestroyContext<LocalGroupSchema, Connection>): Promise<void> {
  const { id, name, allow_lock_out: isAllowed } = context.prior;
  if (isBuiltInAccount("group", id)) throw new DiagnosticError(builtInDeletion("group", name));
  context.client?.memory.plannedNames.delete(name);
  await refuseLockOut({ ...context, isAllowed }, { kind: "group-deleted", groupId: id ?? "", name });
}

/** Refuses what the cluster would: a name that is taken by a built-in group, and another name or gid of such a group. */
function checkBuiltIn({ prior, planned, diagnostics }: LocalGroupPlan): void {
  const name = knownOrUndefined(planned.name);
  const isRenamed = name !== undefined && name !== prior?.name;
  const fault =
    prior !== undefined && isBuiltInAccount("group", prior.id)
      ? changeOfBuiltIn(prior, isRenamed, planned.gid)
      : isRenamed && builtInNameFault(name);
  if (fault) diagnostics.error(fault);
}

function changeOfBuiltIn(
  prior: LocalGroupModel,
  isRenamed: boolean,
  gid: AttributeValue<string>,
): DiagnosticText | undefined {
  if (isRenamed) return builtInChange(prior, "name");
  return isGidChanged(gid, prior.gid) ? builtInChange(prior, "gid") : undefined;
}

function isGidChanged(planned: AttributeValue<string>, prior: string | null): boolean {
  return planned.kind !== "unknown" && setText(knownOrUndefined(planned)) !== setText(prior);
}

function builtInChange({ name, gid }: LocalGroupModel, attribute: string): DiagnosticText {
  return {
    summary: "Built-in group cannot be changed",
    detail: `${name} comes with the cluster and keeps its name and its gid, which is ${setText(gid) ?? "not set"}. Write the configuration that way, or use a group of your own.`,
    attribute: [attribute],
  };
}

import { reportFailure } from "./failure.ts";
import { decodeConfig } from "./model-codec.ts";
import { planObject, replacingPaths, withPlanned } from "./plan.ts";
import type { PlanAnswer, PlanRequest } from "./provider-server.ts";
import type { PlanChanges } from "./resource.ts";
import { operationContext, type ResourceCall } from "./resource-call.ts";
import { members, type Schema } from "./schema.ts";
import { decodePrior } from "./stored-state.ts";
import { checkReferences } from "./validate.ts";
import { nullValue, type Value } from "./value.ts";

/** Plans a create, an update or a destroy. */
export async function planChange<C>(call: ResourceCall<C>, request: PlanRequest): Promise<PlanAnswer> {
  try {
    return request.proposed.kind === "null" ? await planDestroy(call, request) : await planObjectChange(call, request);
  } catch (error) {
    reportFailure(call.diagnostics, error, `The change of ${call.typeName} could not be planned`);
    return answer(call, request, { planned: request.proposed, requiresReplace: [] });
  }
}

async function planDestroy<C>(call: ResourceCall<C>, request: PlanRequest): Promise<PlanAnswer> {
  if (request.prior.kind !== "null") {
    await call.resource.planDestroy?.({
      ...operationContext(call),
      prior: decodePrior(call.resource.schema, request.prior),
      client: call.session.findClient(),
    });
  }
  return answer(call, request, { planned: nullValue, requiresReplace: [] });
}

async function planObjectChange<C>(call: ResourceCall<C>, request: PlanRequest): Promise<PlanAnswer> {
  const { resource } = call;
  if (!checkReferences(resource.schema, request.config, call.diagnostics)) {
    return answer(call, request, { planned: request.proposed, requiresReplace: [] });
  }
  const attributes = members(resource.schema);
  const generic = planObject(attributes, request);
  const changes = await planOwnChanges(call, request, generic);
  const planned = withPlanned(attributes, generic, changes.planned ?? {});
  const change = { config: request.config, prior: request.prior, planned };
  const paths = replacingPaths(attributes, change, resource.update === undefined);
  const own = request.prior.kind === "null" ? [] : (changes.requiresReplace ?? []);
  if (paths.length + own.length === 0) return answer(call, request, { planned, requiresReplace: [] });
  const distinct = new Map([...paths, ...own].map((path) => [JSON.stringify(path), path]));
  return answer(call, request, { planned, requiresReplace: [...distinct.values()] });
}

async function planOwnChanges<C>(
  call: ResourceCall<C>,
  request: PlanRequest,
  generic: Value,
): Promise<PlanChanges<Schema>> {
  const { resource, session } = call;
  const plan = resource.plan?.({
    ...operationContext(call),
    config: decodeConfig(resource.schema, request.config),
    prior: request.prior.kind === "null" ? undefined : decodePrior(resource.schema, request.prior),
    planned: decodeConfig(resource.schema, generic),
    client: session.findClient(),
  });
  return (await plan) ?? {};
}

function answer<C>(
  call: ResourceCall<C>,
  request: PlanRequest,
  result: Pick<PlanAnswer, "planned" | "requiresReplace">,
): PlanAnswer {
  return {
    ...result,
    private: call.privateState.encode(),
    identity: request.prior.kind === "null" ? undefined : request.identity,
    diagnostics: call.diagnostics.all,
  };
}

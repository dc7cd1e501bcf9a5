import { Diagnostics } from "../diagnostics.ts";
import type { EngineLife } from "../engine-life.ts";
import { reportFailure } from "../failure.ts";
import { decodeConfig, decodeState } from "../model-codec.ts";
import type { ActionRequest, Answer } from "../provider-server.ts";
import type { Schema } from "../schema.ts";
import type { ProviderSession } from "../session.ts";
import type { Action, ActionContext } from "./action.ts";

/** An action, and the engine that asks for it. */
export interface ActionTarget<C> {
  readonly action: Action<Schema, C>;
  readonly session: ProviderSession<C>;
  readonly engine: EngineLife;
}

/** Lets an action say, while planning, what it will do. */
export async function planAction<C>(
  { action, session, engine }: ActionTarget<C>,
  request: ActionRequest,
): Promise<Answer> {
  const diagnostics = new Diagnostics();
  try {
    await action.plan?.({
      ...session.signalsFor(engine),
      config: decodeConfig(action.schema, request.config),
      client: session.findClient(),
      diagnostics,
    });
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be planned`);
  }
  return { diagnostics: diagnostics.all };
}

/** Carries out an action. */
export async function invokeAction<C>(
  { action, session, engine }: ActionTarget<C>,
  request: ActionRequest,
  progress: ActionContext<Schema, C>["progress"],
): Promise<Answer> {
  const diagnostics = new Diagnostics();
  try {
    await action.invoke({
      ...session.signalsFor(engine),
      config: decodeState(action.schema, request.config),
      client: session.getClient(),
      diagnostics,
      progress,
    });
  } catch (error) {
    reportFailure(diagnostics, error, `${request.typeName} could not be carried out`);
  }
  return { diagnostics: diagnostics.all };
}

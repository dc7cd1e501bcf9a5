import type { Call, StreamCall } from "./call.ts";
import { encodeDiagnostics, visible } from "./diagnostics.ts";
import { decodeValue } from "./dynamic-value.ts";
import type {
  InvokeAction_EventInit,
  InvokeAction_Request,
  PlanAction_Request,
  PlanAction_ResponseInit,
  ValidateActionConfig_Request,
  ValidateActionConfig_ResponseInit,
} from "./generated/tfplugin6.ts";
import { actionType } from "./types-by-name.ts";
import { noCapabilities } from "./validate.ts";

/** Checks the configuration of an action. */
export const validateActionConfig: Call<ValidateActionConfig_Request, ValidateActionConfig_ResponseInit> = {
  async answer(server, { typeName, config }) {
    const { diagnostics } = await server.validateAction({
      typeName,
      config: decodeValue(config, actionType(server.schemas, typeName)),
      capabilities: noCapabilities,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Lets an action refuse, or warn, before it is carried out. */
export const planAction: Call<PlanAction_Request, PlanAction_ResponseInit> = {
  async answer(server, { actionType: typeName, config }) {
    const { diagnostics } = await server.planAction({
      typeName,
      config: decodeValue(config, actionType(server.schemas, typeName)),
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/**
 * Carries out an action, and reports its progress. It goes on when the engine cancels the call, so that the action is not left
 * half done. An engine that wants it to end stops the provider.
 */
export const invokeAction: StreamCall<InvokeAction_Request, InvokeAction_EventInit> = {
  async answer(server, { actionType: typeName, config }, events) {
    const request = { typeName, config: decodeValue(config, actionType(server.schemas, typeName)) };
    // The action does not wait for whoever reads of it.
    let told = Promise.resolve();
    const { diagnostics } = await server.invokeAction(request, (message) => {
      const event = { type: { case: "progress", value: { message: visible(message) } } } as const;
      told = told.then(async () => events.send(event));
    });
    await told;
    await events.send(completed(encodeDiagnostics(diagnostics)));
  },
  failure: (diagnostics) => completed(encodeDiagnostics(diagnostics)),
};

function completed(diagnostics: ReturnType<typeof encodeDiagnostics>): InvokeAction_EventInit {
  return { type: { case: "completed", value: { diagnostics } } };
}

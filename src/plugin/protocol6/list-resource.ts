import type { ListAnswer } from "../../framework/provider-server.ts";
import type { Log } from "../log.ts";
import type { Call, StreamCall } from "./call.ts";
import { encodeDiagnostics, visible } from "./diagnostics.ts";
import { decodeValue, encodeIdentity, encodeValue } from "./dynamic-value.ts";
import type {
  ListResource_EventInit,
  ListResource_Request,
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_ResponseInit,
} from "./generated/tfplugin6.ts";
import { listType, type ResourceTypes, resourceTypes } from "./types-by-name.ts";
import { noCapabilities } from "./validate.ts";

/** Checks the filters of a list. */
export const validateListResourceConfig: Call<
  ValidateListResourceConfig_Request,
  ValidateListResourceConfig_ResponseInit
> = {
  async answer(server, { typeName, config }) {
    const { diagnostics } = await server.validateList({
      typeName,
      config: decodeValue(config, listType(server.schemas, typeName)),
      capabilities: noCapabilities,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Lists objects, each when the one before it was taken. A list that is given up ends. */
export function listResource(log: Log): StreamCall<ListResource_Request, ListResource_EventInit> {
  return {
    async answer(server, { typeName, config, includeResourceObject, limit }, events) {
      const types = resourceTypes(server.schemas, typeName);
      const answers = server.listResource({
        typeName,
        config: decodeValue(config, listType(server.schemas, typeName)),
        includesObject: includeResourceObject,
        limit: Number(limit),
        signal: events.signal,
        progress: (message) => {
          log("info", message, { list: typeName });
        },
      });
      for await (const answer of answers) {
        await events.send(encodeAnswer(answer, types));
        if (events.signal.aborted) return;
      }
    },
    failure: (diagnostics) => ({ diagnostic: encodeDiagnostics(diagnostics) }),
  };
}

function encodeAnswer({ object, diagnostics }: ListAnswer, types: ResourceTypes): ListResource_EventInit {
  const diagnostic = encodeDiagnostics(diagnostics);
  if (object === undefined) return { diagnostic };
  return {
    displayName: visible(object.displayName),
    identity: encodeIdentity(object.identity, types.identity),
    resourceObject: object.state === undefined ? undefined : encodeValue(object.state, types.object),
    diagnostic,
  };
}

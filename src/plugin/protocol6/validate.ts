import type { ClientCapabilities } from "../../framework/provider-server.ts";
import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue } from "./dynamic-value.ts";
import type {
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_ResponseInit,
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_ResponseInit,
  ValidateResourceConfig_Request,
  ValidateResourceConfig_ResponseInit,
} from "./generated/tfplugin6.ts";
import { dataSourceType, ephemeralType, resourceTypes } from "./types-by-name.ts";

/** The capabilities for objects without write-only attributes, whose requests have no field for them. */
export const noCapabilities: ClientCapabilities = { writeOnlyAttributesAllowed: false };

/** Checks the configuration of a managed resource. */
export const validateResourceConfig: Call<ValidateResourceConfig_Request, ValidateResourceConfig_ResponseInit> = {
  async answer(server, { typeName, config, clientCapabilities }) {
    const { diagnostics } = await server.validateResource({
      typeName,
      config: decodeValue(config, resourceTypes(server.schemas, typeName).object),
      capabilities: { writeOnlyAttributesAllowed: clientCapabilities?.writeOnlyAttributesAllowed ?? false },
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Checks the configuration of a data source. */
export const validateDataResourceConfig: Call<
  ValidateDataResourceConfig_Request,
  ValidateDataResourceConfig_ResponseInit
> = {
  async answer(server, { typeName, config }) {
    const { diagnostics } = await server.validateDataSource({
      typeName,
      config: decodeValue(config, dataSourceType(server.schemas, typeName)),
      capabilities: noCapabilities,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Checks the configuration of an ephemeral resource. */
export const validateEphemeralResourceConfig: Call<
  ValidateEphemeralResourceConfig_Request,
  ValidateEphemeralResourceConfig_ResponseInit
> = {
  async answer(server, { typeName, config }) {
    const { diagnostics } = await server.validateEphemeral({
      typeName,
      config: decodeValue(config, ephemeralType(server.schemas, typeName)),
      capabilities: noCapabilities,
    });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

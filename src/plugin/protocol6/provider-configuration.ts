import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue } from "./dynamic-value.ts";
import type {
  ConfigureProvider_Request,
  ConfigureProvider_ResponseInit,
  StopProvider_Request,
  StopProvider_ResponseInit,
  ValidateProviderConfig_Request,
  ValidateProviderConfig_ResponseInit,
} from "./generated/tfplugin6.ts";
import { objectType } from "./types-by-name.ts";

/** Checks the provider's configuration. */
export const validateProviderConfig: Call<ValidateProviderConfig_Request, ValidateProviderConfig_ResponseInit> = {
  async answer(server, request) {
    const { diagnostics } = await server.validateProvider(
      decodeValue(request.config, objectType(server.schemas.provider)),
    );
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Takes over the provider's configuration; parts of it may be unknown, and each call replaces the one before. */
export const configureProvider: Call<ConfigureProvider_Request, ConfigureProvider_ResponseInit> = {
  async answer(server, request) {
    const { diagnostics } = await server.configure(decodeValue(request.config, objectType(server.schemas.provider)));
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Ends waits and retries. The process stays: the engine still wants the answers of what is running. */
export const stopProvider: Call<StopProvider_Request, StopProvider_ResponseInit> = {
  async answer(server) {
    server.stop();
    return Promise.resolve({ Error: "" });
  },
  failure: (diagnostics) => ({ Error: diagnostics.map(({ summary }) => summary).join("; ") }),
};

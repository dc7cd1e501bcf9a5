import type { Diagnostic } from "../../../src/framework/diagnostics.ts";
import type { ProviderServer } from "../../../src/framework/provider-server.ts";
import { complete, type Given } from "./given-provider.ts";
import { plain } from "./values.ts";

/** An ephemeral resource as an engine holds it while it is open. */
export interface Opened {
  /** As plain data; `null` when it could not be opened. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly renewAt: Date | undefined;
  /** What the engine gives back with each call, as text. */
  readonly privateText: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Prolongs it; the private data that it answers replaces what was there. */
  readonly renew: () => Promise<{ readonly renewAt: Date | undefined; readonly diagnostics: readonly Diagnostic[] }>;
  readonly close: () => Promise<readonly Diagnostic[]>;
}

/** Validates an ephemeral resource and opens it, as an engine does once its configuration is known. */
export async function openEphemeral(server: ProviderServer, typeName: string, given: Given): Promise<Opened> {
  const schema = server.schemas.ephemeralResources.get(typeName);
  if (schema === undefined) throw new Error(`no ephemeral resource ${typeName}`);
  const config = complete(schema, given);
  const capabilities = { writeOnlyAttributesAllowed: true };
  const { diagnostics } = await server.validateEphemeral({ typeName, config, capabilities });
  if (diagnostics.length > 0) return notOpened(diagnostics);
  const opened = await server.openEphemeral({ typeName, config });
  let kept = opened.private;
  return {
    // An object, or null with errors.
    result: plain(opened.result) as Readonly<Record<string, unknown>> | null,
    renewAt: opened.renewAt,
    privateText: Buffer.from(kept ?? []).toString(),
    diagnostics: opened.diagnostics,
    async renew() {
      const renewed = await server.renewEphemeral({ typeName, private: kept });
      kept = renewed.private;
      return { renewAt: renewed.renewAt, diagnostics: renewed.diagnostics };
    },
    close: async () => (await server.closeEphemeral({ typeName, private: kept })).diagnostics,
  };
}

function notOpened(diagnostics: readonly Diagnostic[]): Opened {
  return {
    result: null,
    renewAt: undefined,
    privateText: "",
    diagnostics,
    renew: async () => Promise.reject(new Error("it was not opened")),
    close: async () => Promise.reject(new Error("it was not opened")),
  };
}

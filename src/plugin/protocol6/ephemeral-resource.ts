import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type {
  CloseEphemeralResource_Request,
  CloseEphemeralResource_ResponseInit,
  OpenEphemeralResource_Request,
  OpenEphemeralResource_ResponseInit,
  RenewEphemeralResource_Request,
  RenewEphemeralResource_ResponseInit,
  TimestampInit,
} from "./generated/tfplugin6.ts";
import { ephemeralType } from "./types-by-name.ts";

/** Opens something that lives no longer than the engine runs. */
export const openEphemeralResource: Call<OpenEphemeralResource_Request, OpenEphemeralResource_ResponseInit> = {
  async answer(server, { typeName, config }) {
    const type = ephemeralType(server.schemas, typeName);
    const answer = await server.openEphemeral({ typeName, config: decodeValue(config, type) });
    return {
      result: encodeValue(answer.result, type),
      ...encodeLife(answer),
      diagnostics: encodeDiagnostics(answer.diagnostics),
    };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** Keeps it alive for longer. */
export const renewEphemeralResource: Call<RenewEphemeralResource_Request, RenewEphemeralResource_ResponseInit> = {
  async answer(server, request) {
    const answer = await server.renewEphemeral({ typeName: request.typeName, private: request.private });
    return { ...encodeLife(answer), diagnostics: encodeDiagnostics(answer.diagnostics) };
  },
  failure: (diagnostics, request) => ({
    ...encodeLife({ private: request.private, renewAt: undefined }),
    diagnostics: encodeDiagnostics(diagnostics),
  }),
};

/** Ends it. */
export const closeEphemeralResource: Call<CloseEphemeralResource_Request, CloseEphemeralResource_ResponseInit> = {
  async answer(server, request) {
    const { diagnostics } = await server.closeEphemeral({ typeName: request.typeName, private: request.private });
    return { diagnostics: encodeDiagnostics(diagnostics) };
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** What the engine hands back later, and when; for these calls, nothing and empty are not the same. */
function encodeLife(answer: { readonly private: Uint8Array | undefined; readonly renewAt: Date | undefined }): {
  readonly private?: Uint8Array;
  readonly renewAt?: TimestampInit;
} {
  return {
    ...(answer.private === undefined ? {} : { private: answer.private }),
    ...(answer.renewAt === undefined ? {} : { renewAt: encodeTimestamp(answer.renewAt) }),
  };
}

function encodeTimestamp(time: Date): TimestampInit {
  const seconds = Math.floor(time.getTime() / 1000);
  return { seconds: BigInt(seconds), nanos: (time.getTime() - seconds * 1000) * 1_000_000 };
}

import type { EngineLife } from "./engine-life.ts";
import type { EphemeralRequest } from "./provider-server.ts";

/** Something that is open, and for whom. */
interface OpenEphemeral {
  readonly request: EphemeralRequest;
  readonly engine: EngineLife;
}

/**
 * What is open at the moment.
 *
 * Engines do not close an ephemeral resource when something that used it has failed: they skip whatever comes after a
 * failure. Then it is the provider that knows what is left.
 */
export class OpenEphemerals {
  readonly #open = new Map<string, OpenEphemeral>();

  /** Notes that something is open for an engine. */
  add(request: EphemeralRequest, engine: EngineLife): void {
    this.#open.set(keyOf(request), { request, engine });
  }

  /** Notes that something is no longer open, or about to be closed. */
  delete(request: EphemeralRequest): void {
    this.#open.delete(keyOf(request));
  }

  /**
   * Takes what is open, to close it.
   *
   * @param engine - for whom it was opened; without, everything
   */
  take(engine?: EngineLife): readonly EphemeralRequest[] {
    const taken = [...this.#open.values()].filter((open) => engine === undefined || open.engine === engine);
    return taken.map(({ request }) => {
      this.delete(request);
      return request;
    });
  }
}

function keyOf({ typeName, private: remembered }: EphemeralRequest): string {
  return `${typeName} ${Buffer.from(remembered ?? []).toString("base64")}`;
}

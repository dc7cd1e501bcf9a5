import type { EngineLife } from "./engine-life.ts";
import type { EphemeralRequest } from "./provider-server.ts";

/** An open ephemeral resource, and the engine that it was opened for. */
interface OpenEphemeral {
  readonly request: EphemeralRequest;
  readonly engine: EngineLife;
}

/**
 * The ephemeral resources that are open at the moment.
 *
 * When something that used an ephemeral resource fails, engines skip everything that comes after it, including closing the
 * ephemeral resource. So the provider itself remembers what is still open, and closes it at the end.
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

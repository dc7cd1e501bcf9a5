import type { EphemeralRequest } from "./provider-server.ts";

/**
 * What is open at the moment.
 *
 * Engines do not close an ephemeral resource when something that used it has failed: they skip whatever comes after a
 * failure. Then it is the provider that knows what is left.
 */
export class OpenEphemerals {
  readonly #open = new Map<string, EphemeralRequest>();

  /** Notes that something is open. */
  add(request: EphemeralRequest): void {
    this.#open.set(keyOf(request), request);
  }

  /** Notes that something is no longer open, or about to be closed. */
  delete(request: EphemeralRequest): void {
    this.#open.delete(keyOf(request));
  }

  /** Takes everything that is open, to close it. */
  takeAll(): readonly EphemeralRequest[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }
}

function keyOf({ typeName, private: remembered }: EphemeralRequest): string {
  return `${typeName} ${Buffer.from(remembered ?? []).toString("base64")}`;
}

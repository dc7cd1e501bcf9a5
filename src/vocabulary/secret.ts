import { inspect } from "node:util";

const redacted = "[redacted]";

/**
 * A password or bearer token that cannot be printed by accident.
 *
 * Every way of turning it into text (string conversion, JSON, `console.log`, `util.inspect`) gives `[redacted]`.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret text itself. Called only where it is sent or stored. */
  reveal(): string {
    return this.#text;
  }

  /** Whether both hold the same text. */
  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  /** Always `[redacted]`. */
  toString(): string {
    return redacted;
  }

  /** Always `[redacted]`. */
  toJSON(): string {
    return redacted;
  }

  /** Always `[redacted]`: what `console.log` and `util.inspect` show. */
  [inspect.custom](): string {
    return redacted;
  }
}

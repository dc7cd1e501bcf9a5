import { type SecretFinder, secretFinder } from "../vocabulary/redaction.ts";
import { Secret } from "../vocabulary/secret.ts";

/** So many of the latest secrets are looked for in what a cluster answers: of one run, those that matter. */
const mostKnown = 64;

/** The secrets that a client has sent or been given. A cluster, or a proxy before it, may repeat them in any answer. */
export class KnownSecrets {
  /** Finders are made when something is looked for: hundreds of secrets are sent of which no text is ever shown. */
  readonly #finders = new Map<string, SecretFinder | undefined>();

  /** Looks for this one too from now on. */
  add(secret: Secret): void {
    const text = secret.reveal();
    const finder = this.#finders.get(text);
    this.#finders.delete(text);
    this.#finders.set(text, finder);
    const [oldest] = this.#finders.keys();
    if (this.#finders.size > mostKnown && oldest !== undefined) this.#finders.delete(oldest);
  }

  /** The text with `[redacted]` in place of every secret that is known. */
  redact(text: string): string {
    let shown = text;
    for (const [secret, known] of this.#finders) {
      const finder = known ?? secretFinder([secret]);
      this.#finders.set(secret, finder);
      shown = finder.redact(shown);
    }
    return shown;
  }

  /** A body as JSON, in which secrets are in clear; they are known from now on. */
  encode(body: unknown): string | undefined {
    if (typeof body !== "object" || body === null) return JSON.stringify(body);
    const fields = Object.entries(body).map(([name, value]: [string, unknown]) => {
      if (!(value instanceof Secret)) return [name, value] as const;
      this.add(value);
      return [name, value.reveal()] as const;
    });
    return JSON.stringify(Object.fromEntries(fields));
  }
}

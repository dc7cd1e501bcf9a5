import { StringDecoder } from "node:string_decoder";
import { replaced, type SecretFinder } from "../../vocabulary/redaction.ts";

/** Passes on what a program prints. */
export interface Redactor {
  readonly write: (chunk: Buffer) => void;
  /** Passes on the rest, which may have looked like the beginning of a secret. */
  readonly end: () => void;
}

/** Output that may be the beginning of a secret is held back until the rest arrives, but never more than this. */
const mostHeld = 4_096;

/**
 * Passes a program's output on with `[redacted]` in place of secrets, also where they come in pieces or in lines.
 *
 * Everything is passed on at once, except an end that may be the beginning of a secret, so that hardly anything is held back.
 */
export function redactor({ find, beginning }: SecretFinder, writeOn: (text: string) => void): Redactor {
  const decoder = new StringDecoder("utf8");
  let held = "";
  const pass = (until: number): void => {
    const stretches = find(held);
    // What reaches beyond waits as a whole.
    const cut = stretches.find(({ end }) => end > until)?.start ?? until;
    const text = replaced(
      held.slice(0, cut),
      stretches.filter(({ end }) => end <= cut),
    );
    held = held.slice(cut);
    if (text !== "") writeOn(text);
  };
  return {
    write(chunk) {
      held += decoder.write(chunk);
      pass(held.length > mostHeld ? held.length : beginning(held));
    },
    end() {
      held += decoder.end();
      pass(held.length);
    },
  };
}

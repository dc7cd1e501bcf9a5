import { StringDecoder } from "node:string_decoder";
import type { Secret } from "../vocabulary/secret.ts";

/** Passes on what a program prints, line by line. */
export interface Redactor {
  readonly write: (chunk: Buffer) => void;
  /** Passes on the last line, which may have no end. */
  readonly end: () => void;
}

/**
 * Passes a program's output on with `[redacted]` in place of a secret: as it is, percent-encoded, or in base64.
 *
 * Another spelling is not recognized.
 */
export function redactor(secret: Secret, writeOn: (text: string) => void): Redactor {
  const spellings = spellingsOf(secret.reveal());
  const decoder = new StringDecoder("utf8");
  let line = "";
  const flush = (text: string): void => {
    const redacted = spellings.reduce((before, spelling) => before.replaceAll(spelling, secret.toString()), text);
    if (redacted !== "") writeOn(redacted);
  };
  return {
    write(chunk) {
      // A line that has no end yet may end in the middle of the secret.
      line += decoder.write(chunk);
      const whole = line.lastIndexOf("\n") + 1;
      flush(line.slice(0, whole));
      line = line.slice(whole);
    },
    end() {
      flush(line + decoder.end());
      line = "";
    },
  };
}

function spellingsOf(text: string): readonly string[] {
  const base64 = Buffer.from(text).toString("base64").replace(/=+$/, "");
  return [text, encodeURIComponent(text), base64].filter((spelling) => spelling !== "");
}

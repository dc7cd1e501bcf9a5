import { Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isSecretKey, recipientLines } from "../src/vocabulary/recipients.ts";
import { ConstructError, type PropFault } from "./construct-error.ts";
import { known } from "./known.ts";

/**
 * What the provider takes as recipients: public keys of age, one per line. Whether a key is complete is seen while
 * planning.
 *
 * @throws {ConstructError} when there is no recipient, or one is not a public key of age
 */
export function recipientsText(
  token: IConstruct,
  encryptTo: string | readonly string[] | undefined,
): string | undefined {
  if (encryptTo === undefined) return undefined;
  const recipients = typeof encryptTo === "string" ? [encryptTo] : [...encryptTo];
  if (typeof encryptTo !== "string" && Token.isUnresolved(encryptTo)) return Fn.join("\n", recipients);
  const fault = findFault(recipients);
  if (fault !== undefined) throw new ConstructError(token, fault);
  return recipients.join("\n");
}

const prop = "encryptTo";
const advice = "Give a public key, as age-keygen prints it: age1… or age1pq1…";

/** Never shows what was given, unless it says of itself that it is public: a secret may have been pasted here. */
function findFault(recipients: readonly string[]): PropFault | undefined {
  const texts = recipients.map((recipient) => known(recipient));
  const keys = texts.flatMap((text) => (text === undefined ? [] : recipientLines(text).map((line) => line.text)));
  if (keys.length === 0 && !texts.includes(undefined)) {
    return { prop, problem: "It holds no public key, so nobody could decrypt the bearer token.", advice };
  }
  if (keys.some(isSecretKey)) {
    return {
      prop,
      problem: "It holds a secret key: whoever has that can decrypt the bearer token.",
      advice:
        "Give its public key, which age-keygen -y prints, and make a new key pair if others have seen this program.",
    };
  }
  const other = keys.findIndex((key) => !key.startsWith("age1"));
  if (other === -1) return undefined;
  return { prop, problem: `Key ${other + 1} does not begin with age1. SSH keys are not supported.`, advice };
}

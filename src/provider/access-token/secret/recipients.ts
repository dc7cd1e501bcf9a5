import { type AttributeValue, knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { Diagnostics, DiagnosticText } from "../../../framework/diagnostics.ts";
import { isMadeUp } from "../../../framework/made-up-text.ts";
import type { Validator } from "../../../framework/schema.ts";
import { isSecretKey, type RecipientLine, recipientLines } from "../../../vocabulary/recipients.ts";

const advice =
  'Give an age public key, as age-keygen prints it (age1… or age1pq1…), or several, one per line, such as file("recipients.txt"); empty lines and lines that begin with # are ignored.';

/** The public keys in a text that is one of them, or an age recipients file; each once. */
export function recipientsIn(text: string): readonly string[] {
  return [...new Set(recipientLines(text).map((line) => line.text))];
}

/** Whether two texts hold the same public keys: order, comments and white space do not matter. */
export function isSameRecipients(left: string, right: string): boolean {
  const [first, second] = [recipientsIn(left), new Set(recipientsIn(right))];
  return first.length === second.size && first.every((recipient) => second.has(recipient));
}

/** Refuses, in a plan, what {@link validateRecipients} lets pass. */
export const madeUpRecipientValidator: Validator<string> = {
  check: (text) => (isMadeUp(text) ? unreadable({ number: 1, text }) : undefined),
};

/** Refuses an `encrypt_to` that nothing can be encrypted to, unless a mocked provider may have made it up. */
export async function validateRecipients(recipients: AttributeValue<string>, diagnostics: Diagnostics): Promise<void> {
  const text = knownOrUndefined(recipients);
  const refusal = text === undefined || isMadeUp(text) ? undefined : await findRefusal(recipientLines(text));
  if (refusal !== undefined) diagnostics.error({ ...refusal, attribute: ["encrypt_to"] });
}

async function findRefusal(lines: readonly RecipientLine[]): Promise<DiagnosticText | undefined> {
  if (lines.length === 0) {
    return { summary: "No recipient for the bearer token", detail: `encrypt_to holds no public key. ${advice}` };
  }
  const secret = lines.find(({ text }) => isSecretKey(text));
  if (secret !== undefined) return secretRefusal(secret);
  const { isPublicKey } = await import("./age.ts");
  const wrong = lines.find(({ text }) => !isPublicKey(text));
  return wrong === undefined ? refuseMixture(lines) : unreadable(wrong);
}

function secretRefusal({ number }: RecipientLine): DiagnosticText {
  return {
    summary: "Secret key in encrypt_to",
    detail: `Line ${number} of encrypt_to is a secret key. Whoever has it can decrypt the bearer token: keep it private, out of every configuration. Give the public key instead, which age-keygen -y prints, and make a new key pair if others may have seen this one.`,
  };
}

function unreadable({ number, text }: RecipientLine): DiagnosticText {
  const summary = "Recipient is invalid";
  if (text.startsWith("ssh-")) {
    const detail = `Line ${number} of encrypt_to is an SSH key, and SSH keys are not supported. ${advice}`;
    return { summary, detail };
  }
  if (text.startsWith("age1")) {
    const detail = `Line ${number} of encrypt_to is "${shortened(text)}", which is incomplete, misspelled, or meant for an age plugin. ${advice}`;
    return { summary, detail };
  }
  // Anything may have been pasted here, also a password: only what says of itself that it is public is shown.
  const detail = `Line ${number} of encrypt_to, of ${text.length} characters, is not an age public key: it does not begin with age1. ${advice}`;
  return { summary, detail };
}

/**
 * Refuses to mix post-quantum keys with others, as the age program does: a quantum computer that breaks one of the other keys
 * would undo their protection.
 */
function refuseMixture(lines: readonly RecipientLine[]): DiagnosticText | undefined {
  const postQuantum = lines.find(({ text }) => isPostQuantum(text));
  const classic = lines.find(({ text }) => !isPostQuantum(text));
  if (postQuantum === undefined || classic === undefined) return undefined;
  return {
    summary: "Recipients of two kinds",
    detail: `Line ${postQuantum.number} of encrypt_to is a post-quantum key, "${shortened(postQuantum.text)}", and line ${classic.number} is not: "${shortened(classic.text)}". Whoever can break one of them gets what the other was meant to protect. Give keys of one kind; age-keygen -pq makes post-quantum ones.`,
  };
}

function isPostQuantum(text: string): boolean {
  return /^age1(?:pq|tagpq)1/.test(text);
}

/** A key, shortened so that people can recognize it: post-quantum keys have 2000 characters. */
function shortened(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 24)}…`;
}

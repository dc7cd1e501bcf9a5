import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { Secret } from "../../../vocabulary/secret.ts";
import { recipientsIn } from "./recipients.ts";

/** Encrypts a bearer token; gives an age file in ASCII armor. */
export type EncryptBearerToken = (bearerToken: Secret) => Promise<string>;

/**
 * Prepares the encryption before the token is created. The cluster shows a bearer token only once, so one that could not be
 * encrypted then would be lost, and some keys look valid but fail when they are used.
 *
 * @returns `undefined` when nothing is to be encrypted
 * @throws {DiagnosticError} when one of the keys cannot be encrypted to
 */
export async function prepareEncryption(recipientsText: string | null): Promise<EncryptBearerToken | undefined> {
  if (recipientsText === null) return undefined;
  const recipients = recipientsIn(recipientsText);
  const { encryptTo } = await import("./age.ts");
  try {
    await encryptTo(recipients, "trial");
  } catch (cause) {
    throw new DiagnosticError(
      {
        summary: "Bearer token cannot be encrypted to encrypt_to",
        detail:
          "One of the public keys in encrypt_to is well formed, but encrypting to it fails: it was not made by age. No access token was created. Make a key pair with age-keygen, and give its public key.",
        attribute: ["encrypt_to"],
      },
      { cause },
    );
  }
  return async (bearerToken) => encryptTo(recipients, bearerToken.reveal());
}

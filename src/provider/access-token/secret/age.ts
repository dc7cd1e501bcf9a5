import { armor, Encrypter } from "age-encryption";

/*
 * The library is a sixth of the provider's code, and few runs need it: this file is imported where something is about to
 * be encrypted, and not before. As a static import of its own it also leaves behind what nobody calls.
 */

/** Whether a text is a public key of age, with the right length and checksum. */
export function isPublicKey(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Encrypts a text, so that the secret key of any one recipient decrypts it.
 *
 * @returns an age file in ASCII armor
 * @throws {Error} for what is not a public key, or one that nothing can be encrypted to
 */
export async function encryptTo(recipients: readonly string[], text: string): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(text));
}

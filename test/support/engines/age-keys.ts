import { armor, Decrypter, generateIdentity, identityToRecipient } from "age-encryption";

/** A pair of keys of age. */
export interface KeyPair {
  readonly secretKey: string;
  readonly publicKey: string;
}

/** Makes a pair of keys, of X25519 unless another kind is asked for. */
export async function newKeyPair(generate: () => Promise<string> = generateIdentity): Promise<KeyPair> {
  const secretKey = await generate();
  return { secretKey, publicKey: await identityToRecipient(secretKey) };
}

/** The text in an armored age file, for whom has this secret key. */
export async function decrypted(ageFile: unknown, { secretKey }: KeyPair): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(secretKey);
  return decrypter.decrypt(armor.decode(String(ageFile)), "text");
}

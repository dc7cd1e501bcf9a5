import { createSelfSigned, type SelfSignedCertificate } from "../certificate/self-signed.ts";

/** What a certificate can be asked to be like. */
export interface CertificateOptions {
  readonly now: Date;
  /**
   * Elliptic curve of the key.
   *
   * @default "P-256", the quickest to make
   */
  readonly curve?: "P-256" | "P-521";
}

const halfMinuteMs = 30_000;
const validityMs = 30 * 365 * 24 * 60 * 60 * 1000;

/**
 * Makes a key and a certificate for `localhost` that lives in this process only.
 *
 * It is valid from half a minute ago, so that clocks need not agree to the second, and for either end of a connection.
 */
export function createCertificate({ now, curve }: CertificateOptions): SelfSignedCertificate {
  return createSelfSigned({
    name: "localhost",
    hosts: ["localhost"],
    validFrom: new Date(now.getTime() - halfMinuteMs),
    validUntil: new Date(now.getTime() + validityMs),
    usages: ["server", "client"],
    curve,
  });
}

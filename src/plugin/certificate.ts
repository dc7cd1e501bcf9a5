import { createSelfSigned, type SelfSignedCertificate } from "../certificate/self-signed.ts";

/** Properties of a certificate to make. */
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
 * Its validity begins half a minute ago, so that clocks may differ by some seconds, and it can be used by either end of a
 * connection.
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

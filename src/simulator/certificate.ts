import { createHash } from "node:crypto";
import { certificatePem, createSelfSigned } from "../certificate/self-signed.ts";

/** A certificate that is its own authority, and its key. */
export interface Certificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** SHA-256 of the certificate's DER form: 64 hexadecimal digits, lower case, no colons. */
  readonly sha256: string;
}

const lifetimeDays = 3_650;
const dayMs = 86_400_000;

/**
 * Makes a self-signed ECDSA P-256 certificate that clients can use as their CA file.
 *
 * It is valid from a day ago, so that clocks may differ, for ten years.
 *
 * @param hosts - DNS names and IP addresses that it stands for
 */
export function createCertificate(hosts: readonly string[], now: Date): Certificate {
  const { privateKey, certificateDer } = createSelfSigned({
    name: "Qumulo Core simulator",
    hosts,
    validFrom: new Date(now.getTime() - dayMs),
    validUntil: new Date(now.getTime() + lifetimeDays * dayMs),
    usages: ["server"],
  });
  return {
    certificatePem: certificatePem(certificateDer),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    sha256: createHash("sha256").update(certificateDer).digest("hex"),
  };
}

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { checkServerIdentity, type TLSSocket } from "node:tls";
import { certificateTexts } from "./certificate-authorities.ts";

/**
 * The certificates among some that a host may show as its own: those that have signed themselves and name it. Most clusters have
 * one that nobody else has signed, and it is its own authority.
 *
 * @param pem - any number of certificates, one after the other
 */
export function ownCertificates(pem: string, hostname: string): readonly X509Certificate[] {
  return certificateTexts(pem).flatMap((text) => {
    try {
      const certificate = new X509Certificate(text);
      const name = isIP(hostname) === 0 ? certificate.checkHost(hostname) : certificate.checkIP(hostname);
      return name !== undefined && certificate.checkIssued(certificate) ? [certificate] : [];
    } catch {
      // There is nothing to compare with. The full check says what is wrong with it.
      return [];
    }
  });
}

/**
 * Whether a host shows one of these certificates, on a connection that trusts no authority at all, and OpenSSL has nothing else
 * against it: that it has expired, for one.
 */
export function showsOneOf(certificates: readonly X509Certificate[], socket: TLSSocket, hostname: string): boolean {
  if (String(socket.authorizationError) !== "DEPTH_ZERO_SELF_SIGNED_CERT") return false;
  const shown = socket.getPeerCertificate();
  return certificates.some(({ raw }) => raw.equals(shown.raw)) && checkServerIdentity(hostname, shown) === undefined;
}

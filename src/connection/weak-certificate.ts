import type { X509Certificate } from "node:crypto";

/** What is weak about a certificate. */
export interface Weakness {
  /** Whether somebody could forge a certificate that this authority vouches for; otherwise it is only outdated. */
  readonly isBroken: boolean;
  /** A sentence. */
  readonly text: string;
}

const fewestRsaBits = 2_048;
const fewestCurveBits = 224;

/** Signatures by MD2, MD5 and SHA-1, by the object identifiers of their algorithms in hexadecimal. */
const weakSignatures: ReadonlyMap<string, string> = new Map([
  ["2a864886f70d010102", "MD2"],
  ["2a864886f70d010104", "MD5"],
  ["2a864886f70d010105", "SHA-1"],
  ["2b0e03021d", "SHA-1"],
  ["2a8648ce3d0401", "SHA-1"],
  ["2a8648ce380403", "SHA-1"],
]);

/**
 * Finds what is weak about a certificate that is to be trusted as an authority.
 *
 * If the key can be broken, anybody can sign certificates in its name. A weak signature matters only on a certificate that
 * another authority signed, because that one could be forged. The signature of a self-signed certificate is never relied on,
 * and only shows how old the certificate is.
 */
export function findWeakness(certificate: X509Certificate): Weakness | undefined {
  const name = certificate.subject.replaceAll("\n", ", ");
  const key = weakKey(certificate);
  if (key !== undefined) return { isBroken: true, text: `The key of "${name}" is ${key}, which can be broken.` };
  const digest = weakSignatures.get(signatureAlgorithm(certificate.raw));
  if (digest === undefined) return undefined;
  const text = `"${name}" is signed with ${digest}, whose signatures can be forged.`;
  return { isBroken: certificate.subject !== certificate.issuer, text };
}

function weakKey({ publicKey }: X509Certificate): string | undefined {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined && modulusLength < fewestRsaBits) return `one of ${modulusLength} bits`;
  const bits = Number(/\d{3}/.exec(namedCurve ?? "")?.[0] ?? fewestCurveBits);
  return bits < fewestCurveBits ? `on the curve ${namedCurve ?? ""}` : undefined;
}

/**
 * The object identifier of the algorithm with which a certificate is signed, in hexadecimal.
 *
 * @see RFC 5280 section 4.1: a sequence of what is signed, the algorithm, and the signature
 */
function signatureAlgorithm(der: Buffer): string {
  const whole = elementAt(der, 0);
  const signed = elementAt(der, whole.start);
  const algorithm = elementAt(der, signed.end);
  const identifier = elementAt(der, algorithm.start);
  return der.subarray(identifier.start, identifier.end).toString("hex");
}

/** Where the content of a DER element begins and ends. */
function elementAt(der: Buffer, place: number): { readonly start: number; readonly end: number } {
  const first = der[place + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = place + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : der.readUIntBE(place + 2, Math.min(lengthBytes, 6));
  return { start, end: start + length };
}

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { bits, commonName, der, integer, octets, oid, sequence, time, yes } from "./der.ts";

/** A key and the certificate that it has signed itself. */
export interface SelfSignedCertificate {
  readonly privateKey: KeyObject;
  readonly certificateDer: Buffer;
}

/** What a certificate is to be like. */
export interface CertificateRequest {
  /** Whom it names. */
  readonly name: string;
  /** DNS names and IP addresses that it stands for. */
  readonly hosts: readonly string[];
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Which ends of a connection it is for. */
  readonly usages: readonly (keyof typeof usageIds)[];
  /**
   * Elliptic curve of the key.
   *
   * @default "P-256", the quickest to make
   */
  readonly curve?: "P-256" | "P-521" | undefined;
}

const usageIds = { server: "2b06010505070301", client: "2b06010505070302" } as const;

const oids = {
  ecdsaWithSha256: "2a8648ce3d040302",
  subjectKeyIdentifier: "551d0e",
  keyUsage: "551d0f",
  subjectAltName: "551d11",
  basicConstraints: "551d13",
  extendedKeyUsage: "551d25",
} as const;

/**
 * Makes a key and a certificate that is its own authority.
 *
 * @see RFC 5280 section 4 for its structure, ITU-T X.690 for DER
 */
export function createSelfSigned(request: CertificateRequest): SelfSignedCertificate {
  const { name, validFrom, validUntil, curve = "P-256" } = request;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
  const publicKeyInfo = publicKey.export({ type: "spki", format: "der" });
  const algorithm = sequence(oid(oids.ecdsaWithSha256));
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.of(2))), // version 3
    integer(serialNumber()),
    algorithm,
    commonName(name), // issuer
    sequence(time(validFrom), time(validUntil)),
    commonName(name), // subject
    publicKeyInfo,
    der(0xa3, sequence(...extensions(request))),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  return { privateKey, certificateDer: sequence(toBeSigned, algorithm, bits(signature)) };
}

/** A certificate as files hold it. */
export function certificatePem(certificateDer: Buffer): string {
  const lines = certificateDer.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extensions({ hosts, usages }: CertificateRequest): readonly Buffer[] {
  return [
    sequence(oid(oids.basicConstraints), yes(), octets(sequence(yes()))),
    // digitalSignature and keyCertSign: bits 0 and 5 of seven, the last two of the byte are unused.
    sequence(oid(oids.keyUsage), yes(), octets(bits(Buffer.of(0b1000_0100), 2))),
    sequence(oid(oids.extendedKeyUsage), octets(sequence(...usages.map((usage) => oid(usageIds[usage]))))),
    sequence(oid(oids.subjectAltName), octets(sequence(...hosts.map(generalName)))),
    // Any that is unique: RFC 5280 section 4.2.1.2.
    sequence(oid(oids.subjectKeyIdentifier), octets(octets(randomBytes(20)))),
  ];
}

/** A random positive number of 16 bytes, without the zero byte that would make a shorter one. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8() & 0x7f) | 0x40);
  return bytes;
}

function generalName(host: string): Buffer {
  return isAddress(host) ? der(0x87, addressBytes(host)) : der(0x82, Buffer.from(host, "latin1"));
}

/** No name has a colon. To ask Node whether a name is an IPv6 address takes milliseconds, and an engine waits for them. */
function isAddress(host: string): boolean {
  return host.includes(":") ? isIPv6(host) : isIPv4(host);
}

/** The 4 or 16 bytes of an IP address. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // A URL writes every IPv6 address in one form: groups in hexadecimal, at most one gap.
  const canonical = new URL(`https://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [head = "", tail = ""] = canonical.split("::");
  const before = head.split(":").filter((group) => group !== "");
  const after = tail.split(":").filter((group) => group !== "");
  const gap = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...before, ...gap, ...after].entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  }
  return bytes;
}

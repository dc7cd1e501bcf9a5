import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP, isIPv6 } from "node:net";

/** A certificate that is its own authority, and its key. */
export interface Certificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** SHA-256 of the certificate's DER form: 64 hexadecimal digits, lower case, no colons. */
  readonly sha256: string;
}

const lifetimeDays = 3_650;
const dayMs = 86_400_000;

const oid = {
  commonName: [0x55, 0x04, 0x03],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  subjectKeyIdentifier: [0x55, 0x1d, 0x0e],
  keyUsage: [0x55, 0x1d, 0x0f],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
  extendedKeyUsage: [0x55, 0x1d, 0x25],
  serverAuthentication: [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01],
} as const;

/**
 * Makes a self-signed ECDSA P-256 certificate that clients can use as their CA file.
 *
 * It is valid from a day ago, so that clocks may differ, for ten years.
 *
 * @param hosts - DNS names and IP addresses that it stands for
 * @see RFC 5280 section 4 for its structure, ITU-T X.690 for DER
 */
export function createCertificate(hosts: readonly string[], now: Date): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(objectIdentifier(oid.ecdsaWithSha256));
  const toBeSigned = certificateBody({ publicKey, algorithm, hosts, now });
  const signature = sign("sha256", toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, bitString(signature));
  return {
    certificatePem: pem(der),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    sha256: createHash("sha256").update(der).digest("hex"),
  };
}

function certificateBody(of: {
  readonly publicKey: KeyObject;
  readonly algorithm: Buffer;
  readonly hosts: readonly string[];
  readonly now: Date;
}): Buffer {
  const keyInfo = of.publicKey.export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(objectIdentifier(oid.commonName), utf8("Qumulo Core simulator"))));
  const from = new Date(of.now.getTime() - dayMs);
  const until = new Date(of.now.getTime() + lifetimeDays * dayMs);
  return sequence(
    tagged(0, integer(Buffer.from([2]))), // version 3
    integer(serialNumber()),
    of.algorithm,
    name,
    sequence(time(from), time(until)),
    name,
    keyInfo,
    tagged(3, sequence(...extensions(keyInfo, of.hosts))),
  );
}

function extensions(keyInfo: Buffer, hosts: readonly string[]): Buffer[] {
  const keyId = createHash("sha1").update(keyInfo).digest();
  return [
    extension(oid.basicConstraints, sequence(boolean(true)), "critical"),
    // digitalSignature and keyCertSign: bits 0 and 5 of seven, the last two of the octet are unused.
    extension(oid.keyUsage, der(0x03, Buffer.from([0x02, 0b1000_0100])), "critical"),
    extension(oid.extendedKeyUsage, sequence(objectIdentifier(oid.serverAuthentication))),
    extension(oid.subjectAltName, sequence(...hosts.map(generalName))),
    extension(oid.subjectKeyIdentifier, octetString(keyId)),
  ];
}

function extension(id: readonly number[], value: Buffer, critical?: "critical"): Buffer {
  return critical === undefined
    ? sequence(objectIdentifier(id), octetString(value))
    : sequence(objectIdentifier(id), boolean(true), octetString(value));
}

/** A random positive number of 16 bytes, without the zero byte that would make a shorter one. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes;
}

function generalName(host: string): Buffer {
  return isIP(host) === 0 ? der(0x82, Buffer.from(host, "latin1")) : der(0x87, addressBytes(host));
}

/** The 4 or 16 bytes of an IP address. */
function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split(".").map(Number));
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

/** UTCTime, whose two-digit years reach to 2049, and GeneralizedTime from then on. */
function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(value.length), value]);
}

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

function sequence(...items: readonly Buffer[]): Buffer {
  return der(0x30, ...items);
}

function set(...items: readonly Buffer[]): Buffer {
  return der(0x31, ...items);
}

function tagged(index: number, item: Buffer): Buffer {
  return der(0xa0 | index, item);
}

function boolean(value: boolean): Buffer {
  return der(0x01, Buffer.from([value ? 0xff : 0]));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), bytes);
}

function octetString(bytes: Buffer): Buffer {
  return der(0x04, bytes);
}

function objectIdentifier(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

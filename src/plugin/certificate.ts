import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A key and the certificate that it has signed itself. */
export interface SelfSignedCertificate {
  readonly privateKey: KeyObject;
  readonly certificateDer: Buffer;
}

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

const oids = {
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  basicConstraints: "551d13",
  keyUsage: "551d0f",
  extendedKeyUsage: "551d25",
  subjectAltName: "551d11",
  serverAuth: "2b06010505070301",
  clientAuth: "2b06010505070302",
} as const;

const tags = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c } as const;
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

const halfMinuteMs = 30_000;
const validityMs = 30 * 365 * 24 * 60 * 60 * 1000;

/**
 * Makes a key and a certificate for `localhost` that lives in this process only.
 *
 * It is valid from half a minute ago, so that clocks need not agree to the second, and for either end of a connection.
 *
 * @see RFC 5280
 */
export function createCertificate({ now, curve = "P-256" }: CertificateOptions): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
  const publicKeyInfo = publicKey.export({ type: "spki", format: "der" });
  const algorithm = sequence(oid(oids.ecdsaWithSha256));
  const name = sequence(der(0x31, sequence(oid(oids.commonName), der(tags.utf8, Buffer.from("localhost")))));
  const toBeSigned = sequence(
    der(0xa0, der(tags.integer, Buffer.of(2))), // version 3
    der(tags.integer, serialNumber()),
    algorithm,
    name, // issuer
    sequence(time(now.getTime() - halfMinuteMs), time(now.getTime() + validityMs)),
    name, // subject
    publicKeyInfo,
    der(0xa3, sequence(...extensions())),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  return { privateKey, certificateDer: sequence(toBeSigned, algorithm, bits(signature, 0)) };
}

function extensions(): readonly Buffer[] {
  const isAuthority = sequence(der(tags.boolean, Buffer.of(0xff)));
  const signsAndCertifies = bits(Buffer.of(0b1000_0100), 2);
  return [
    sequence(oid(oids.basicConstraints), der(tags.boolean, Buffer.of(0xff)), der(tags.octets, isAuthority)),
    sequence(oid(oids.keyUsage), der(tags.boolean, Buffer.of(0xff)), der(tags.octets, signsAndCertifies)),
    sequence(oid(oids.extendedKeyUsage), der(tags.octets, sequence(oid(oids.serverAuth), oid(oids.clientAuth)))),
    sequence(oid(oids.subjectAltName), der(tags.octets, sequence(der(0x82, Buffer.from("localhost"))))),
  ];
}

/** 16 random bytes that make a positive number without leading zeros. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8() & 0x7f) | 0x40);
  return bytes;
}

/** Years before 2050 have two digits and a tag of their own; both forms are in UTC. */
function time(ms: number): Buffer {
  const date = new Date(ms);
  const text = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function bits(content: Buffer, unusedBits: number): Buffer {
  return der(tags.bits, Buffer.of(unusedBits), content);
}

function oid(hex: string): Buffer {
  return der(tags.oid, Buffer.from(hex, "hex"));
}

/** One DER element: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const size = body.length < 0x100 ? 1 : 2;
  const header = Buffer.alloc(2 + size);
  header.writeUInt8(tag);
  header.writeUInt8(0x80 | size, 1);
  header.writeUIntBE(body.length, 2, size);
  return Buffer.concat([header, body]);
}

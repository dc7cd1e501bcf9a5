/** One element of DER: tag, length, content. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const size = body.length < 0x100 ? 1 : 2;
  const header = Buffer.alloc(2 + size);
  header.writeUInt8(tag);
  header.writeUInt8(0x80 | size, 1);
  header.writeUIntBE(body.length, 2, size);
  return Buffer.concat([header, body]);
}

/** Elements in their order, as one. */
export function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** A whole number, by its bytes. */
export function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

/** True: false is what is left out. */
export function yes(): Buffer {
  return der(0x01, Buffer.of(0xff));
}

/**
 * Bits.
 *
 * @param unusedBits - how many of the last byte are none
 */
export function bits(content: Buffer, unusedBits = 0): Buffer {
  return der(0x03, Buffer.of(unusedBits), content);
}

/** Bytes, of another element or of anything. */
export function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

/** An object identifier, by its bytes in hexadecimal. */
export function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

/** A name with one part, the common one. */
export function commonName(text: string): Buffer {
  return sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
}

/** UTCTime, whose two-digit years reach to 2049, and GeneralizedTime from then on; both are in UTC. */
export function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

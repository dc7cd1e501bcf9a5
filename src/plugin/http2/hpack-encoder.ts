import { type HeaderField, staticTable } from "./static-table.ts";

/**
 * Encodes a header block that does not depend on those before it: it names what both sides know from the start, and writes all
 * else out.
 *
 * @param fields - names and values in ASCII
 * @see RFC 7541, section 6
 */
export function encodeHeaders(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(fields).map(([name, value]) => encodeField({ name, value })));
}

function encodeField({ name, value }: HeaderField): Buffer {
  const whole = staticTable.findIndex((known) => known.name === name && known.value === value) + 1;
  if (whole > 0) return integer(0x80, 0x7f, whole);
  const named = staticTable.findIndex((known) => known.name === name) + 1;
  return Buffer.concat([integer(0, 0x0f, named), ...(named > 0 ? [] : [text(name)]), text(value)]);
}

function text(value: string): Buffer {
  return Buffer.concat([integer(0, 0x7f, value.length), Buffer.from(value, "latin1")]);
}

/** A number after these flags, beginning in the bits of the mask. */
function integer(flags: number, mask: number, value: number): Buffer {
  if (value < mask) return Buffer.of(flags | value);
  const bytes = [flags | mask];
  let rest = value - mask;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.of(...bytes, rest);
}

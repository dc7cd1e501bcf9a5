import { errorCodes, Http2Error } from "./http2-error.ts";
import { decodeHuffman } from "./huffman.ts";
import { type HeaderField, staticTable } from "./static-table.ts";

/** What takes the fields of a header block, one after another. */
export interface FieldSink {
  field(field: HeaderField): void;
}

/** What the table of fields may hold while nobody has said otherwise. */
const largestTableBytes = 4096;
/** What a field counts for in addition to its texts. */
const fieldOverhead = 32;
/** More than anything that stands in a header block; larger numbers would overflow. */
const largestInteger = 0x0fff_ffff;

/**
 * Decodes the header blocks of one connection, one after another: each may name fields of those before it.
 *
 * @see RFC 7541
 */
export class HpackDecoder {
  /** The newest first. */
  readonly #table: HeaderField[] = [];
  #tableBytes = 0;
  #tableLimit = largestTableBytes;
  #block: Buffer = Buffer.of();
  #at = 0;

  /**
   * Decodes a whole block.
   *
   * @throws {Http2Error} for bytes that are not a header block
   */
  decode(block: Buffer, sink: FieldSink): void {
    this.#block = block;
    this.#at = 0;
    let mayResize = true;
    while (this.#at < block.length) {
      const first = block[this.#at] ?? 0;
      const isResize = (first & 0xe0) === 0x20;
      if (isResize && !mayResize) throw invalid("the size of the table changes in the middle of a header");
      mayResize = isResize;
      if (isResize) this.#resize(this.#integer(0x1f));
      else sink.field(first >= 0x80 ? this.#indexed(this.#integer(0x7f)) : this.#literal(first));
    }
    this.#block = Buffer.of();
  }

  #literal(first: number): HeaderField {
    const isKept = first >= 0x40;
    const index = this.#integer(isKept ? 0x3f : 0x0f);
    const name = index === 0 ? this.#text() : this.#indexed(index).name;
    const field = { name, value: this.#text() };
    if (isKept) this.#keep(field);
    return field;
  }

  #indexed(index: number): HeaderField {
    const field = index <= staticTable.length ? staticTable[index - 1] : this.#table[index - staticTable.length - 1];
    if (field === undefined) throw invalid("a header names a field that does not exist");
    return field;
  }

  /** A number that begins in the bits of this mask. */
  #integer(mask: number): number {
    let value = this.#byte() & mask;
    if (value < mask) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte();
      // At most four bytes, so that nothing overflows.
      if (shift > 21) throw invalid("a number in a header is too large");
      value += (byte & 0x7f) << shift;
      if (value > largestInteger) throw invalid("a number in a header is too large");
      if (byte < 0x80) return value;
    }
  }

  #text(): string {
    const isHuffman = (this.#block[this.#at] ?? 0) >= 0x80;
    const size = this.#integer(0x7f);
    const bytes = this.#block.subarray(this.#at, this.#at + size);
    if (bytes.length < size) throw invalid("a header ends in the middle of a text");
    this.#at += size;
    return isHuffman ? decodeHuffman(bytes) : bytes.toString("latin1");
  }

  #byte(): number {
    const byte = this.#block[this.#at];
    if (byte === undefined) throw invalid("a header ends in the middle of a field");
    this.#at += 1;
    return byte;
  }

  #keep(field: HeaderField): void {
    const size = sizeOf(field);
    this.#evict(this.#tableLimit - size);
    if (size > this.#tableLimit) return;
    this.#table.unshift(field);
    this.#tableBytes += size;
  }

  #resize(limit: number): void {
    if (limit > largestTableBytes) throw invalid("the table of headers becomes larger than it may");
    this.#tableLimit = limit;
    this.#evict(limit);
  }

  /** Forgets the oldest fields, until the others take no more than this. */
  #evict(limit: number): void {
    while (this.#tableBytes > limit) {
      const oldest = this.#table.pop();
      if (oldest === undefined) return;
      this.#tableBytes -= sizeOf(oldest);
    }
  }
}

/** What a field counts for where headers are limited. */
export function sizeOf({ name, value }: HeaderField): number {
  return name.length + value.length + fieldOverhead;
}

function invalid(message: string): Http2Error {
  return new Http2Error(errorCodes.compression, message);
}

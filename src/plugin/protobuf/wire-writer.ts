/** Writes the fields of a message. */
export type Encode<T> = (writer: WireWriter, message: T) => void;

/** As much as almost every message takes. */
const firstSize = 16 * 1024;
/** A buffer that a large message has needed is not kept. */
const largestKept = 1024 * 1024;

/**
 * Writes a message of Protocol Buffers, field by field: the code that `npm run generate:stubs` writes knows which fields a
 * message has. One writer serves one message after another, and keeps its buffer.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireWriter {
  #bytes = Buffer.allocUnsafeSlow(firstSize);
  #length = 0;

  /** Begins anew, with so many bytes left free before the message. */
  start(free: number): void {
    this.#length = free;
  }

  /** A copy of what was written, with what was left free before it. */
  finish(): Buffer {
    const copy = Buffer.allocUnsafe(this.#length);
    this.#bytes.copy(copy, 0, 0, this.#length);
    if (this.#bytes.length > largestKept) this.#bytes = Buffer.allocUnsafeSlow(firstSize);
    return copy;
  }

  /** A message within this one. */
  message<T>(tag: number, message: T, encode: Encode<T>): void {
    this.#varint(tag);
    const sizeAt = this.#length;
    this.#reserve(1);
    this.#length += 1; // for a size below 128; larger ones need more room
    encode(this, message);
    this.#writeSizeAt(sizeAt);
  }

  /** An entry of a map with texts as keys. */
  entry<T>(tag: number, [key, value]: readonly [string, T], encode: Encode<T>): void {
    this.message(tag, key, (writer) => {
      if (key !== "") writer.string(10, key);
      writer.message(18, value, encode);
    });
  }

  /** Text as UTF-8. */
  string(tag: number, value: string): void {
    this.#varint(tag);
    const size = Buffer.byteLength(value, "utf8");
    this.#varint(size);
    this.#reserve(size);
    this.#length += this.#bytes.write(value, this.#length, size, "utf8");
  }

  /** Bytes as they are. */
  bytes(tag: number, value: Uint8Array): void {
    this.#varint(tag);
    this.#varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** True or false. */
  bool(tag: number, value: boolean): void {
    this.#varint(tag);
    this.#varint(value ? 1 : 0);
  }

  /** A whole number of 64 bits, sign included. */
  int64(tag: number, value: bigint): void {
    this.#varint(tag);
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.#bytes[this.#length] = Number(rest & 0x7fn) | 0x80;
      this.#length += 1;
      rest >>= 7n;
    }
    this.#varint(Number(rest));
  }

  /** A number of a list of names. */
  enumeration(tag: number, value: number): void {
    this.#varint(tag);
    this.#varint(value);
  }

  #varint(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length] = (rest & 0x7f) | 0x80;
      this.#length += 1;
      rest >>>= 7;
    }
    this.#bytes[this.#length] = rest;
    this.#length += 1;
  }

  /** Moves a message aside for a size that takes more than the one byte that was left for it. */
  #writeSizeAt(at: number): void {
    const end = this.#length;
    const size = end - at - 1;
    const more = size < 0x80 ? 0 : size < 0x4000 ? 1 : size < 0x20_0000 ? 2 : size < 0x1000_0000 ? 3 : 4;
    if (more > 0) {
      this.#reserve(more);
      this.#bytes.copyWithin(at + 1 + more, at + 1, end);
    }
    this.#length = at;
    this.#varint(size);
    this.#length = end + more;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + size));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

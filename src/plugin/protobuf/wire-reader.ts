/** Bytes that are not a message of Protocol Buffers. */
export class WireError extends Error {
  override readonly name = "WireError";
}

const wireType = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const;
/** The messages of the protocol have no groups, so deeply nested groups can only be meant to exhaust the stack. */
const deepestGroup = 20;
const longestVarint = 10;

/**
 * Reads a message of Protocol Buffers, field by field: the code that `npm run generate:stubs` writes knows which fields a message
 * has. Bytes are not copied.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the message as a whole ends. */
  get size(): number {
    return this.#bytes.length;
  }

  /**
   * Whether there is another field before this end.
   *
   * @throws {WireError} when the field before went beyond it
   */
  isBefore(end: number): boolean {
    if (this.#position < end) return true;
    if (this.#position > end) throw new WireError("a field goes beyond the end of its message");
    return false;
  }

  /** Number and wire type of the next field, as one number: `number * 8 + type`. */
  tag(): number {
    const tag = this.#uint32();
    if (tag < 8) throw new WireError("a field has the number 0");
    return tag;
  }

  /** Where a message within this one ends, whose fields come next. */
  messageEnd(): number {
    const size = this.#uint32();
    return this.#endOf(size);
  }

  /** Text, with U+FFFD for what is not UTF-8. */
  string(): string {
    const end = this.messageEnd();
    const text = this.#bytes.toString("utf8", this.#position, end);
    this.#position = end;
    return text;
  }

  /** Bytes, which are a part of what is read. */
  bytes(): Uint8Array {
    const end = this.messageEnd();
    const part = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return part;
  }

  /** True or false. */
  bool(): boolean {
    return this.int64() !== 0n;
  }

  /** A whole number of 64 bits, sign included. */
  int64(): bigint {
    const first = this.#byte();
    return first < 0x80 ? BigInt(first) : BigInt.asIntN(64, this.#varintAfter(first));
  }

  /**
   * Skips a field that the message does not have here, as newer engines may send.
   *
   * @throws {WireError} for bytes that are not a field
   */
  skip(tag: number): void {
    this.#skip(tag, 0);
  }

  #skip(tag: number, depth: number): void {
    switch (tag & 7) {
      case wireType.varint:
        this.int64();
        return;
      case wireType.fixed64:
        this.#position = this.#endOf(8);
        return;
      case wireType.bytes:
        this.#position = this.messageEnd();
        return;
      case wireType.groupStart:
        this.#skipGroup(tag, depth);
        return;
      case wireType.fixed32:
        this.#position = this.#endOf(4);
        return;
      default:
        throw new WireError(`a field has the wire type ${tag & 7}`);
    }
  }

  #skipGroup(start: number, depth: number): void {
    if (depth >= deepestGroup) throw new WireError("groups are nested too deeply");
    const end = start - wireType.groupStart + wireType.groupEnd;
    for (let tag = this.tag(); tag !== end; tag = this.tag()) this.#skip(tag, depth + 1);
  }

  /** The low 32 bits of a number, which are all of a tag or a size. */
  #uint32(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    return Number(BigInt.asUintN(32, this.#varintAfter(first)));
  }

  #varintAfter(first: number): bigint {
    let value = BigInt(first & 0x7f);
    for (let index = 1; index < longestVarint; index += 1) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return value;
    }
    throw new WireError("a number has more than ten bytes");
  }

  #byte(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw new WireError("the bytes end in the middle of a field");
    this.#position += 1;
    return byte;
  }

  #endOf(size: number): number {
    const end = this.#position + size;
    if (end > this.#bytes.length) throw new WireError("the bytes end in the middle of a field");
    return end;
  }
}

const integerLimits = { smallest: -(2n ** 63n), largest: 2n ** 63n - 1n } as const;

/**
 * Writes MessagePack item by item, each in its shortest form.
 *
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 */
export class MessagePackWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  /** Everything written so far. */
  get bytes(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Nothing there. */
  nil(): void {
    this.#byte(0xc0);
  }

  /** The engines' sign for a value that is not known yet: extension 0 with one zero byte. */
  unknown(): void {
    this.raw(Uint8Array.of(0xd4, 0x00, 0x00));
  }

  /** True or false. */
  bool(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** Whether {@link integer} can write it. */
  static canHold(value: bigint): boolean {
    return value >= integerLimits.smallest && value <= integerLimits.largest;
  }

  /** A whole number of at most 64 bits, sign included. */
  integer(value: bigint): void {
    if (value >= 0n) this.#positive(value);
    else this.#negative(value);
  }

  /** A number as eight bytes. */
  float(value: number): void {
    this.#reserve(9);
    this.#byte(0xcb);
    this.#length = this.#bytes.writeDoubleBE(value, this.#length);
  }

  /** Text as UTF-8; half surrogates become U+FFFD. */
  string(value: string): void {
    const size = Buffer.byteLength(value, "utf8");
    if (size < 32) this.#byte(0xa0 | size);
    else this.#header(0xd9, size, 1);
    this.#reserve(size);
    this.#length += this.#bytes.write(value, this.#length, size, "utf8");
  }

  /** Plain bytes. */
  binary(value: Uint8Array): void {
    this.#header(0xc4, value.length, 1);
    this.raw(value);
  }

  /** Announces that many items. */
  array(length: number): void {
    if (length < 16) this.#byte(0x90 | length);
    else this.#header(0xdc, length, 2);
  }

  /** Announces that many pairs of key and value. */
  map(length: number): void {
    if (length < 16) this.#byte(0x80 | length);
    else this.#header(0xde, length, 2);
  }

  /** Bytes that are MessagePack already. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #positive(value: bigint): void {
    if (value < 0x80n) this.#byte(Number(value));
    else if (value <= 0xffff_ffffn) this.#header(0xcc, Number(value), 1);
    else {
      this.#byte(0xcf);
      this.#reserve(8);
      this.#length = this.#bytes.writeBigUInt64BE(value, this.#length);
    }
  }

  #negative(value: bigint): void {
    if (value >= -0x20n) {
      this.#byte(Number(value) + 0x100);
      return;
    }
    const size = value >= -0x80n ? 1 : value >= -0x8000n ? 2 : value >= -0x8000_0000n ? 4 : 8;
    this.#byte(0xd0 + Math.log2(size));
    this.#reserve(size);
    if (size === 8) this.#length = this.#bytes.writeBigInt64BE(value, this.#length);
    else this.#length = this.#bytes.writeIntBE(Number(value), this.#length, size);
  }

  /** The code for the shortest of 1, 2 or 4 bytes that holds the number, then the number; codes follow one another. */
  #header(firstCode: number, value: number, firstSize: 1 | 2): void {
    const needed = value < 0x100 ? 1 : value < 0x1_0000 ? 2 : 4;
    const size = Math.max(needed, firstSize);
    this.#byte(firstCode + Math.log2(size / firstSize));
    this.#reserve(size);
    this.#length = this.#bytes.writeUIntBE(value, this.#length, size);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + size));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}

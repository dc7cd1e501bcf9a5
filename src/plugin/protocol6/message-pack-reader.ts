import { WireFormatError } from "./wire-format-error.ts";

/** One item of MessagePack. Arrays and maps say how many items or pairs follow; extensions are skipped, whatever they hold. */
export type MessagePackToken =
  | { readonly kind: "nil" | "extension" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "binary"; readonly bytes: Uint8Array }
  | { readonly kind: "array"; readonly length: number }
  | { readonly kind: "map"; readonly length: number };

const nil = { kind: "nil" } as const;
const extension = { kind: "extension" } as const;

/**
 * Reads MessagePack item by item, without losing a bit of an integer.
 *
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 */
export class MessagePackReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Whether every byte was read. */
  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /**
   * The next item.
   *
   * @throws {WireFormatError} when the bytes end too early or are not MessagePack
   */
  next(): MessagePackToken {
    const first = this.#byte();
    if (first < 0x80) return { kind: "integer", value: BigInt(first) };
    if (first < 0x90) return { kind: "map", length: first & 0x0f };
    if (first < 0xa0) return { kind: "array", length: first & 0x0f };
    if (first < 0xc0) return this.#string(first & 0x1f);
    if (first >= 0xe0) return { kind: "integer", value: BigInt(first - 0x100) };
    if (first < 0xca) return this.#simpleOrBinary(first);
    return first < 0xd4 ? this.#numeric(first) : this.#sized(first);
  }

  #simpleOrBinary(first: number): MessagePackToken {
    switch (first) {
      case 0xc0:
        return nil;
      case 0xc2:
      case 0xc3:
        return { kind: "bool", value: first === 0xc3 };
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { kind: "binary", bytes: this.#take(this.#unsigned(1 << (first - 0xc4))) };
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#unsigned(1 << (first - 0xc7)));
      default:
        throw new WireFormatError("The bytes are not MessagePack: 0xc1 is never used");
    }
  }

  #numeric(first: number): MessagePackToken {
    if (first === 0xca) return { kind: "float", value: this.#take(4).readFloatBE() };
    if (first === 0xcb) return { kind: "float", value: this.#take(8).readDoubleBE() };
    if (first < 0xcf) return { kind: "integer", value: BigInt(this.#unsigned(1 << (first - 0xcc))) };
    if (first === 0xcf) return { kind: "integer", value: this.#take(8).readBigUInt64BE() };
    if (first === 0xd3) return { kind: "integer", value: this.#take(8).readBigInt64BE() };
    const size = 1 << (first - 0xd0);
    return { kind: "integer", value: BigInt(this.#take(size).readIntBE(0, size)) };
  }

  #sized(first: number): MessagePackToken {
    if (first < 0xd9) return this.#extension(1 << (first - 0xd4));
    if (first < 0xdc) return this.#string(this.#unsigned(1 << (first - 0xd9)));
    const length = this.#unsigned(first % 2 === 0 ? 2 : 4);
    return first < 0xde ? { kind: "array", length } : { kind: "map", length };
  }

  #string(size: number): MessagePackToken {
    const end = this.#endOf(size);
    const value = this.#bytes.toString("utf8", this.#position, end);
    this.#position = end;
    return { kind: "string", value };
  }

  #extension(size: number): MessagePackToken {
    this.#position = this.#endOf(1 + size);
    return extension;
  }

  #byte(): number {
    const end = this.#endOf(1);
    const byte = this.#bytes.readUInt8(this.#position);
    this.#position = end;
    return byte;
  }

  #unsigned(size: number): number {
    const end = this.#endOf(size);
    const value = this.#bytes.readUIntBE(this.#position, size);
    this.#position = end;
    return value;
  }

  #endOf(size: number): number {
    const end = this.#position + size;
    if (end > this.#bytes.length) throw new WireFormatError("The bytes end in the middle of a value");
    return end;
  }

  #take(size: number): Buffer {
    const end = this.#endOf(size);
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }
}

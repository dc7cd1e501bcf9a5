import { errorCodes, Http2Error } from "./http2-error.ts";

/**
 * How many bits the code of each byte has; the last one ends a text.
 *
 * @see RFC 7541, appendix B
 */
// prettier-ignore
const codeLengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];

const endOfText = 256;
const longestCode = 30;

/** The code in the order of its lengths. Codes of one length are consecutive, in the order of what they stand for. */
interface CodeTable {
  /** Of each length: how many codes there are. */
  readonly counts: readonly number[];
  /** Of each length: the first code. */
  readonly firstCodes: readonly number[];
  /** Of each length: where its first code stands in {@link CodeTable.symbols}. */
  readonly firstAt: readonly number[];
  readonly symbols: readonly number[];
}

function createTable(): CodeTable {
  const symbols = Array.from(codeLengths.keys()).sort(
    (left, right) => (codeLengths[left] ?? 0) - (codeLengths[right] ?? 0) || left - right,
  );
  const counts = Array<number>(longestCode + 1).fill(0);
  for (const length of codeLengths) counts[length] = (counts[length] ?? 0) + 1;
  const firstCodes = [0];
  const firstAt = [0];
  for (let length = 1; length <= longestCode; length += 1) {
    const before = counts[length - 1] ?? 0;
    firstCodes.push(((firstCodes[length - 1] ?? 0) + before) << 1);
    firstAt.push((firstAt[length - 1] ?? 0) + before);
  }
  return { counts, firstCodes, firstAt, symbols };
}

/** What a code of this length stands for; `undefined` for one that only begins so. */
function symbolOf(
  { counts, firstCodes, firstAt, symbols }: CodeTable,
  code: number,
  length: number,
): number | undefined {
  const offset = code - (firstCodes[length] ?? 0);
  return offset < (counts[length] ?? 0) ? symbols[(firstAt[length] ?? 0) + offset] : undefined;
}

let table: CodeTable | undefined;

/**
 * Decodes text in the Huffman code of HPACK, bit by bit: a connection has a few such texts in its first call, and hardly any
 * later.
 *
 * @throws {Http2Error} for bits that are not a text
 */
export function decodeHuffman(bytes: Buffer): string {
  table ??= createTable();
  const text: number[] = [];
  let code = 0;
  let length = 0;
  for (let at = 0; at < bytes.length * 8; at += 1) {
    code = (code << 1) | (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    length += 1;
    const symbol = symbolOf(table, code, length);
    if (symbol === endOfText) throw notText();
    if (symbol === undefined) continue;
    text.push(symbol);
    code = 0;
    length = 0;
  }
  // The last byte is filled up with ones, which is how the end of a text begins.
  if (length > 7 || code !== (1 << length) - 1) throw notText();
  return Buffer.from(text).toString("latin1");
}

function notText(): Http2Error {
  return new Http2Error(errorCodes.compression, "a header is not valid Huffman code");
}

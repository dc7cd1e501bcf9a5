import { expect, test } from "@jest/globals";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, createServer } from "node:net";
import { FrameReader } from "../../../src/plugin/http2/frame-reader.ts";
import { frameTypes } from "../../../src/plugin/http2/frames.ts";
import { HpackDecoder } from "../../../src/plugin/http2/hpack-decoder.ts";
import { encodeHeaders } from "../../../src/plugin/http2/hpack-encoder.ts";
import { errorCodes } from "../../../src/plugin/http2/http2-error.ts";
import { fc } from "../../support/search.ts";

type Fields = readonly (readonly [string, string])[];

/** What blocks say, one after another on one connection. */
function decoded(...blocks: readonly (string | Buffer)[]): readonly Fields[] {
  const decoder = new HpackDecoder();
  return blocks.map((block) => {
    const fields: [string, string][] = [];
    const bytes = typeof block === "string" ? Buffer.from(block.replaceAll(" ", ""), "hex") : block;
    decoder.decode(bytes, { field: ({ name, value }) => fields.push([name, value]) });
    return fields;
  });
}

const common = { ":method": "GET", ":authority": "www.example.com" };
/** What the examples of three requests say: RFC 7541, C.3 and C.4. */
const threeRequests = [
  { ...common, ":scheme": "http", ":path": "/" },
  { ...common, ":scheme": "http", ":path": "/", "cache-control": "no-cache" },
  { ...common, ":scheme": "https", ":path": "/index.html", "custom-key": "custom-value" },
];

test.each([
  [
    "as they are",
    [
      "828684410f7777772e6578616d706c652e636f6d",
      "828684be58086e6f2d6361636865",
      "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    ],
  ],
  [
    "in Huffman code",
    [
      "828684418cf1e3c2e5f23a6ba0ab90f4ff",
      "828684be5886a8eb10649cbf",
      "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ],
  ],
])("the requests of the RFC are read, with texts %s", (_how, blocks) => {
  expect(decoded(...blocks).map((fields) => Object.fromEntries(fields))).toEqual(threeRequests);
});

test("the answers of the RFC are read, whose table forgets the oldest fields", () => {
  const answers = decoded(
    "3fe101 488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
    "4883640effc1c0bf",
    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
  );

  const [date, location] = ["Mon, 21 Oct 2013 20:13:21 GMT", "https://www.example.com"];
  expect(answers.map((fields) => Object.fromEntries(fields))).toEqual([
    { ":status": "302", "cache-control": "private", date, location },
    { ":status": "307", "cache-control": "private", date, location },
    {
      ":status": "200",
      "cache-control": "private",
      date: "Mon, 21 Oct 2013 20:13:22 GMT",
      location,
      "content-encoding": "gzip",
      "set-cookie": "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
    },
  ]);
});

test("fields that are not kept, or must never be kept, are read like others", () => {
  const literal = decoded("040c2f73616d706c652f70617468", "100870617373776f726406736563726574");

  expect(literal).toEqual([[[":path", "/sample/path"]], [["password", "secret"]]]);
});

test.each([
  ["an index of zero", "80"],
  ["an index beyond the table", "be"],
  ["a name beyond the table", "7f00 0161"],
  ["a text that ends too early", "0003616263 04646566"],
  ["a size without its text", "0003"],
  ["a field without its value", "0000"],
  ["a number that does not end", "ffff"],
  ["a number that overflows", "ffffffffffffffffff01"],
  ["a table that is too large", "3fe21f"],
  ["a table that changes its size after a field", "82 20"],
  ["Huffman code with the code for the end", "0084ffffffff 00"],
  ["Huffman code that is filled up with a whole byte", "008207ff 00"],
  ["Huffman code that is filled up with zeros", "008118 00"],
])("%s is not a header", (_what, block) => {
  expect(() => decoded(block)).toThrow(expect.objectContaining({ code: errorCodes.compression }));
});

test("the table may be as large as it was agreed", () => {
  expect(decoded("3fe11f 82")).toEqual([[[":method", "GET"]]]);
});

test("a field that is larger than the table empties it", () => {
  const large = Buffer.concat([Buffer.from("4001617f811f", "hex"), Buffer.alloc(4096, "x")]);

  expect(() => decoded("4001610162", large, "be")).toThrow("a field that does not exist");
});

test("whatever bytes come, they are a header or refused", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (blocks) => {
      try {
        decoded(...blocks.map((block) => Buffer.from(block)));
      } catch (error) {
        expect(error).toMatchObject({ code: errorCodes.compression });
      }
    }),
  );
});

test("what is written is read again", () => {
  const texts = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  const names = fc.constantFrom(":status", "content-type", "grpc-status", "grpc-message", "allow");

  fc.assert(
    fc.property(fc.dictionary(names, texts), (fields) => {
      expect(decoded(encodeHeaders(fields))).toEqual([Object.entries(fields)]);
    }),
  );
});

test("what Node's client writes is read, call after call, with every byte that a header can have", async () => {
  const received: Fields[] = [];
  const decoder = new HpackDecoder();
  const server = createServer((socket) => {
    socket.write(Buffer.from("000000040000000000", "hex"));
    const reader = new FrameReader({
      data: () => undefined,
      frame: ({ type }, payload) => {
        if (type !== frameTypes.headers) return;
        const fields: [string, string][] = [];
        decoder.decode(payload, { field: ({ name, value }) => fields.push([name, value]) });
        received.push(fields);
        if (received.length === 40) socket.destroy();
      },
    });
    socket.on("data", (piece: Buffer) => {
      reader.push(piece);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  session.on("error", () => undefined);
  const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => character >= " " && character !== "\x7f",
  );
  const sent = Array.from({ length: 40 }, (_, index) => ({
    "x-one": bytes.slice(index * 5, index * 5 + 60).join("x"),
    [`x-${index % 7}`]: "y".repeat(index * 20 + 1),
  }));

  for (const fields of sent) session.request({ ":path": "/test", ...fields }).on("error", () => undefined);
  await once(session, "close");
  server.close();

  const regular = received.map((fields) => Object.fromEntries(fields.filter(([name]) => name.startsWith("x-"))));
  expect(regular).toEqual(sent);
});

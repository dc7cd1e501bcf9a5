import { expect, test } from "@jest/globals";
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { decodeMessage, encodeFrame } from "../../../src/plugin/grpc/frame.ts";
import { GrpcError } from "../../../src/plugin/grpc/status.ts";
import {
  decodeApplyResourceChange_Request,
  decodeCallFunction_Request,
  encodeGetProviderSchema_Response,
  encodePlanResourceChange_Response,
  type GetProviderSchema_ResponseInit,
  type PlanResourceChange_ResponseInit,
} from "../../../src/plugin/protocol6/generated/tfplugin6.ts";
import {
  ApplyResourceChange_RequestSchema,
  CallFunction_RequestSchema,
  GetProviderSchema_ResponseSchema,
  PlanResourceChange_ResponseSchema,
} from "../../support/protocol6/generated/tfplugin6_pb.ts";
import { fc } from "../../support/search.ts";

/*
 * Our reading and writing of messages against a library of other people, which tests the same bytes from the other side.
 */

const bytes = fc.uint8Array({ maxLength: 200 });
const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "grapheme", maxLength: 200 }));
const dynamicValue = fc.record({ msgpack: bytes, json: bytes });
const identity = fc.record({ identityData: dynamicValue });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const applyRequest: fc.Arbitrary<MessageInitShape<typeof ApplyResourceChange_RequestSchema>> = fc.record(
  {
    typeName: text,
    priorState: dynamicValue,
    plannedState: dynamicValue,
    config: dynamicValue,
    plannedPrivate: bytes,
    plannedIdentity: identity,
  },
  { requiredKeys: [] },
);

/** What the library read or wrote, without what only it knows. */
function plain(message: unknown): unknown {
  if (message instanceof Uint8Array) return Buffer.from(message).toString("hex");
  if (Array.isArray(message)) return message.map(plain);
  if (typeof message !== "object" || message === null) return message;
  const fields = Object.entries(message).filter(([name, value]) => !name.startsWith("$") && value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, plain(value)]));
}

test("a request is read as the library wrote it", () => {
  fc.assert(
    fc.property(applyRequest, (init) => {
      const sent = create(ApplyResourceChange_RequestSchema, init);

      const read = decodeMessage(
        decodeApplyResourceChange_Request,
        Buffer.from(toBinary(ApplyResourceChange_RequestSchema, sent)),
      );

      expect(plain(read)).toEqual(plain(sent));
    }),
  );
});

test("repeated messages of a request keep their order", () => {
  const sent = create(CallFunction_RequestSchema, {
    name: "shout",
    arguments: [{ msgpack: Buffer.of(1) }, {}, { json: Buffer.of(2) }],
  });

  const read = decodeMessage(decodeCallFunction_Request, Buffer.from(toBinary(CallFunction_RequestSchema, sent)));

  expect(plain(read)).toEqual(plain(sent));
});

test("a message that comes in two parts is one message", () => {
  const parts = [{ priorState: { msgpack: Buffer.of(1) } }, { priorState: { json: Buffer.of(2) }, typeName: "x" }].map(
    (init) => toBinary(ApplyResourceChange_RequestSchema, create(ApplyResourceChange_RequestSchema, init)),
  );
  const whole = Buffer.concat(parts);

  const read = decodeMessage(decodeApplyResourceChange_Request, whole);

  expect(plain(read)).toEqual(plain(fromBinary(ApplyResourceChange_RequestSchema, whole)));
});

test("whatever the bytes are, they are read or refused, and nothing else", () => {
  const changed = fc
    .tuple(applyRequest, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 5 }), fc.nat())
    .map(([init, changes, end]) => {
      const sent = create(ApplyResourceChange_RequestSchema, init);
      const whole = Buffer.from(toBinary(ApplyResourceChange_RequestSchema, sent));
      for (const [at, byte] of changes) if (whole.length > 0) whole[at % whole.length] = byte;
      return end % 3 === 0 ? whole.subarray(0, end % (whole.length + 1)) : whole;
    });
  const any = bytes.map((each) => Buffer.from(each));
  fc.assert(
    fc.property(fc.oneof(changed, any), (received) => {
      try {
        expect(decodeMessage(decodeApplyResourceChange_Request, received).typeName).toEqual(expect.any(String));
      } catch (error) {
        expect(error).toMatchObject({ name: "GrpcError", cause: { name: "WireError" } });
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["a number without an end", Buffer.alloc(11, 0xff)],
  ["a field with the number 0", Buffer.of(0)],
  ["a message larger than the one it is in", Buffer.of(18, 2, 10, 100)],
  ["a size beyond the end", Buffer.of(10, 0xff, 0xff, 0xff, 0xff, 0x0f)],
  ["a group without an end", Buffer.of(0xfb, 0x01)],
  ["the end of a group that was never begun", Buffer.of(0xfc, 0x01)],
  ["a million groups within groups", Buffer.alloc(1_000_000, 0x7b)],
])("%s is refused with a status, and in no other way", (_what, received) => {
  expect(() => decodeMessage(decodeApplyResourceChange_Request, received)).toThrow(GrpcError);
});

test("fields that newer engines send are passed over, of every kind", () => {
  const unknown = Buffer.of(
    ...[0xf8, 0x01, 0x96, 0x01], // a number
    ...[0xf9, 0x01, 1, 2, 3, 4, 5, 6, 7, 8], // eight bytes
    ...[0xfa, 0x01, 2, 1, 2], // bytes of a size
    ...[0xfb, 0x01, 0xfb, 0x02, 0xfc, 0x02, 0xfc, 0x01], // a group in a group
    ...[0xfd, 0x01, 1, 2, 3, 4], // four bytes
  );
  const known = toBinary(
    ApplyResourceChange_RequestSchema,
    create(ApplyResourceChange_RequestSchema, { typeName: "x" }),
  );

  const read = decodeMessage(decodeApplyResourceChange_Request, Buffer.concat([unknown, known, unknown]));

  expect(read.typeName).toBe("x");
});

const diagnostic = fc.record({
  severity: fc.constantFrom(1 as const, 2 as const),
  summary: text,
  detail: text,
  attribute: fc.record({
    steps: fc.array(
      fc
        .oneof(
          fc.record({ case: fc.constant("attributeName" as const), value: text }),
          fc.record({ case: fc.constant("elementKeyString" as const), value: text }),
          fc.record({ case: fc.constant("elementKeyInt" as const), value: int64 }),
        )
        .map((selector) => ({ selector })),
      { maxLength: 4 },
    ),
  }),
});

const planResponse: fc.Arbitrary<PlanResourceChange_ResponseInit> = fc.record(
  {
    plannedState: dynamicValue,
    plannedPrivate: bytes,
    plannedIdentity: identity,
    diagnostics: fc.array(diagnostic, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

test("an answer is written as the library would write it", () => {
  fc.assert(
    fc.property(planResponse, (init) => {
      const written = encodeFrame(encodePlanResourceChange_Response, init).subarray(5);

      expect(plain(fromBinary(PlanResourceChange_ResponseSchema, written))).toEqual(
        plain(
          create(PlanResourceChange_ResponseSchema, init as MessageInitShape<typeof PlanResourceChange_ResponseSchema>),
        ),
      );
    }),
  );
});

test("schemas are written as the library would write them, however deep they are and however large", () => {
  const schema = (size: number): GetProviderSchema_ResponseInit => ({
    provider: { version: -1n, block: { description: "x".repeat(size), deprecated: true } },
    resourceSchemas: {
      "": { block: {} },
      thing: {
        version: 2n ** 62n,
        block: {
          attributes: [
            { name: "a", nestedType: { nesting: 1, attributes: [{ name: "b", type: Buffer.from('"string"') }] } },
          ],
          blockTypes: [{ typeName: "c", nesting: 5, minItems: 1n, block: { description: "y".repeat(size) } }],
        },
      },
    },
  });

  for (const size of [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1f_ffff, 0x20_0000]) {
    const init = schema(size);
    const written = encodeFrame(encodeGetProviderSchema_Response, init).subarray(5);
    const theirs = fromBinary(GetProviderSchema_ResponseSchema, written);
    const expected = create(
      GetProviderSchema_ResponseSchema,
      init as MessageInitShape<typeof GetProviderSchema_ResponseSchema>,
    );
    expect(plain(theirs)).toEqual(plain(expected));
  }
});

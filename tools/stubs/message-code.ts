import {
  type DescEnum,
  type DescField,
  type DescFile,
  type DescMessage,
  type DescMethod,
  type DescService,
  ScalarType,
} from "@bufbuild/protobuf";

const scalarTypes: Partial<
  Record<ScalarType, { readonly type: string; readonly method: string; readonly zero: string }>
> = {
  [ScalarType.STRING]: { type: "string", method: "string", zero: '""' },
  [ScalarType.BYTES]: { type: "Uint8Array", method: "bytes", zero: "noBytes" },
  [ScalarType.BOOL]: { type: "boolean", method: "bool", zero: "false" },
  [ScalarType.INT64]: { type: "bigint", method: "int64", zero: "0n" },
};

/**
 * The TypeScript for one `.proto` file: which fields its messages have, and how they are read and written. Requests are only
 * read and answers only written. It has what this protocol needs, and refuses the rest of Protocol Buffers.
 */
export function messageCode(file: DescFile): string {
  const answered = file.services.flatMap(({ methods }) => methods.filter((method) => kindOf(method) !== "held"));
  const read = closureOf(answered.map(({ input }) => input));
  const written = closureOf(answered.map(({ output }) => output));
  const parts = [
    ...enumsOf([...read, ...written]).map(enumCode),
    ...[...read].map(decodeCode),
    ...[...written].map(encodeCode),
    ...file.services.map(serviceCode),
  ];
  return `${header(file)}\n${importsFor(parts.join("\n"))}${parts.join("\n")}`;
}

function header(file: DescFile): string {
  return `// Written by "npm run generate:stubs" from ${file.name}.proto; not to be edited.\n/* eslint-disable */\n`;
}

function importsFor(code: string): string {
  const rpcs = ["HeldRpc", "ServerStreamRpc", "UnaryRpc", "Writable"].filter((name) => code.includes(name));
  const lines = [
    `import type { ${rpcs.join(", ")} } from "../../protobuf/rpc.ts";`,
    ...(code.includes("WireReader") ? ['import type { WireReader } from "../../protobuf/wire-reader.ts";'] : []),
    ...(code.includes("WireWriter") ? ['import type { WireWriter } from "../../protobuf/wire-writer.ts";'] : []),
    ...(code.includes("noBytes") ? ["", "const noBytes = new Uint8Array();"] : []),
  ];
  return `${lines.join("\n")}\n\n`;
}

/** These messages and all that are within them. */
function closureOf(roots: readonly DescMessage[]): ReadonlySet<DescMessage> {
  const found = new Set<DescMessage>();
  const add = (message: DescMessage): void => {
    if (found.has(message)) return;
    found.add(message);
    for (const { message: inner } of message.fields) if (inner !== undefined) add(inner);
  };
  roots.forEach(add);
  return found;
}

function enumsOf(messages: readonly DescMessage[]): readonly DescEnum[] {
  return [...new Set(messages.flatMap(({ fields }) => fields.flatMap((field) => field.enum ?? [])))];
}

/** Enums are constants and types, since our TypeScript is JavaScript plus types and nothing else. */
function enumCode(description: DescEnum): string {
  const name = nameOf(description);
  const members = description.values.map((value) => `  ${value.localName}: ${value.number},\n`).join("");
  return `/** ${description.typeName} */\nexport const ${name} = {\n${members}} as const;\n\n/** ${description.typeName} */\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
}

function decodeCode(message: DescMessage): string {
  const name = nameOf(message);
  // A map is passed over: the one in a request is the flat map of Terraform 0.11, which nobody reads.
  const fields = message.fields
    .filter(({ fieldKind }) => fieldKind !== "map")
    .map((field) => ({ field, ...readField(field) }));
  const types = fields.map(({ field, type }) => `  readonly ${field.localName}: ${type};\n`).join("");
  const zeros = fields.map(({ field, zero }) => `    ${field.localName}: ${zero},\n`).join("");
  const cases = fields
    .map(({ field, read }) => `      case ${tagOf(field)}:\n        ${read};\n        break;\n`)
    .join("");
  const before = fields.length === 0 ? "_before" : "before";
  return `/** ${message.typeName}, as it is received. */\nexport interface ${name} {\n${types}}\n
export function decode${name}(reader: WireReader, end: number, ${before}?: ${name}): ${name} {
  const message: Writable<${name}> = {\n${zeros}  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
${cases}      default:
        reader.skip(tag);
    }
  }
  return message;\n}\n`;
}

interface ReadField {
  readonly type: string;
  /** What it is before it is read. */
  readonly zero: string;
  /** The statement that reads it. */
  readonly read: string;
}

function readField(field: DescField): ReadField {
  if (isChoice(field)) throw unsupported(field);
  const target = `message.${field.localName}`;
  const before = `before?.${field.localName}`;
  switch (field.fieldKind) {
    case "scalar": {
      const { type, method, zero } = scalarOf(field, field.scalar);
      const read = `${target} = reader.${method}()`;
      return isOptional(field)
        ? { type: `${type} | undefined`, zero: before, read }
        : { type, zero: `${before} ?? ${zero}`, read };
    }
    case "message": {
      const type = nameOf(field.message);
      const read = `${target} = decode${type}(reader, reader.messageEnd(), ${target})`;
      return { type: `${type} | undefined`, zero: before, read };
    }
    case "list": {
      const type = nameOf(messageOf(field));
      const read = `${target}.push(decode${type}(reader, reader.messageEnd()))`;
      return { type: `${type}[]`, zero: `[...(${before} ?? [])]`, read };
    }
    default:
      throw unsupported(field);
  }
}

function encodeCode(message: DescMessage): string {
  const name = nameOf(message);
  const plain = message.fields.filter((field) => !isChoice(field));
  const types = plain.map((field) => `  readonly ${field.localName}?: ${sentType(field)} | undefined;\n`).join("");
  const choices = message.oneofs
    .filter((oneof) => oneof.fields.some(isChoice))
    .map(({ localName, fields }) => {
      const cases = fields.map(
        (field) => `{ readonly case: "${field.localName}"; readonly value: ${sentType(field)} }`,
      );
      return { localName, fields, type: cases.join(" | ") };
    });
  const choiceTypes = choices.map(({ localName, type }) => `  readonly ${localName}: ${type};\n`).join("");
  const writes = plain.map(writeField).join("");
  const choiceWrites = choices.map(({ localName, fields }) => {
    const cases = fields.map(
      (field) =>
        `    case "${field.localName}":\n      ${writeValue(field, `message.${localName}.value`)};\n      break;\n`,
    );
    return `  switch (message.${localName}.case) {\n${cases.join("")}  }\n`;
  });
  const parameters = message.fields.length === 0 ? "_writer: WireWriter, _message" : "writer: WireWriter, message";
  return `/** ${message.typeName}, as it is sent: what is left out is as good as its zero. */\nexport interface ${name}Init {\n${types}${choiceTypes}}\n
export function encode${name}(${parameters}: ${name}Init): void {\n${writes}${choiceWrites.join("")}}\n`;
}

function sentType(field: DescField): string {
  switch (field.fieldKind) {
    case "scalar":
      return field.scalar === ScalarType.INT32 ? "number" : scalarOf(field, field.scalar).type;
    case "enum":
      return nameOf(field.enum);
    case "message":
      return `${nameOf(field.message)}Init`;
    case "list":
      return `readonly ${nameOf(messageOf(field))}Init[]`;
    case "map":
      return `Readonly<Record<string, ${nameOf(messageOf(field))}Init>>`;
  }
}

function writeField(field: DescField): string {
  const value = `message.${field.localName}`;
  const statement = writeValue(field, value);
  switch (field.fieldKind) {
    case "list":
      return `  for (const each of ${value} ?? []) ${writeValue(field, "each")};\n`;
    case "map":
      return `  for (const entry of Object.entries(${value} ?? {})) writer.entry(${tagOf(field)}, entry, encode${nameOf(messageOf(field))});\n`;
    case "message":
      return `  if (${value} !== undefined) ${statement};\n`;
    case "scalar":
      if (isOptional(field)) return `  if (${value} !== undefined) ${statement};\n`;
      if (field.scalar === ScalarType.BYTES)
        return `  if (${value} !== undefined && ${value}.length > 0) ${statement};\n`;
      return `  if (${value}) ${statement};\n`;
    case "enum":
      return `  if (${value}) ${statement};\n`;
  }
}

function writeValue(field: DescField, value: string): string {
  const tag = tagOf(field);
  switch (field.fieldKind) {
    case "scalar":
      return field.scalar === ScalarType.INT32
        ? `writer.int64(${tag}, BigInt(${value}))`
        : `writer.${scalarOf(field, field.scalar).method}(${tag}, ${value})`;
    case "enum":
      return `writer.enumeration(${tag}, ${value})`;
    default:
      return `writer.message(${tag}, ${value}, encode${nameOf(messageOf(field))})`;
  }
}

function serviceCode(service: DescService): string {
  const methods = service.methods.map((method) => {
    const { name, localName, input, output } = method;
    const path = `path: "/${service.typeName}/${name}"`;
    const kind = kindOf(method);
    if (kind === "held") return `  ${localName}: { ${path} } satisfies HeldRpc,\n`;
    const [request, response] = [nameOf(input), nameOf(output)];
    const type = kind === "unary" ? "UnaryRpc" : "ServerStreamRpc";
    return `  ${localName}: { ${path}, decode: decode${request}, encode: encode${response} } satisfies ${type}<${request}, ${response}Init>,\n`;
  });
  return `/** ${service.typeName} */\nexport const ${service.name} = {\n${methods.join("")}} as const;\n`;
}

/** How a call goes. Of streams, the provider writes those whose answers are its own; it holds the others open, and sends nothing. */
function kindOf({ methodKind, input, parent }: DescMethod): "unary" | "server-stream" | "held" {
  if (methodKind === "unary") return "unary";
  // The request of the stream of standard output is a message of Google's.
  return methodKind === "server_streaming" && input.file === parent.file ? "server-stream" : "held";
}

/** Number and wire type, as they stand before the field. */
function tagOf(field: DescField): number {
  const isVarint =
    field.fieldKind === "enum" ||
    (field.fieldKind === "scalar" && [ScalarType.BOOL, ScalarType.INT64, ScalarType.INT32].includes(field.scalar));
  return field.number * 8 + (isVarint ? 0 : 2);
}

function nameOf({ typeName, file }: DescMessage | DescEnum): string {
  return typeName.slice(file.proto.package.length + 1).replaceAll(".", "_");
}

function messageOf(field: DescField): DescMessage {
  if (field.message === undefined) throw unsupported(field);
  return field.message;
}

function scalarOf(
  field: DescField,
  scalar: ScalarType,
): { readonly type: string; readonly method: string; readonly zero: string } {
  const found = scalarTypes[scalar];
  if (found === undefined) throw unsupported(field);
  return found;
}

/** Whether presence is told apart from zero. */
function isOptional(field: DescField): boolean {
  return field.proto.proto3Optional;
}

function isChoice(field: DescField): boolean {
  return field.oneof !== undefined && !isOptional(field);
}

function unsupported(field: DescField): Error {
  return new Error(
    `${field.parent.typeName}.${field.name} is of a kind that tools/stubs/message-code.ts does not write yet.`,
  );
}

import { execFile } from "node:child_process";
import { once } from "node:events";

/** Holds a document to OpenAPI's own schema, in a process that may import ES modules. */
export async function validateOpenApi(document: string): Promise<unknown> {
  const program = `
    import { Validator } from "@seriousme/openapi-schema-validator";
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(Buffer.concat(chunks)));
    console.log(JSON.stringify({ ...result, version: validator.version }));`;
  const child = execFile(process.execPath, ["--input-type=module", "-e", program]);
  let out = "";
  child.stdout?.on("data", (chunk: string) => (out += chunk));
  child.stdin?.end(document);
  await once(child, "close");
  return JSON.parse(out);
}

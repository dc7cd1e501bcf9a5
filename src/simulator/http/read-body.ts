import type { IncomingMessage } from "node:http";

/** The whole body, or `undefined` when it is too large; it is read to its end all the same, or no answer would arrive. */
export async function readBody(request: IncomingMessage, largestBytes: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= largestBytes) chunks.push(chunk);
    else chunks = [];
  }
  return sizeBytes <= largestBytes ? Buffer.concat(chunks) : undefined;
}

import { type FieldSink, sizeOf } from "./hpack-decoder.ts";
import type { HeaderField } from "./static-table.ts";

/** What is needed of the headers of a request. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly grpcTimeout: string | undefined;
}

/** What the headers of one request may take, counted as HPACK counts. */
export const largestHeaderBytes = 64 * 1024;

/** Takes the fields of one header block, and keeps what is needed. */
export class RequestHeadReader implements FieldSink {
  #method: string | undefined;
  #path: string | undefined;
  #contentType = "";
  #grpcTimeout: string | undefined;
  #bytes = 0;
  #isMalformed = false;
  #hasRegular = false;

  /** Takes the next field. */
  field(field: HeaderField): void {
    this.#bytes += sizeOf(field);
    const { name, value } = field;
    if (name.startsWith(":")) this.#pseudo(name, value);
    else this.#regular(name, value);
  }

  /** The head of the request; `undefined` for one that HTTP/2 does not allow, or that is too large. */
  finish(): RequestHead | undefined {
    const [method, path] = [this.#method, this.#path];
    if (this.#isMalformed || method === undefined || path === undefined) return undefined;
    if (this.#bytes > largestHeaderBytes) return undefined;
    return { method, path, contentType: this.#contentType, grpcTimeout: this.#grpcTimeout };
  }

  #pseudo(name: string, value: string): void {
    // They come once each, and before all others.
    if (this.#hasRegular) this.#isMalformed = true;
    if (name === ":method") {
      this.#isMalformed ||= this.#method !== undefined;
      this.#method = value;
    } else if (name === ":path") {
      this.#isMalformed ||= this.#path !== undefined;
      this.#path = value;
    } else if (name !== ":scheme" && name !== ":authority") {
      this.#isMalformed = true;
    }
  }

  #regular(name: string, value: string): void {
    this.#hasRegular = true;
    if (name === "content-type") this.#contentType = value;
    else if (name === "grpc-timeout") this.#grpcTimeout = value;
  }
}

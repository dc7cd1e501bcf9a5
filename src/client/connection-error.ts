import type { ConnectionFault } from "./cluster-error.ts";

/** What a {@link ConnectionError} knows besides the fault. */
export interface ConnectionFacts extends ErrorOptions {
  /** SHA-256 fingerprint of the certificate that was met and not trusted. */
  readonly certificateSha256?: string | undefined;
  /** HTTP status with which a proxy refused to open a tunnel. */
  readonly proxyStatus?: number | undefined;
}

/** Why no connection came about; nothing was sent over it. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly fault: ConnectionFault;
  readonly certificateSha256: string | undefined;
  readonly proxyStatus: number | undefined;

  constructor(fault: ConnectionFault, facts: ConnectionFacts = {}) {
    super(`no connection: ${fault}`, facts);
    this.fault = fault;
    this.certificateSha256 = facts.certificateSha256;
    this.proxyStatus = facts.proxyStatus;
  }
}

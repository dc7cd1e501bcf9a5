import type { ListenAddress } from "./handshake.ts";

/** A provider that runs on its own, for engines to attach to. */
export interface ReattachTarget {
  /** Source address of the provider, as configurations name it: `example/null`. */
  readonly source: string;
  readonly address: ListenAddress;
  readonly pid: number;
}

/** What to type in the engine's terminal, so that it uses this process instead of starting one. */
export function reattachCommand({ source, address, pid }: ReattachTarget): string {
  const target = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: pid,
    Test: true,
    Addr: { Network: address.network, String: address.address },
  };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify({ [source]: target })}'`;
}

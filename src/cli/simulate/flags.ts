/** The flags of `simulate`. */
export interface SimulateFlags {
  readonly port: number;
  readonly host: string;
  readonly adminPassword?: string;
  readonly data?: string;
  readonly seed?: string;
  readonly export?: string;
  readonly coreVersion?: string;
  readonly clusterName?: string;
  readonly latency: number;
  readonly clock?: string;
  readonly clockFile?: string;
  readonly fault: readonly string[];
  readonly vary: readonly string[];
  readonly requestLog?: string;
  readonly counters?: string;
  readonly controlSocket?: string;
  readonly controlPort?: number;
  readonly controlHost?: string;
  readonly controlSecretFile?: string;
  readonly ping?: boolean;
  readonly json?: boolean;
  /** A program and its arguments, which the cluster is for. */
  readonly command?: readonly string[];
}

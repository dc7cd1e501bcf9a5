/** One block of a configuration file that an audit may speak of. */
export interface Block {
  /** Such as `qumulo_role.reader`, `data.qumulo_role.reader` or `provider.qumulo.second`: an address without modules. */
  readonly address: string;
  /** From 1. */
  readonly line: number;
  /** The path of the CDKTF construct that it comes from. */
  readonly constructPath?: string;
}

/** What every operation of the provider gets: the way to one cluster. */
export interface Connection {
  readonly host: string;
}

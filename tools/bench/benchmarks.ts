/** A benchmark of this repository, as `npm run bench` runs it. */
export interface Benchmark {
  /** `npm run bench:NAME` runs it alone. */
  readonly name: string;
  /** The file in this folder. */
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it runs an engine, so that its figures depend on which. */
  readonly needsEngine: boolean;
}

const plain = (name: string): Benchmark => ({ name, program: `bench-${name}.ts`, args: [], needsEngine: false });
const withEngine = (name: string): Benchmark => ({ ...plain(name), needsEngine: true });

/** All of them, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  plain("startup"),
  withEngine("engine"),
  { name: "growth", program: "bench-engine.ts", args: ["--growth"], needsEngine: true },
  withEngine("requests"),
  plain("synth"),
  plain("import"),
  plain("audit"),
  plain("tokens"),
  plain("simulator"),
];

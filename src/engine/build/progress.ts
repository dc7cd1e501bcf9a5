import { type ProgramPin, renderPin } from "./pins.ts";

/** How far the way to a built program is. Reported about once a second; `ready` or `failed` comes last. */
export type BuildProgress = { readonly pin: ProgramPin; readonly elapsedMs: number } & (
  | { readonly kind: "waiting"; readonly ownerPid: number }
  | { readonly kind: "building"; readonly downloads: number; readonly packages: number }
  | { readonly kind: "ready"; readonly program: string }
  | { readonly kind: "failed" }
);

/** Where progress is written, usually standard error. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const plainIntervalMs = 15_000;

/**
 * Shows progress to people: on a terminal one line that is rewritten, elsewhere (logs) one line every 15 seconds and
 * whenever something else begins.
 */
export function createProgressRenderer(stream: ProgressStream): (progress: BuildProgress) => void {
  let last: { readonly kind: string; readonly elapsedMs: number } | undefined;
  return (progress) => {
    const text = describe(progress);
    const isDue = last?.kind !== progress.kind || progress.elapsedMs - last.elapsedMs >= plainIntervalMs;
    const isLast = progress.kind === "ready" || progress.kind === "failed";
    if (stream.isTTY === true) stream.write(`\r\u001b[2K${text}${isLast ? "\n" : ""}`);
    else if (isDue) stream.write(`${text}\n`);
    if (isDue) last = { kind: progress.kind, elapsedMs: progress.elapsedMs };
  };
}

function describe(progress: BuildProgress): string {
  const name = renderPin(progress.pin);
  const seconds = `${Math.round(progress.elapsedMs / 1_000)} s`;
  switch (progress.kind) {
    case "waiting":
      return `Waiting for process ${progress.ownerPid}, which is building ${name} (${seconds})`;
    case "building": {
      const done = [
        ...(progress.downloads > 0 ? [`${progress.downloads} modules downloaded`] : []),
        ...(progress.packages > 0 ? [`${progress.packages} packages compiled`] : []),
      ];
      const soFar = done.length === 0 ? "starting" : done.join(", ");
      return `Building ${name} with Go, once; this takes some minutes: ${soFar} (${seconds})`;
    }
    case "ready":
      return `${name} is ready after ${seconds}: ${progress.program}`;
    case "failed":
      return `Building ${name} ended without success (${seconds})`;
  }
}

/** The kinds of frames. Unknown ones are ignored. */
export const frameTypes = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  resetStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goAway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

/** What frames are marked with. */
export const flags = {
  ack: 0x1,
  endStream: 0x1,
  endHeaders: 0x4,
  padded: 0x8,
  priority: 0x20,
} as const;

/** The bytes before the payload of each frame. */
export const frameHeadBytes = 9;

/** The largest payload that either side takes while it has not said otherwise. This server never says otherwise. */
export const defaultFrameBytes = 16 * 1024;

/** The beginning of a frame. */
export interface FrameHead {
  /** Of the payload. */
  readonly size: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
}

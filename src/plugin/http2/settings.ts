import { defaultFrameBytes } from "./frames.ts";
import { errorCodes, Http2Error } from "./http2-error.ts";
import { largestWindow } from "./outgoing.ts";
import { largestHeaderBytes } from "./request-head.ts";

/** What each side tells of itself, by number. */
const settingIds = { enablePush: 0x2, maxCalls: 0x3, streamWindow: 0x4, frameBytes: 0x5, headerBytes: 0x6 } as const;

const settingBytes = 6;
const largestFrameBytes = 0xff_ffff;

/** How many calls may be under way on one connection. */
export const mostCalls = 20_000;

/**
 * What this server tells of itself. Its windows never stop anybody, since messages are as large as engines like, and are taken
 * as they come.
 */
export const ownSettings = encode([
  [settingIds.maxCalls, mostCalls],
  [settingIds.streamWindow, largestWindow],
  [settingIds.headerBytes, largestHeaderBytes],
]);

/** What matters of the other side's settings. */
export interface Settings {
  readonly streamWindow?: number;
  readonly frameBytes?: number;
}

function encode(settings: readonly (readonly [number, number])[]): Buffer {
  const payload = Buffer.alloc(settings.length * settingBytes);
  for (const [index, [id, value]] of settings.entries()) {
    payload.writeUInt16BE(id, index * settingBytes);
    payload.writeUInt32BE(value, index * settingBytes + 2);
  }
  return payload;
}

/**
 * What the other side says of itself.
 *
 * @throws {Http2Error} for values that do not exist
 */
export function parseSettings(payload: Buffer): Settings {
  if (payload.length % settingBytes !== 0) throw new Http2Error(errorCodes.frameSize, "the settings are not whole");
  const settings: { streamWindow?: number; frameBytes?: number } = {};
  for (let at = 0; at < payload.length; at += settingBytes) {
    const value = payload.readUInt32BE(at + 2);
    const id = payload.readUInt16BE(at);
    if (id === settingIds.enablePush) check(value <= 1, errorCodes.protocol);
    if (id === settingIds.streamWindow) {
      check(value <= largestWindow, errorCodes.flowControl);
      settings.streamWindow = value;
    }
    if (id === settingIds.frameBytes) {
      check(value >= defaultFrameBytes && value <= largestFrameBytes, errorCodes.protocol);
      settings.frameBytes = value;
    }
  }
  return settings;
}

function check(isAllowed: boolean, code: typeof errorCodes.protocol | typeof errorCodes.flowControl): void {
  if (!isAllowed) throw new Http2Error(code, "a setting has a value that does not exist");
}

import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "../../../src/framework/json.ts";
import { openPrivateState, type StoredPrivateState } from "../../../src/framework/private-state.ts";
import { inUse, kept } from "../../../src/provider/access-token/series/phase.ts";
import { recall, remember, type SeriesMemory } from "../../../src/provider/access-token/series/private-state.ts";

const end = "2026-05-31T07:59:59.999123456Z";
const retireAt = "2026-03-03T08:00:00.000Z";
const other = { domain: "LOCAL", auth_id: "1007", uid: null, gid: null, sid: null, name: "svc" };
const request = { authId: "1004", sentAt: "2026-03-02T08:00:00.000Z", end, isUnmistakable: true };
const storedRequest = { auth_id: "1004", sent_at: "2026-03-02T08:00:00.000Z", end, unmistakable: true };
const quiet: SeriesMemory = { current: inUse(undefined), previous: kept(), lost: [] };

/** Each form of what is stored, and the phase that it says. */
const forms: readonly (readonly [string, JsonObject, Partial<SeriesMemory>])[] = [
  ["nothing", {}, {}],
  ["a token with an end of its own", { end }, { current: inUse(end) }],
  [
    "a token that is due for its rotation",
    { end, rotation_due: true },
    { current: { kind: "rotation-due", end, owner: { kind: "meant" } } },
  ],
  [
    "a due token whose end somebody else set",
    { rotation_due: true },
    { current: { kind: "rotation-due", end: undefined, owner: { kind: "meant" } } },
  ],
  [
    "a token that is gone",
    { gone: true, retire_at: retireAt },
    { current: { kind: "gone" }, previous: kept(retireAt) },
  ],
  [
    "a token whose account nobody is called by now",
    { end, account: "nobody" },
    { current: { kind: "in-use", end, owner: { kind: "not-meant", now: "nobody" } } },
  ],
  [
    "a token whose name means another account",
    { end, account: other },
    { current: { kind: "in-use", end, owner: { kind: "not-meant", now: other } } },
  ],
  [
    "a due token of a deleted account",
    { end, rotation_due: true, dead: true, account: "nobody" },
    { current: { kind: "rotation-due", end, owner: { kind: "deleted", now: "nobody" } } },
  ],
  [
    "a token of an account that was made again",
    { dead: true, account: other },
    { current: { kind: "in-use", end: undefined, owner: { kind: "deleted", now: other } } },
  ],
  ["a previous token that overlaps", { end, retire_at: retireAt }, { current: inUse(end), previous: kept(retireAt) }],
  [
    "a previous token that is not accepted like the token in use",
    { retire_at: retireAt, uneven: true },
    { previous: { kind: "uneven", retireAt } },
  ],
  [
    "a previous token that has ended",
    { retire_at: retireAt, clean_up_due: true },
    { previous: { kind: "over", retireAt } },
  ],
  [
    "a previous token that has ended by an end that was not ours",
    { clean_up_due: true },
    { previous: { kind: "over", retireAt: undefined } },
  ],
  [
    "what a lost request has left",
    { clean_up_due: true, stray: true, lost: [storedRequest] },
    { previous: { kind: "stray", retireAt: undefined }, lost: [request] },
  ],
  [
    "a token that is gone, beside a previous one that has ended",
    { gone: true, retire_at: retireAt, clean_up_due: true },
    { current: { kind: "gone" }, previous: { kind: "over", retireAt } },
  ],
  [
    "a token that is gone, beside what a lost request has left",
    { gone: true, clean_up_due: true, stray: true },
    { current: { kind: "gone" }, previous: { kind: "stray", retireAt: undefined } },
  ],
  [
    "a request for a token without an end",
    { lost: [{ ...storedRequest, end: null, unmistakable: false }] },
    { lost: [{ ...request, end: undefined, isUnmistakable: false }] },
  ],
];

describe.each(forms)("%s", (_name, stored, said) => {
  const memory = { ...quiet, ...said };

  test("is read as its phase", () => {
    expect(recall(holding(stored))).toEqual(memory);
  });

  test("is stored in the same words", () => {
    const privateState = holding({ end: "some other" });

    remember(privateState, memory);

    expect(privateState.get()).toEqual(stored);
  });
});

/** What earlier versions wrote and this one does not: it says the same as the second. */
const earlier: readonly (readonly [string, JsonObject, JsonObject])[] = [
  [
    "a previous token both uneven and over: it only goes",
    { retire_at: retireAt, clean_up_due: true, uneven: true },
    { retire_at: retireAt, clean_up_due: true },
  ],
  [
    "a stray whose deletion was written down and the rest was not",
    { stray: true },
    { stray: true, clean_up_due: true },
  ],
  ["a gone token that had an end and was due", { gone: true, end, rotation_due: true }, { gone: true }],
  ["a deleted account of which nothing else is known", { dead: true }, { dead: true, account: "nobody" }],
  ["a flag that is lowered in so many words", { rotation_due: false, gone: false }, {}],
  ["keys that no version knows, and values of no use", { end: 5, lost: "?", account: {}, later: true }, {}],
];

test.each(earlier)("an earlier version's words are understood: %s", (_name, stored, now) => {
  expect(recall(holding(stored))).toEqual(recall(holding(now)));
});

test.each(earlier)("what says the same is left as it is, byte for byte: %s", (_name, stored) => {
  const bytes = new TextEncoder().encode(`${JSON.stringify(stored)} `);
  const privateState = openPrivateState(bytes);

  remember(privateState, recall(privateState));

  expect(privateState.encode()).toBe(bytes);
});

/** Recorded from the version that kept flags: one series, from its creation until its user was deleted. */
const recorded: readonly (readonly [string, string])[] = [
  [`{"end":"${end}"}`, "in-use, meant, kept"],
  [`{"end":"${end}","retire_at":"${retireAt}"}`, "in-use, meant, kept"],
  [`{"end":"${end}","retire_at":"${retireAt}","uneven":true}`, "in-use, meant, uneven"],
  [`{"end":"${end}","retire_at":"${retireAt}","clean_up_due":true,"uneven":true}`, "in-use, meant, over"],
  [
    `{"end":"${end}","retire_at":"${retireAt}","rotation_due":true,"clean_up_due":true,"uneven":true}`,
    "rotation-due, meant, over",
  ],
  [
    `{"end":"${end}","retire_at":"${retireAt}","rotation_due":true,"clean_up_due":true,"uneven":true,"dead":true,"account":"nobody"}`,
    "rotation-due, deleted, over",
  ],
  [`{"retire_at":"${retireAt}","gone":true}`, "gone, kept"],
];

test.each(recorded)("a recorded private state tells its phase: %s", (text, phase) => {
  const { current, previous } = recall(openPrivateState(new TextEncoder().encode(text)));

  const owner = current.kind === "gone" ? [] : [current.owner.kind];
  expect([current.kind, ...owner, previous.kind].join(", ")).toBe(phase);
  expect(previous.retireAt).toBe(text.includes("retire_at") ? retireAt : undefined);
});

function holding(stored: JsonObject): StoredPrivateState {
  return openPrivateState(new TextEncoder().encode(JSON.stringify(stored)));
}

import { expect, test } from "@jest/globals";
import { TerraformVariable } from "cdktf";
import { Duration } from "../../constructs/index.ts";
import { resolved } from "../../constructs/resolved.ts";
import { givenStack } from "../support/pages/template.ts";

test.each([
  [Duration.days(90), "90d"],
  [Duration.days(1.5), "1d12h"],
  [Duration.hours(24), "1d"],
  [Duration.hours(0.1), "6m"],
  [Duration.minutes(61), "1h1m"],
  [Duration.seconds(0), "0s"],
  [Duration.parse("1d12h"), "1d12h"],
  [Duration.parse("36500d"), "36500d"],
])("%# is written in the provider's form", (duration, text) => {
  expect(duration.toString()).toBe(text);
});

test.each([
  () => Duration.days(-1),
  () => Duration.days(36_500.5),
  () => Duration.seconds(0.5),
  () => Duration.seconds(Number.NaN),
  () => Duration.seconds(Number.POSITIVE_INFINITY),
  () => Duration.parse(""),
  () => Duration.parse("90"),
  () => Duration.parse("1h1d"),
  () => Duration.parse("36500d1s"),
])("%# is refused with what is accepted", (make) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(/Give /);
});

test("durations compare by length, however they were written", () => {
  expect(Duration.days(1).compareTo(Duration.hours(24))).toBe(0);
  expect(Duration.days(1).isLongerThan(Duration.seconds(86_399))).toBe(true);
  expect(Duration.days(1).isLongerThan(Duration.parse("1d1s"))).toBe(false);
});

test("a duration that the engine resolves has no length yet", () => {
  const stack = givenStack();
  const days = new TerraformVariable(stack, "days", { type: "number" });
  const text = new TerraformVariable(stack, "text", { type: "string" });

  const [counted, read] = [Duration.days(days.numberValue), Duration.parse(text.stringValue)];

  expect([counted, read].map((duration) => resolved(stack, duration.toString()))).toEqual([
    "${var.days}d",
    "${var.text}",
  ]);
  expect(counted.seconds).toBeUndefined();
  expect(counted.compareTo(Duration.days(1))).toBeUndefined();
  expect(counted.isLongerThan(Duration.days(1))).toBe(false);
});

import { describe, expect, test } from "@jest/globals";
import { decodeShownJson } from "../../src/audit/plan/decode-json.ts";
import { holder, planOf } from "../support/plans/plan-builder.ts";

const plan = planOf([...holder("METRICS_READ")], { variables: { odd: { value: '50% {"format_version": "\\"x\\"}' } } });
const printed = JSON.stringify(plan);
const indented = JSON.stringify(plan, undefined, 2);
const timed = (text: string): string =>
  text
    .split("\n")
    .map((line) => `2026-03-02T08:00:00.1234567Z ${line}`)
    .join("\n");
const command = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

function bigEndian(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

describe("a plan is read as", () => {
  const mark = "\ufeff";

  test.each([
    ["UTF-8 with a mark", Buffer.from(mark + printed)],
    ["UTF-16, low half first, with a mark", Buffer.from(mark + printed, "utf16le")],
    ["UTF-16, low half first, without a mark", Buffer.from(printed, "utf16le")],
    ["UTF-16, high half first, with a mark", bigEndian(mark + printed)],
    ["UTF-16, high half first, without a mark", bigEndian(printed)],
    ["UTF-16 with a log around it", bigEndian(`${mark}[command]terraform show -json\r\n${printed}\r\n`)],
  ])("%s", (_how, bytes) => {
    expect(decodeShownJson(bytes)).toEqual(plan);
  });

  test("nothing in UTF-32, which is named", () => {
    const wide = Buffer.from(
      Array.from(mark + printed)
        .flatMap((character) => [character.codePointAt(0) ?? 0, 0])
        .flatMap((unit) => [unit & 255, unit >> 8]),
    );

    expect(() => decodeShownJson(wide)).toThrow("It is neither UTF-8 nor UTF-16 text. Save it as UTF-8.");
  });
});

describe("a plan is found in", () => {
  test.each([
    [
      "what the wrapper of setup-terraform prints",
      `[command]/opt/terraform-bin show -json plan.bin\n${printed}\n::debug::Terraform exited with code 0.\n::debug::stdout: ${command(printed)}\n::set-output name=exitcode::0\n`,
    ],
    [
      "the wrapper's command to the runner alone",
      `::debug::Terraform exited with code 0.\n::set-output name=stdout::${command(indented)}\n::set-output name=exitcode::0\n`,
    ],
    ["a log with times", timed(`[command]/opt/tofu show -json plan.bin\n${indented}\n::debug::done`)],
    ["a log with times in brackets", `[2026-03-02T08:00:00.000Z] + tofu show -json plan.bin\n[08:00:01] ${printed}\n`],
    ["colored lines", `\u001b[32m[command]tofu show\u001b[0m\n\u001b[0m${printed}\u001b[0m\n`],
    ["a log that prints it twice", `${printed}\nagain\n${printed}\n`],
    ["lines that end as on Windows", `one\r\n${indented.replaceAll("\n", "\r\n")}\r\ntwo`],
  ])("%s", (_where, log) => {
    expect(decodeShownJson(Buffer.from(log))).toEqual(plan);
  });
});

describe("what is not certain is named, and never read", () => {
  const other = JSON.stringify(planOf([]));

  test.each([
    ["two plans", `${printed}\n${other}`, 'There are 2 documents of "show -json" in it.'],
    ["a whole plan and one that is cut off", `${other}\n${printed.slice(0, -9)}`, "The JSON is broken or cut off."],
    ["a plan that a log has cut off", `[command]tofu show\n${printed.slice(0, -9)}\n`, "This is the log of a job"],
    ["a plan with a line of a log in it", indented.replace("\n", "\n[command]x\n"), "This is the log of a job"],
    ["a log without a plan", "[command]/opt/terraform-bin show plan.bin\nNo changes.", "This is the log of a job"],
    ["a log of commands to the runner", "::debug::Terraform exited with code 1.\n", "terraform_wrapper: false"],
    [
      "a plan for people",
      "\nTerraform used the selected providers to generate",
      'This is what "show" prints for people. Add -json',
    ],
    ["a colored plan for people", "\u001b[0m\u001b[1mNo changes.\u001b[0m", "Add -json"],
    ["another text", "Hello", "This is not JSON."],
  ])("%s", (_what, text, message) => {
    expect(() => decodeShownJson(Buffer.from(text))).toThrow(message);
  });

  test("a text with many beginnings costs no more than its length", () => {
    const text = `x ${'{"format_version":'.repeat(200_000)}`;
    const started = process.cpuUsage().user;

    expect(() => decodeShownJson(Buffer.from(text))).toThrow("This is not JSON.");

    expect(process.cpuUsage().user - started).toBeLessThan(5_000_000);
  });
});

import { expect, test } from "@jest/globals";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { Duration, type IssueTokenProps, ServiceAccount } from "../../constructs/index.ts";
import { warningsOf } from "../support/provider/annotations.ts";
import { refusalOf } from "../support/simulator/refusal.ts";
import { givenQumuloStack, templateOf } from "../support/pages/template.ts";

function givenAccount(): { readonly stack: TerraformStack; readonly account: ServiceAccount } {
  const stack = givenQumuloStack();
  return { stack, account: new ServiceAccount(stack, "backup", { name: "svc-backup" }) };
}

const days = (count: number): Duration => Duration.days(count);

test("a series of tokens says how long each lives, when it is rotated, and how long the old one works", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token", {
    expiresIn: days(90),
    rotateBeforeExpiry: days(14),
    overlap: Duration.hours(36),
    rotateWhenChanged: { owner: "storage team" },
  });

  expect(templateOf(stack).onlyResource("qumulo_access_token")).toMatchObject({
    expires_in: "90d",
    rotate_before_expiry: "14d",
    overlap: "1d12h",
    rotate_when_changed: { owner: "storage team" },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test.each<IssueTokenProps>([
  { expiresIn: Duration.seconds(1) },
  { expiresIn: days(90), rotateBeforeExpiry: Duration.parse("89d23h59m59s") },
  { expiresIn: days(90), rotateBeforeExpiry: Duration.seconds(1) },
  { expiresIn: days(90), overlap: days(90) },
  { expiresIn: days(90), overlap: days(0) },
  { expiresIn: days(90), rotateBeforeExpiry: days(14), overlap: days(14) },
  { neverExpires: true },
  { neverExpires: false, expiresIn: days(90) },
])("%j is accepted without a warning", (props) => {
  const { stack, account } = givenAccount();

  account.issueToken("token", props);

  expect(warningsOf(stack)).toEqual([]);
});

test.each<[keyof IssueTokenProps, IssueTokenProps]>([
  ["expiresIn", { expiresIn: days(0) }],
  ["expiresIn", { expiresIn: days(90), expirationTime: "2999-01-31T12:00:00Z" }],
  ["neverExpires", { neverExpires: true, expiresIn: days(90) }],
  ["neverExpires", { neverExpires: true, expirationTime: "2999-01-31T12:00:00Z" }],
  ["rotateBeforeExpiry", { rotateBeforeExpiry: days(14) }],
  ["rotateBeforeExpiry", { rotateBeforeExpiry: days(14), expirationTime: "2999-01-31T12:00:00Z" }],
  ["rotateBeforeExpiry", { expiresIn: days(90), rotateBeforeExpiry: days(0) }],
  ["rotateBeforeExpiry", { expiresIn: days(90), rotateBeforeExpiry: days(90) }],
  ["overlap", { expiresIn: days(90), overlap: Duration.parse("90d1s") }],
])("a wrong %s (%j) is refused", (prop, props) => {
  const { account } = givenAccount();

  const refusal = refusalOf(() => account.issueToken("token", props));

  expect(refusal).toMatchObject({ constructPath: "stack/backup/token", prop });
});

test("a token that never expires is warned about, unless it is asked for", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token");

  expect(warningsOf(stack)).toEqual([expect.stringContaining("neverExpires: true")]);
});

test("an overlap that ends early is warned about", () => {
  const { stack, account } = givenAccount();

  account.issueToken("token", { expiresIn: days(90), rotateBeforeExpiry: days(1), overlap: Duration.parse("1d1s") });

  expect(warningsOf(stack)).toEqual([expect.stringContaining("may end early")]);
});

test("two tokens of one account are warned about when one of them rotates", () => {
  const { stack, account } = givenAccount();
  account.issueToken("first", { neverExpires: true });

  account.issueToken("second", { expiresIn: days(90) });

  expect(warningsOf(stack)).toEqual([expect.stringContaining("stack/backup/first")]);
});

test("every prop of a life takes a value that the engine resolves later", () => {
  const { stack, account } = givenAccount();
  const count = new TerraformVariable(stack, "count", { type: "number" });
  const text = new TerraformVariable(stack, "text", { type: "string" });

  account.issueToken("token", {
    expiresIn: Duration.days(count.numberValue),
    rotateBeforeExpiry: Duration.parse(text.stringValue),
    overlap: Duration.hours(count.numberValue),
    rotateWhenChanged: { release: text.stringValue },
  });

  expect(templateOf(stack).onlyResource("qumulo_access_token")).toMatchObject({
    expires_in: "${var.count}d",
    rotate_before_expiry: "${var.text}",
    overlap: "${var.count}h",
    rotate_when_changed: { release: "${var.text}" },
  });
});

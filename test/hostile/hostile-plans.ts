import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { kept, planOf } from "../support/plans/plan-builder.ts";

const folder = path.resolve(__dirname, "../audit/plans");

/** What real engines have printed. */
const recorded: readonly (readonly [name: string, text: string])[] = readdirSync(folder).map((name) => [
  name,
  readFileSync(path.join(folder, name), "utf8"),
]);

/** What a page runs if it takes a text for code. */
const trap = "globalThis.canary=1";

const payloads: readonly string[] = [
  `<script>${trap}</script>`,
  `<img src=x onerror=${trap}>`,
  `" onmouseover="${trap}" x="`,
  `' autofocus onfocus='${trap}`,
  `</script><script>${trap}</script><!--`,
  "</style></title></textarea>--><!-- ]]>",
  `</summary></details></td></table><a href="javascript:${trap}">x</a>`,
  "| a | b |\n| --- | --- |\n",
  "\n\n# heading\n\n- item\n\n```\ncode\n```\n\n<details>",
  "`code` *em* **strong** ~~gone~~ [link](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
  "[x]: https://evil.example\n&lt;b&gt; &amp; \\| \\` @octocat #12",
  "::error file=x,line=1::made up",
  "x\n::stop-commands::token\n::add-mask::x",
  "x ::set-env name=PATH::/tmp",
  "a ##[set-output name=verdict]clean",
  "##vso[task.setvariable variable=a]b",
  "##[stop-commands]x",
  "%0A::warning::x %25 %3A,%2C",
  "\u001b]0;title\u0007\u001b[2J\u001b[31m\u009b31m\u0008\u0000",
  "\u202eright to left\u2066\u200b\ufeff\u{e0041}\u00ad",
  "line\u2028line\u2029line\r\nline\u0085line",
  "]]></failure><testcase/><![CDATA[ &#0; &undefined;",
  "half \ud800 and \udc00",
  "__proto__",
  "constructor",
  "toString",
  "$& $1 $$ $` \\u0022",
  "../../../etc/passwd",
  "file:///etc/passwd#x?y%zz",
  '["a"].b[',
  "x".repeat(5_000),
  "👩‍👩‍👧‍👦".repeat(200),
  "",
];

/** It looks like a bearer token, wherever in a document it stands. */
const bearerToken = "access-v1:CanaryCanaryCanary==";

/** Any text, most of the time one that means harm to something that reads reports. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...payloads) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...payloads), fc.constantFrom(...payloads)).map((two) => two.join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

const hostileValue = (text: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: fc.double() },
    { weight: 1, arbitrary: fc.jsonValue({ stringUnit: "binary" }) },
    { weight: 1, arbitrary: fc.constantFrom(null, true, [], {}, -1, 1e300, [[[]]]) },
  );

/** One change of a document. */
type Mutation =
  /** One text of the document, wherever it stands, also as a name or a part of an address. */
  | { readonly kind: "rename"; readonly at: number; readonly text: string }
  /** One value at one place. */
  | { readonly kind: "replace"; readonly at: number; readonly value: unknown };

const mutation = (text: fc.Arbitrary<string>): fc.Arbitrary<Mutation> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("rename" as const), at: fc.nat(), text }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("replace" as const), at: fc.nat(), value: hostileValue(text) }),
    },
  );

/** A document, and where it comes from. */
export interface HostileDocument {
  /** For messages: fast-check prints it. */
  readonly from: string;
  readonly mutations: readonly Mutation[];
}

/** Documents of real engines in which somebody has changed texts and values. */
export function hostileDocument(): fc.Arbitrary<HostileDocument> {
  const text = fc.oneof({ weight: 20, arbitrary: hostileText }, fc.constant(bearerToken));
  return fc.record({
    from: fc.constantFrom(...recorded.map(([name]) => name)),
    mutations: fc.array(mutation(text), { minLength: 1, maxLength: 6 }),
  });
}

/** Makes the document. */
export function documentOf({ from, mutations }: HostileDocument): unknown {
  const text = recorded.find(([name]) => name === from)?.[1] ?? "";
  return mutated(JSON.parse(text), mutations);
}

/** A JSON file that a person has written, changed in the same way. */
export function hostileFile(written: unknown): fc.Arbitrary<Uint8Array> {
  return fc
    .array(mutation(hostileText), { maxLength: 4 })
    .map((mutations) => Buffer.from(JSON.stringify(mutated(written, mutations))));
}

function mutated(document: unknown, mutations: readonly Mutation[]): unknown {
  return mutations.reduce((before, one) => {
    if (one.kind === "rename") {
      const texts = [...new Set(textsOf(before))];
      const met = texts[one.at % texts.length] ?? "";
      return met === "" ? before : mapped(before, (text) => text.replaceAll(met, () => one.text));
    }
    let left = one.at % leavesOf(before);
    return replaced(before, () => (left-- === 0 ? { value: one.value } : undefined));
  }, document);
}

/** What the engine writes itself: a document without these is refused as a whole. */
const structural = /^(?:managed|data|ephemeral|no-op|create|read|update|delete|forget|qumulo_\w+|\d.*|.{0,2})$/s;

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return structural.test(value) ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The document with other texts: names too, but for those that the engine itself writes. */
function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [change(name), mapped(field, change)]));
}

function leavesOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return 1 + Object.values(value).reduce<number>((sum, field) => sum + leavesOf(field), 0);
}

function replaced(value: unknown, find: () => { readonly value: unknown } | undefined): unknown {
  const found = find();
  if (found !== undefined) return found.value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, find));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaced(field, find)]));
}

/** A harmless plan, as a file holds it: for commands that also ask a cluster, which is what lies then. */
export const planOfOneRole = JSON.stringify(
  planOf([kept("qumulo_role.other", { name: "other", privileges: [] })], {
    configuration: {
      provider_config: { qumulo: { name: "qumulo", expressions: {} } },
      root_module: {
        resources: [{ mode: "managed", type: "qumulo_role", name: "other", provider_config_key: "qumulo" }],
      },
    },
  }),
);

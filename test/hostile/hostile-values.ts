import fc from "fast-check";

/** What a text runs if anything takes it for code; see {@link canaryOf}. */
const trap = "globalThis.canary = 1";

/** Texts that end a string, a comment or a line early, begin a template or a command, or move the cursor. */
const payloads: readonly string[] = [
  `0 + (${trap}) as never`,
  `"); ${trap}; ("`,
  `'); ${trap}; ('`,
  `", [${trap}]: "`,
  `\\"); ${trap}; //`,
  `\`\${${trap}}\``,
  `\n${trap} //`,
  `\r${trap} //`,
  `\u2028${trap} //`,
  `*/ ${trap} /*`,
  '${file("/etc/passwd")}',
  "$${x} %%{y}",
  '%{ if true }x%{ endif }"',
  '"\n}\nresource "null_resource" "x" {\n',
  "${TfToken[TOKEN.1]}",
  "#{TfToken[TOKEN.2]}",
  "-1.8881545897087625e+289",
  "</script><script>",
  "::error file=x::y",
  "x\n::error::y",
  "x\r\n##[set-output name=a]b",
  "\u001b]0;title\u0007\u001b[2J\u009b31m",
  "\u202eabc\u2066",
  "__proto__",
  "constructor",
  "../../../etc/passwd",
  "a".repeat(5_000),
];

/** Any text that a cluster may send, half of the time one that means harm. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...payloads) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...payloads), fc.constantFrom(...payloads)).map(([a, b]) => a + b) },
  // No halves of characters: they are refused elsewhere.
  { weight: 2, arbitrary: fc.string({ unit: "binary" }) },
);

/** Anything that JSON can hold in place of what is expected. */
export const hostileValue = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.jsonValue() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, true, "", [], {}, 4_294_967_296, -1, "4294967296", "1e3", "0x10", " 5"),
  },
);

/** Whether something that was run has run the trap of {@link hostileText} too; forgets it. */
export function canaryOf(realm: object): boolean {
  const hasRun = "canary" in realm;
  Reflect.deleteProperty(realm, "canary");
  return hasRun;
}

/** Characters that no output for people may hold: they end lines, move the cursor, or turn the direction of writing. */
export const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** The lines of an output that hold a character of {@link unseen}. */
export function unseenIn(output: string): readonly string[] {
  return output.split("\n").filter((line) => unseen.test(line));
}

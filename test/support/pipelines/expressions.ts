/** What expressions may name, such as `inputs.fail-on`, with its value. */
export type Names = Readonly<Record<string, string>>;

/**
 * Evaluates what stands in a text between `${{` and `}}`, as GitHub does, as far as the project's own files go: names,
 * quoted texts, `==`, `!=`, `&&` and `||`. A name that is not known is empty, as on GitHub.
 *
 * @throws {Error} when there is more in it than that
 */
export function fillIn(text: string, names: Names): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_whole, expression: string) => either(expression, names));
}

/** Whether a step runs, by its condition. */
export function isMet(condition: string | undefined, names: Names): boolean {
  return condition === undefined || !["", "false"].includes(fillIn(condition, names));
}

function either(expression: string, names: Names): string {
  const values = expression.split("||").map((part) => both(part, names));
  return values.find((value) => value !== "" && value !== "false") ?? values.at(-1) ?? "";
}

function both(expression: string, names: Names): string {
  const values = expression.split("&&").map((part) => compared(part, names));
  return values.find((value) => value === "" || value === "false") ?? values.at(-1) ?? "";
}

function compared(expression: string, names: Names): string {
  const [left = "", operator, right = ""] = expression.split(/(==|!=)/);
  if (operator === undefined) return valueOf(left, names);
  return String((valueOf(left, names) === valueOf(right, names)) === (operator === "=="));
}

function valueOf(operand: string, names: Names): string {
  const text = operand.trim();
  const [, quoted] = /^'([^']*)'$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (!/^[a-z][\w.-]*$/i.test(text)) throw new Error(`An expression that the tests do not know: ${operand}`);
  return names[text] ?? "";
}

import * as v from "valibot";

/** A schema of objects that are maps: somebody else chose the names, and each value is of one form. */
export type RecordSchema<Value extends v.GenericSchema> = v.GenericSchema<
  Readonly<Record<string, v.InferInput<Value>>>,
  Readonly<Record<string, v.InferOutput<Value>>>
>;

/**
 * A schema of an object in which somebody else chose the names. It keeps every own name, and what it gives inherits
 * from nothing, so that a name which is not there is not found.
 *
 * The library's own `record` leaves out `__proto__`, `prototype` and `constructor`: a role of such a name would be
 * invisible to whoever looks for risky roles.
 */
export function recordOf<Value extends v.GenericSchema>(value: Value): RecordSchema<Value> {
  // It describes the form, and says what is wrong with that which is not an object.
  // eslint-disable-next-line no-restricted-properties
  const described: RecordSchema<Value> = v.record(v.string(), value);
  return {
    ...described,
    "~run"(dataset, config) {
      const input: unknown = dataset.value;
      if (typeof input !== "object" || input === null) return described["~run"](dataset, config);
      const output: Record<string, v.InferOutput<Value>> = {};
      // Before anything is in it: every name is a plain one then, and no object has to be made anew.
      Object.setPrototypeOf(output, null);
      const issues: v.BaseIssue<unknown>[] = [];
      for (const key of Object.keys(input)) {
        const entry: unknown = Reflect.get(input, key);
        const { issues: met, ...parsed } = value["~run"]({ value: entry }, config);
        if (met === undefined && parsed.typed) output[key] = parsed.value;
        for (const issue of met ?? []) {
          const place = { type: "object", origin: "value", input: { ...input }, key, value: entry } as const;
          issues.push({ ...issue, path: [place, ...(issue.path ?? [])] });
        }
      }
      const [first, ...others] = issues;
      if (first !== undefined) return { typed: false, value: output, issues: [first, ...others] };
      return { typed: true, value: output };
    },
  };
}

/** Set by the build; programs that run from source have none. */
declare const encodedAnswers: Readonly<Record<string, string>> | undefined;

/**
 * Answers that the build has made, by the paths of their calls: the schemas, which are the first that every engine asks for, and
 * in one of its processes the only thing.
 */
export const preparedAnswers: ReadonlyMap<string, Buffer> = new Map(
  typeof encodedAnswers === "undefined"
    ? []
    : Object.entries(encodedAnswers).map(([path, answer]) => [path, Buffer.from(answer, "base64")]),
);

/** A probe that got no answer to its question. The message says why, and names nothing of the cluster. */
export class NotKnown extends Error {
  override readonly name: string = "NotKnown";
}

/** A request without an answer: it may have made something nevertheless, whose id nobody knows. */
export class Unanswered extends NotKnown {}

/** What stands in a path in place of names and ids. */
const left = "…";

/** The path of a request without query, names and ids. */
export function placeOf(path: string): string {
  const [place = ""] = path.split("?");
  return place
    .split("/")
    .map((segment) =>
      /^[a-z-]*$|^v1$|^openapi\.json$/.test(segment) && !segment.startsWith("qconf-") ? segment : left,
    )
    .join("/");
}

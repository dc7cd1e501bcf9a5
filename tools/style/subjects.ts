/** As much as a list of commits shows. */
export const longestSubject = 72;

/** Subjects of commits that are too long: one line for each. */
export function subjectFaults(subjects: readonly string[]): readonly string[] {
  return subjects
    .filter((subject) => subject.length > longestSubject)
    .map(
      (subject) => `The subject of a commit has ${subject.length} characters, more than ${longestSubject}: ${subject}`,
    );
}

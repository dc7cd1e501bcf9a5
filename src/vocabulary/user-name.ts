const longestName = 256;
const forbidden = /["/\\[\]:;|=,+*?<>]/;
const controlCharacter = /\p{Cc}/u;

/**
 * What is wrong with the name of a local user, as a sentence, or `undefined` when the cluster takes it: from 1 to 256
 * characters, none that Windows forbids in account names, no control characters, no blank at either end.
 */
export function userNameFault(name: string): string | undefined {
  if (name === "") return "The name is empty.";
  const length = Array.from(name).length;
  if (length > longestName) return `The name has ${length} characters, and ${longestName} are allowed.`;
  const character = forbidden.exec(name)?.[0];
  if (character !== undefined) {
    return `"${name}" holds ${character}, and none of " / \\ [ ] : ; | = , + * ? < > may be in a name.`;
  }
  if (controlCharacter.test(name)) return "The name holds a control character, such as a tab or a line break.";
  if (name.trim() !== name) return `"${name}" begins or ends with a blank.`;
  return undefined;
}

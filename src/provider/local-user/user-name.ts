import type { Validator } from "../../framework/schema.ts";

const longestName = 256;
const forbidden = /["/\\[\]:;|=,+*?<>]/;
const controlCharacter = /\p{Cc}/u;

/**
 * Refuses user names that the cluster refuses: from 1 to 256 characters, none that Windows forbids in account names,
 * no control characters, no blank at either end.
 */
export const userNameValidator: Validator<string> = {
  check(name) {
    const fault = userNameFault(name);
    if (fault === undefined) return undefined;
    return { summary: "User name is not allowed", detail: `${fault} Choose another name.` };
  },
};

function userNameFault(name: string): string | undefined {
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

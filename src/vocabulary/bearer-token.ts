/** Why a text can be no bearer token, as a sentence without anything of the text; `undefined` when it can be one. */
export function bearerTokenFault(text: string): string | undefined {
  if (text === "") return "It is empty.";
  if (/^[\x21-\x7e]+$/.test(text)) return undefined;
  return "It contains blanks, line breaks or other characters that no bearer token has.";
}

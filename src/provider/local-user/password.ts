import { randomInt } from "node:crypto";

import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import { Secret } from "../../vocabulary/secret.ts";

const passwordLength = 40;
const kinds = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "-_.~!@#%^*+="] as const;
const allCharacters = kinds.join("");

/** The password that the practitioner gave, or else a random one that nobody will ever use. */
export function newPassword(stored: string | null, writeOnly: AttributeValue<string>): Secret {
  const text = stored ?? knownOrUndefined(writeOnly);
  return text === undefined ? randomPassword() : new Secret(text);
}

/** 40 random characters, with at least one of each kind that clusters ask for. */
function randomPassword(): Secret {
  const required = kinds.map(pickFrom);
  const rest = Array.from({ length: passwordLength - required.length }, () => pickFrom(allCharacters));
  return new Secret(shuffle([...required, ...rest]).join(""));
}

function pickFrom(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffle(characters: readonly string[]): readonly string[] {
  const shuffled: string[] = [];
  for (const [count, character] of characters.entries()) shuffled.splice(randomInt(count + 1), 0, character);
  return shuffled;
}

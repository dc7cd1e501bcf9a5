import type { Validator } from "../../framework/schema.ts";

const shortestPassword = 8;
const leastClasses = 3;
const characterClasses = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** Refuses passwords that the cluster refuses: at least 8 characters of at least three kinds. Never repeats them. */
export const passwordValidator: Validator<string> = {
  check(password) {
    const classes = characterClasses.filter((characters) => characters.test(password)).length;
    if (Array.from(password).length >= shortestPassword && classes >= leastClasses) return undefined;
    return {
      summary: "Password is too weak",
      detail: `The cluster takes passwords of at least ${shortestPassword} characters that mix at least ${leastClasses} of lower case, upper case, digits and other characters. Choose such a password, or leave it out for a random one.`,
    };
  },
};

/** Refuses what is not an id of a local group. */
export const primaryGroupValidator: Validator<string> = {
  check(id) {
    if (/^(0|[1-9]\d{0,19})$/.test(id)) return undefined;
    return {
      summary: "Primary group is not a group id",
      detail: `primary_group is "${id}". Give the id of a local group, such as "513" for Users, or leave it out.`,
    };
  },
};

/** Refuses home directories that are not an absolute path. */
export const homeDirectoryValidator: Validator<string> = {
  check(path) {
    if (path.startsWith("/") && !path.includes("\0")) return undefined;
    return {
      summary: "Home directory is not an absolute path",
      detail: `home_directory is "${path}". Give a path that begins with "/", or leave it out.`,
    };
  },
};

import type { AttributeValue } from "../../framework/attribute-value.ts";
import type { Diagnostics } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { idValidator } from "../attribute/id.ts";

/** The attributes of the password. Not by the schema's own type: the schema imports the validators of this file. */
interface PasswordValidation {
  readonly config: Readonly<Record<"password" | "password_wo" | "password_wo_version", AttributeValue<string>>>;
  readonly diagnostics: Diagnostics;
}

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

/** Refuses what is not the id of a local group. */
export const primaryGroupValidator = idValidator((id) => ({
  summary: "Primary group is not a group id",
  detail: `primary_group is "${id}". Give the id of a local group, such as "513" for Users, or leave it out.`,
}));

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

/** Checks what the attributes of the password say together. */
export function validateLocalUser({ config, diagnostics }: PasswordValidation): void {
  const { password, password_wo: writeOnly, password_wo_version: version } = config;
  if (password.kind !== "null" && writeOnly.kind !== "null") {
    diagnostics.error({
      summary: "Two passwords",
      detail:
        "password and password_wo are both set. Keep password_wo, which is not stored in state, or only password for engines without write-only attributes.",
      attribute: ["password"],
    });
  }
  if (writeOnly.kind !== "null" && version.kind === "null") {
    diagnostics.error({
      summary: "password_wo without a version",
      detail: `password_wo is never stored, so a change of it cannot be detected. Set password_wo_version, for example to "1", and change it whenever the password changes.`,
      attribute: ["password_wo_version"],
    });
  }
  if (writeOnly.kind === "null" && version.kind !== "null") {
    diagnostics.error({
      summary: "password_wo_version without a password",
      detail: "password_wo_version says when to send password_wo, which is not set. Set password_wo, or remove both.",
      attribute: ["password_wo_version"],
    });
  }
}

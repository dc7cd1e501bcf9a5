/** Set by the build to the version in `package.json`; programs that run from source have none. */
declare const projectVersion: string | undefined;

/** The version of this package. */
export const version = typeof projectVersion === "string" ? projectVersion : "0.0.0";

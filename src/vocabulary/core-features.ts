import { type CoreVersion, isOlderVersion, renderCoreVersion } from "./core-version.ts";

/** The latest version whose privileges and behaviour are known here; later ones may have more. */
export const latestKnownCore: CoreVersion = [7, 8, 2];

/** What came to Qumulo Core with one version. */
interface CoreFeature {
  /** The first version that has it. */
  readonly since: CoreVersion;
  /** What it is, for people, as it stands after "lacks". */
  readonly title: string;
}

/**
 * What of Qumulo Core depends on its version, as far as this project cares: the one table for the provider, the command
 * line and the docs. The simulator has its own, from the same sources, and a test compares the two.
 *
 * @see Qumulo docs, access tokens guide and RBAC guide; Qumulo SDK 5.3.0 to 7.3.0
 */
export const coreFeatures = {
  accessTokens: { since: [5, 3, 0], title: "access tokens" },
  singleAccessTokens: { since: [5, 3, 2], title: "reading and changing single access tokens" },
  tokenExpiration: { since: [5, 3, 2], title: "access tokens that end" },
  tokenEnabling: { since: [5, 3, 3], title: "disabling access tokens" },
  fileReadAccess: { since: [6, 2, 0], title: "the privilege PRIVILEGE_FILE_READ_ACCESS" },
  identityPaths: { since: [6, 2, 1], title: "the present paths for looking up identities" },
  detailedWhoAmI: { since: [7, 2, 0], title: "telling a login its privileges and its access token" },
  ownAccessTokens: { since: [7, 3, 0], title: "one's own access tokens without a privilege" },
} as const satisfies Readonly<Record<string, CoreFeature>>;

/** Something that not every version of Qumulo Core has. */
export type CoreFeatureName = keyof typeof coreFeatures;

/** The first version that has a feature, as people write it, such as `5.3.2`. */
export function firstCoreWith(feature: CoreFeatureName): string {
  return renderCoreVersion(coreFeatures[feature].since);
}

/** Whether a version has a feature; one that the cluster writes in an unknown way (`undefined`) counts as new enough. */
export function isCoreWith(feature: CoreFeatureName, version: CoreVersion | undefined): boolean {
  return version === undefined || !isOlderVersion(version, coreFeatures[feature].since);
}

import { type CoreVersion, isOlderVersion, renderCoreVersion } from "../../vocabulary/core-version.ts";
import type { IdentityDomain } from "../../vocabulary/identity-domains.ts";
import { privilegeDescriptions } from "../../vocabulary/privilege-descriptions.ts";
import { type PrivilegeName, privilegeNames } from "../../vocabulary/privileges.ts";

/** The version that the simulator follows, and the latest whose behaviour it knows. */
export const latestCoreVersion: CoreVersion = [7, 8, 2];

/**
 * Nothing is known about the API of earlier versions. Versions from here to 5.3.0 are only useful as examples of a cluster that
 * is too old.
 */
const oldestCoreVersion: CoreVersion = [5, 0, 0];

/** For people: the versions that {@link parseCoreVersion} accepts. */
export const acceptedCoreVersions = `three or four numbers from ${renderCoreVersion(oldestCoreVersion)} to ${renderCoreVersion(latestCoreVersion)}, such as 7.2.3.2`;

/** Reads a version such as `7.2.0` or `5.3.3.1`; `undefined` for anything but {@link acceptedCoreVersions}. */
export function parseCoreVersion(text: string): CoreVersion | undefined {
  if (!/^\d{1,5}(\.\d{1,5}){2,3}$/.test(text) || /(^|\.)0\d/.test(text)) return undefined;
  const version = text.split(".").map(Number);
  const isKnown = !isOlderVersion(version, oldestCoreVersion) && !isOlderVersion(latestCoreVersion, version);
  return isKnown ? version : undefined;
}

/** What came to Qumulo Core after 5.0.0, and when. */
interface Arrival {
  /** The first version that has it. */
  readonly since: CoreVersion;
  /** Where that is known from; "assumed" where no source tells. */
  readonly source: string;
}

/**
 * Everything in which versions differ. What is not listed here, every version has.
 *
 * It is a table of the simulator's own, apart from the one that the provider uses, so that a mistake in either shows up.
 */
export const simulatedFeatures = {
  /** To create, list and delete access tokens, and the privileges for it. */
  accessTokens: {
    since: [5, 3, 0],
    source: "Qumulo docs, access tokens guide; Qumulo SDK 5.3.0; that the privileges came along is inferred",
  },
  /** To read and change one access token. */
  singleAccessTokens: { since: [5, 3, 2], source: "Qumulo SDK 5.3.2" },
  tokenExpiration: { since: [5, 3, 2], source: "Qumulo docs, access tokens guide; Qumulo SDK 5.3.2" },
  /** To disable an access token, and to enable it again. */
  tokenEnabling: { since: [5, 3, 3], source: "Qumulo docs, access tokens guide; Qumulo SDK 5.3.3" },
  fileReadAccess: { since: [6, 2, 0], source: "Qumulo docs, RBAC guide" },
  /** `/v1/identity/…`, as well as the older `/v1/auth/identity/…`. */
  identityPaths: { since: [6, 2, 1], source: "Qumulo SDK 6.2.1" },
  /** `privileges` and `access_token_id` in who-am-i. */
  detailedWhoAmI: {
    since: [7, 2, 0],
    source: "assumed: the REST API guide has them in July 2024, when 7.2 was new; older guides are not public",
  },
  /** 123 privileges. */
  privilegesOf7_2_3: { since: [7, 2, 3], source: "Qumulo docs, REST API guide: 117 privileges, then 123" },
  /** One's own access tokens need no privilege. */
  ownAccessTokens: {
    since: [7, 3, 0],
    source: "Qumulo docs, access tokens guide; Qumulo SDK: in 7.3.0, not in 7.2.3.2",
  },
  /** The identity of the vendor's support, for Nexus, and its domain. */
  qumuloSupport: {
    since: [7, 7, 0],
    source: "Qumulo docs, RBAC guide, for Nexus; OpenAPI 7.7.2 has the domain, the guide of 7.3 has not",
  },
  /** `/openapi.json`. */
  openApiDocument: { since: [7, 7, 2], source: "assumed: 7.7.2 is the earliest known to have it" },
  /** 125 privileges. */
  privilegesOf7_7_2: { since: [7, 7, 2], source: "OpenAPI 7.7.2" },
  /** SIDs whose authority takes more than 32 bits. */
  largeSidAuthorities: { since: [7, 8, 0, 1], source: "Qumulo docs, feature log; what large means is assumed" },
  /** 127 privileges. */
  privilegesOf7_8_2: { since: [7, 8, 2], source: "OpenAPI 7.8.2" },
} as const satisfies Readonly<Record<string, Arrival>>;

/** Something that a version of Qumulo Core has or lacks. */
export type Feature = keyof typeof simulatedFeatures;

/** Whether a version has a feature. */
export function hasFeature(version: CoreVersion, feature: Feature): boolean {
  return !isOlderVersion(version, simulatedFeatures[feature].since);
}

/** The privileges that not every version knows. */
const laterPrivileges: Partial<Readonly<Record<string, Feature>>> = {
  PRIVILEGE_ACCESS_TOKENS_READ: "accessTokens",
  PRIVILEGE_ACCESS_TOKENS_WRITE: "accessTokens",
  PRIVILEGE_FILE_READ_ACCESS: "fileReadAccess",
  PRIVILEGE_CAPACITY_READ: "privilegesOf7_2_3",
  PRIVILEGE_CAPACITY_WRITE: "privilegesOf7_2_3",
  PRIVILEGE_FS_FILE_LOCK_WRITE: "privilegesOf7_2_3",
  PRIVILEGE_LICENSE_READ: "privilegesOf7_2_3",
  PRIVILEGE_OBJECT_STORAGE_URIS_READ: "privilegesOf7_2_3",
  PRIVILEGE_OBJECT_STORAGE_URIS_WRITE: "privilegesOf7_2_3",
  PRIVILEGE_DISK_ERROR_READ: "privilegesOf7_7_2",
  PRIVILEGE_DISK_ERROR_WRITE: "privilegesOf7_7_2",
  PRIVILEGE_OBJECT_STORAGE_CONFIG_READ: "privilegesOf7_8_2",
  PRIVILEGE_OBJECT_STORAGE_CONFIG_WRITE: "privilegesOf7_8_2",
} satisfies Partial<Record<PrivilegeName, Feature>>;

/** The names of all privileges that a version knows, in the order of the API's enumeration. */
export function privilegesOf(version: CoreVersion): readonly string[] {
  return privilegeNames.filter((name) => {
    const feature = laterPrivileges[name];
    return feature === undefined || hasFeature(version, feature);
  });
}

/**
 * The catalogue of privileges of a version: descriptions by name.
 *
 * @see OpenAPI 7.8.2, GET /v1/auth/privileges/
 */
export function privilegeCatalogue(version: CoreVersion): Readonly<Record<string, string>> {
  const known = new Set(privilegesOf(version));
  return Object.fromEntries(Object.entries(privilegeDescriptions).filter(([name]) => known.has(name)));
}

/** Whether a version knows a domain of identities. */
export function knowsDomain(version: CoreVersion, domain: IdentityDomain): boolean {
  return domain !== "API_QUMULO_SUPPORT_DOMAIN" || hasFeature(version, "qumuloSupport");
}

/** One way in which a cluster refuses. */
interface Refusal {
  readonly status: number;
  readonly errorClass: string;
  /** The part of the server that refuses. */
  readonly module: string;
  /** What it says when the place that refuses has nothing more exact to say. */
  readonly description: string;
  /** Where the rule is known from; "assumed" where no source tells. */
  readonly source: string;
}

/** Every refusal of the simulated cluster. */
export const refusals = {
  authenticationRequired: {
    status: 401,
    errorClass: "auth_required_error",
    module: "/auth",
    description: "A valid bearer token is needed",
    source: "status: Qumulo docs, access tokens guide; class: assumed",
  },
  invalidCredentials: {
    status: 401,
    errorClass: "auth_invalid_credentials_error",
    module: "/auth",
    description: "The user name or the password is wrong",
    source: "claimed by dmotles/qontrol, csi-driver-qumulo and cosi-driver-qumulo, for logins; assumed for the rest",
  },
  notAuthorized: {
    status: 403,
    errorClass: "auth_not_authorized_error",
    module: "/auth",
    description: "A privilege is missing",
    source: "status: Qumulo SDK 7.10.2.1; class: claimed by cosi-driver-qumulo",
  },
  notFound: {
    status: 404,
    errorClass: "http_not_found_error",
    module: "/http",
    description: "There is nothing at this path",
    source: "Qumulo SDK 7.10.2.1 (tree delete); cosi-driver-qumulo saw the status for a missing trailing slash",
  },
  noSuchUser: {
    status: 404,
    errorClass: "auth_no_such_user_error",
    module: "/auth",
    description: "There is no such user",
    source: "status: inferred from other areas of the API; class: claimed by cosi-driver-qumulo",
  },
  methodNotAllowed: {
    status: 405,
    errorClass: "http_method_not_allowed_error",
    module: "/http",
    description: "This path has no such method",
    source: "status: seen by cosi-driver-qumulo; class: assumed",
  },
  bodyTooLarge: {
    status: 413,
    errorClass: "http_body_too_large_error",
    module: "/http",
    description: "The body is too large",
    source: "assumed",
  },
  undecodable: {
    status: 400,
    errorClass: "decode_error",
    module: "/decode",
    description: "The request cannot be decoded",
    source: "seen by cosi-driver-qumulo on 7.9.2.2 for missing fields and byte-order marks; assumed for the rest",
  },
  invalidRequest: {
    status: 400,
    errorClass: "rest_invalid_request_error",
    module: "/http",
    description: "The request contradicts itself",
    source: "rule: OpenAPI 7.8.2; class: claimed by cosi-driver-qumulo",
  },
  preconditionFailed: {
    status: 412,
    errorClass: "http_precondition_failed_error",
    module: "/http",
    description: "If-Match names another version than the present one",
    source: "failure: qumulo-rest-gem's integration tests; status and class: assumed",
  },
  tooManyAccessTokens: {
    status: 400,
    errorClass: "too_many_access_tokens_error",
    module: "/auth",
    description: "The user has the maximum number of access tokens",
    source: "refusal: Qumulo docs, access tokens guide; status and class: claimed by dmotles/qontrol",
  },
  identityNotSupported: {
    status: 400,
    errorClass: "cred_identity_not_supported_error",
    module: "/cred",
    description: "Access tokens are for users only",
    source: "refusal: Qumulo docs, access tokens guide; class: Qumulo docs, audit logging; status: assumed",
  },
  unknownLocalIdentity: {
    status: 400,
    errorClass: "cred_invalid_local_user_error",
    module: "/cred",
    description: "There is no such local user or group",
    source: "seen by cosi-driver-qumulo on 7.9.2.2 for a deleted user",
  },
  unreachableDirectory: {
    status: 400,
    errorClass: "cred_remote_resource_unavailable_error",
    module: "/cred",
    description: "The cluster is not joined to a directory",
    source: "class: Qumulo docs, audit logging; status and use: assumed",
  },
  unknownDirectoryIdentity: {
    status: 400,
    errorClass: "cred_error",
    module: "/cred",
    description: "The directory has no such user or group",
    source: "class: Qumulo docs, audit logging; status and use: assumed",
  },
  invalidSid: {
    status: 400,
    errorClass: "cred_invalid_sid_error",
    module: "/cred",
    description: "The SID is malformed",
    source: "class: Qumulo docs, audit logging; status and use: assumed",
  },
  contradictoryIdentity: {
    status: 400,
    errorClass: "cred_error",
    module: "/cred",
    description: "The fields of the identity contradict each other",
    source: "rule: Qumulo docs, access tokens guide; class: Qumulo docs, audit logging; status: assumed",
  },
  userExists: {
    status: 409,
    errorClass: "auth_user_already_exists_error",
    module: "/auth",
    description: "A user or group of this name exists already",
    source: "status: pattern of other areas; class: claimed by cosi-driver-qumulo",
  },
  groupExists: {
    status: 409,
    errorClass: "auth_group_already_exists_error",
    module: "/auth",
    description: "A user or group of this name exists already",
    source: "status: pattern of other areas; class: assumed",
  },
  posixIdTaken: {
    status: 409,
    errorClass: "auth_posix_id_already_exists_error",
    module: "/auth",
    description: "This uid or gid is taken",
    source: "assumed",
  },
  noSuchPrimaryGroup: {
    status: 400,
    errorClass: "auth_no_such_group_error",
    module: "/auth",
    description: "The primary group does not exist",
    source: "assumed",
  },
  roleExists: {
    status: 409,
    errorClass: "auth_role_already_exists_error",
    module: "/auth",
    description: "A role of this name exists already",
    source: "assumed",
  },
  roleMemberExists: {
    status: 409,
    errorClass: "auth_role_member_exists_error",
    module: "/auth",
    description: "The identity is a member of the role already",
    source: "assumed",
  },
  groupMemberExists: {
    status: 409,
    errorClass: "auth_group_member_exists_error",
    module: "/auth",
    description: "The user is a member of the group already",
    source: "assumed",
  },
  weakPassword: {
    status: 400,
    errorClass: "auth_weak_password_error",
    module: "/auth",
    description: "The password breaks the password rules",
    source: "refusal: seen by cosi-driver-qumulo on 7.9.2.2; class: assumed",
  },
  builtInRole: {
    status: 400,
    errorClass: "auth_static_role_error",
    module: "/auth",
    description: "A built-in role cannot be changed or deleted",
    source: "refusal: wording of the qq guide; status and class: assumed",
  },
  builtInAccount: {
    status: 400,
    errorClass: "auth_static_user_error",
    module: "/auth",
    description: "A built-in user or group cannot be changed or deleted",
    source: "assumed",
  },
  groupInUse: {
    status: 400,
    errorClass: "auth_group_in_use_error",
    module: "/auth",
    description: "The group is the primary group of a user",
    source: "assumed",
  },
  samlNotConfigured: {
    status: 400,
    errorClass: "saml_not_configured_error",
    module: "/saml",
    description: "Single sign-on is not configured",
    source: "class: Qumulo docs, REST API guide; status: assumed",
  },
  ssoRequired: {
    status: 401,
    errorClass: "auth_sso_required_error",
    module: "/auth",
    description: "Users of Active Directory log in by single sign-on on this cluster",
    source: "refusal: Qumulo docs, SAML single sign-on; class: Qumulo SDK 7.10.2.1; status: assumed",
  },
  wrongVerificationCode: {
    status: 400,
    errorClass: "saml_verification_code_error",
    module: "/saml",
    description: "The verification code is wrong",
    source: "status: OpenAPI 7.8.2; class: assumed",
  },
  notStored: {
    status: 500,
    errorClass: "storage_error",
    module: "/simulator",
    description: "The simulator could not write to its data folder",
    source: "assumed",
  },
  internal: {
    status: 500,
    errorClass: "internal_error",
    module: "/simulator",
    description: "The simulator failed; this is a defect of the simulator, not an answer of a cluster",
    source: "assumed",
  },
} as const satisfies Readonly<Record<string, Refusal>>;

/** The name of a refusal in {@link refusals}. */
export type RefusalName = keyof typeof refusals;

/** The cluster's answer to a request that it refuses. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly refusal: RefusalName;
  readonly status: number;
  readonly errorClass: string;
  readonly module: string;

  /** @param description - what exactly is refused; without it the catalogue's general sentence */
  constructor(refusal: RefusalName, description: string = refusals[refusal].description) {
    super(description);
    const { status, errorClass, module } = refusals[refusal];
    this.refusal = refusal;
    this.status = status;
    this.errorClass = errorClass;
    this.module = module;
  }
}

/** The record, or the refusal when there is none. */
export function found<T>(record: T | undefined, refusal: RefusalName, what: string): T {
  if (record === undefined) throw new ApiError(refusal, `There is no ${what}`);
  return record;
}

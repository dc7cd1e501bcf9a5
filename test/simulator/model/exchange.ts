/** A request as the model words it: ids, bearer tokens and ETags stand in it by their handles. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  /** The handle of a bearer token; absent for a request without one. */
  readonly bearer?: string | undefined;
}

/** Why a cluster may refuse, with the status and the class that tell. */
const refusals = {
  authenticationRequired: [401, "auth_required_error"],
  invalidCredentials: [401, "auth_invalid_credentials_error"],
  notAuthorized: [403, "auth_not_authorized_error"],
  notFound: [404, "http_not_found_error"],
  noSuchUser: [404, "auth_no_such_user_error"],
  undecodable: [400, "decode_error"],
  idMismatch: [400, "rest_invalid_request_error"],
  staleETag: [412, "http_precondition_failed_error"],
  tooManyTokens: [400, "too_many_access_tokens_error"],
  noTokenOwner: [400, "cred_identity_not_supported_error"],
  unresolved: [400, "cred_invalid_local_user_error"],
  userExists: [409, "auth_user_already_exists_error"],
  groupExists: [409, "auth_group_already_exists_error"],
  roleExists: [409, "auth_role_already_exists_error"],
  posixIdTaken: [409, "auth_posix_id_already_exists_error"],
  noSuchPrimaryGroup: [400, "auth_no_such_group_error"],
  groupMemberExists: [409, "auth_group_member_exists_error"],
  roleMemberExists: [409, "auth_role_member_exists_error"],
  weakPassword: [400, "auth_weak_password_error"],
  builtInRole: [400, "auth_static_role_error"],
  builtInAccount: [400, "auth_static_user_error"],
  groupInUse: [400, "auth_group_in_use_error"],
} as const satisfies Readonly<Record<string, readonly [status: number, errorClass: string]>>;

type Reason = keyof typeof refusals;

/** Which reasons hold and which do not; those that are left out do not. */
export type Reasons = Partial<Readonly<Record<Reason, boolean>>>;

/** What must come back: a success with this body and ETag, or a refusal for one of these reasons, whichever is met first. */
export type Expectation =
  | { readonly kind: "success"; readonly body: unknown; readonly tag: string | undefined }
  | { readonly kind: "refusal"; readonly anyOf: readonly string[] };

/** A request, and what must come back. */
export interface Exchange {
  readonly request: ModelRequest;
  readonly expected: Expectation;
}

/** A list whose order nobody promises. */
export class InAnyOrder {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** A success; without a body the answer is empty. */
export function succeeds(body?: unknown, tag?: string): Expectation {
  return { kind: "success", body, tag };
}

/** A refusal for this one reason. */
export function refuses(reason: Reason): Expectation {
  return { kind: "refusal", anyOf: [render(refusals[reason])] };
}

/**
 * A refusal for one of the reasons that hold, or `undefined` when none does.
 *
 * Which of several reasons a cluster tells is its own business.
 */
export function refusesFor(reasons: Reasons): Expectation | undefined {
  const holding = (Object.keys(reasons) as Reason[]).filter((reason) => reasons[reason] === true);
  return holding.length === 0
    ? undefined
    : { kind: "refusal", anyOf: holding.map((reason) => render(refusals[reason])) };
}

function render([status, errorClass]: readonly [number, string]): string {
  return `${status} ${errorClass}`;
}

/** A question about clusters that no public source answers. */
export interface OpenQuestion {
  readonly id: string;
  /** The question, as a sentence. */
  readonly text: string;
  /** What the simulator does. */
  readonly assumed: string;
  /** Why no probe can ask it, or what of it none can; absent where probes ask all of it. */
  readonly notAsked?: string;
}

/** Everything that sources leave open, whether or not a probe can ask it. A probe names the question that it belongs to. */
export const openQuestions: readonly OpenQuestion[] = [
  {
    id: "third-token",
    text: "With which status, and in which field of its body, is a third access token refused?",
    assumed: "400, and the class of the error is too_many_access_tokens_error",
  },
  {
    id: "stale-writes",
    text: "How is a write refused whose If-Match is out of date?",
    assumed: "412 with http_precondition_failed_error",
  },
  {
    id: "refusals-without-rights",
    text: "Which bodies have the refusals 401 and 403?",
    assumed: "401 with auth_required_error, 403 with auth_not_authorized_error",
  },
  {
    id: "duplicate-names",
    text: "How is the name of another user, group or role refused?",
    assumed: "409",
  },
  {
    id: "password-rules",
    text: "Which passwords does a cluster accept, and does a new user need one?",
    assumed: "8 characters of three classes, and every new user needs one",
  },
  {
    id: "built-in-objects",
    text: "How are changes of built-in roles, users and groups refused, and their deletion?",
    assumed: "400",
    notAsked: "A cluster that did not refuse would be damaged, and nothing is touched that the run has not made.",
  },
  {
    id: "deleted-users",
    text: "What becomes of the access tokens, sessions and memberships of a deleted user, and of the name?",
    assumed: "tokens and sessions stop working; tokens and roles keep the user without a name; the name is free",
  },
  {
    id: "expiration-cleared",
    text: "Can an access token that ends be made one that never ends?",
    assumed: "no: null and an empty text are refused with 400",
  },
  {
    id: "expiration-in-the-past",
    text: "Is an expiration in the past accepted?",
    assumed: "yes, and the access token does not work",
  },
  {
    id: "unusable-tokens-count",
    text: "Do disabled and expired access tokens count toward the two that a user may have?",
    assumed: "yes",
  },
  {
    id: "lists-without-privilege",
    text: "May users without privileges list access tokens, all or their own?",
    assumed: "their own from 7.3.0 on; all is refused with 403",
  },
  {
    id: "user-with-paging",
    text: "Can a list of one user's access tokens be paged?",
    assumed: "no, it is refused with 400",
  },
  {
    id: "bare-number-as-user",
    text: "Is a bare number in a list's parameter user an id or a name?",
    assumed: "a name",
  },
  {
    id: "order-of-lists",
    text: "In which order do lists and maps come?",
    assumed: "by id, roles by name, privileges in the order of the enumeration",
  },
  {
    id: "granting-what-one-lacks",
    text: "May somebody give a privilege that they do not have?",
    assumed: "yes",
  },
  {
    id: "reach-of-role-changes",
    text: "When does a change of a role reach sessions and access tokens?",
    assumed: "sessions with the next login, access tokens at once",
  },
  {
    id: "members-twice",
    text: "What is answered when a member is added to a role twice, or somebody is removed who is not a member?",
    assumed: "409 and 404",
  },
  {
    id: "role-with-members",
    text: "Can a role be deleted that has members?",
    assumed: "yes, and the memberships go with it",
  },
  {
    id: "session-token",
    text: "How does the bearer token of a session begin?",
    assumed: "session-v1:",
  },
  {
    id: "detailed-who-am-i",
    text: "Which versions tell a login its privileges and its access token?",
    assumed: "7.2.0 and later",
    notAsked: "One cluster has one version: the first that tells is known when clusters of several versions are asked.",
  },
  {
    id: "groups-of-another-identity",
    text: "What are the groups of an id that is not a local user's?",
    assumed: "an empty list",
  },
  {
    id: "singular-privileges",
    text: "Are the singular names of privileges in the administrator guides accepted?",
    assumed: "no, 400",
  },
  {
    id: "times-without-offset",
    text: "Is a time without an offset taken as UTC, as local time, or refused?",
    assumed: "refused with 400",
  },
  {
    id: "etags",
    text: "Do lists have ETags, and answers to writes?",
    assumed: "lists do not; answers to writes of users, groups and roles do",
  },
  {
    id: "case-of-names",
    text: "Are the names of users and groups told apart by capitals?",
    assumed: "no",
  },
  {
    id: "tokens-at-once",
    text: "Does the limit of two hold when access tokens are made at the same time?",
    assumed: "yes",
  },
  {
    id: "disabled-users",
    text: "What is answered to an access token that is disabled, has ended, or whose user is deleted?",
    assumed: "401 at once",
    notAsked: "The exact instant at which an access token ends is not asked: it takes a clock that can be stopped.",
  },
  {
    id: "token-makes-token",
    text: "Can an access token make access tokens?",
    assumed: "yes, with its user's privileges",
  },
  {
    id: "lock-out",
    text: "Are users locked out after failed logins, and are requests limited?",
    assumed: "neither",
    notAsked: "Six failed logins are tried. More, or a flood of requests, could disturb a cluster that others use.",
  },
  {
    id: "token-owner-by-name",
    text: "May the user of a new access token be given without a domain?",
    assumed: "yes: a name means a local user first",
    notAsked: "Which directory a name means is not asked: the run makes no accounts in directories.",
  },
  {
    id: "removal-of-expired-tokens",
    text: "Does a cluster remove expired access tokens some day?",
    assumed: "never",
    notAsked: "A run takes minutes. Look at an access token that ended long ago: cdktf-qumulo tokens --unused-slots.",
  },
  {
    id: "token-id",
    text: "With whose id does the id of an access token begin?",
    assumed: "that of its user",
  },
];

/** What else no probe asks, and why. */
export const rulesNotAsked: readonly string[] = [
  "Cluster settings, mappings between directories and the cache of identities are not changed: they belong to the whole cluster.",
  "The end of a session is not asked: it comes after ten hours.",
  "Single sign-on is not asked: it takes an identity provider and a browser.",
  "Accounts of Active Directory and LDAP are not asked: the run cannot make them.",
  "Bodies of more than a megabyte are not sent.",
];

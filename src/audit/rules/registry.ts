import { administratorWithToken } from "./administrator-with-token.ts";
import { beyondReference } from "./beyond-reference.ts";
import { builtInRoleMember } from "./built-in-role-member.ts";
import { clearSecret } from "./clear-secret.ts";
import { deposedObject } from "./deposed-object.ts";
import { drift } from "./drift.ts";
import { ephemeralAccess } from "./ephemeral-access.ts";
import { escalatingPrivilege } from "./escalating-privilege.ts";
import { escalationByCombination } from "./escalation-by-combination.ts";
import { everyoneInRole } from "./everyone-in-role.ts";
import { filePermissionBypass } from "./file-permission-bypass.ts";
import { forbiddenPrivilege } from "./forbidden-privilege.ts";
import { forgottenAccess } from "./forgotten-access.ts";
import { incompletePlan } from "./incomplete-plan.ts";
import { insecureProvider } from "./insecure-provider.ts";
import { internalPrivilege } from "./internal-privilege.ts";
import { nameNotAllowed } from "./name-not-allowed.ts";
import { newAdministrator } from "./new-administrator.ts";
import { otherPrincipal } from "./other-principal.ts";
import { plannedAction } from "./planned-action.ts";
import { protectionWeakeningPrivilege } from "./protection-weakening-privilege.ts";
import { roleWithoutMembers } from "./role-without-members.ts";
import { rotationWithoutOverlap } from "./rotation-without-overlap.ts";
import { secretReadingPrivilege } from "./secret-reading-privilege.ts";
import { serviceInterruptingPrivilege } from "./service-interrupting-privilege.ts";
import { tokenEnabledAgain } from "./token-enabled-again.ts";
import { tokenGap } from "./token-gap.ts";
import { tokenLivesTooLong } from "./token-lives-too-long.ts";
import { tokenNeverExpires } from "./token-never-expires.ts";
import { tokenOutlivesIdentity } from "./token-outlives-identity.ts";
import { twoLiveTokens } from "./two-live-tokens.ts";
import { undeclaredAdministrator } from "./undeclared-administrator.ts";
import { unknownAccess } from "./unknown-access.ts";
import { unknownCluster } from "./unknown-cluster.ts";
import { unknownType } from "./unknown-type.ts";
import { unusedPrivilege } from "./unused-privilege.ts";
import type { Rule } from "./rule.ts";

/** All that the audit looks for, by id. */
export const rules: readonly Rule[] = [
  administratorWithToken,
  beyondReference,
  builtInRoleMember,
  clearSecret,
  deposedObject,
  drift,
  ephemeralAccess,
  escalatingPrivilege,
  escalationByCombination,
  everyoneInRole,
  filePermissionBypass,
  forbiddenPrivilege,
  forgottenAccess,
  incompletePlan,
  insecureProvider,
  internalPrivilege,
  nameNotAllowed,
  newAdministrator,
  otherPrincipal,
  plannedAction,
  protectionWeakeningPrivilege,
  roleWithoutMembers,
  rotationWithoutOverlap,
  secretReadingPrivilege,
  serviceInterruptingPrivilege,
  tokenEnabledAgain,
  tokenGap,
  tokenLivesTooLong,
  tokenNeverExpires,
  tokenOutlivesIdentity,
  twoLiveTokens,
  undeclaredAdministrator,
  unknownAccess,
  unknownCluster,
  unknownType,
  unusedPrivilege,
];

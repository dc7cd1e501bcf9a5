import { type ClusterError, isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { LocalUser, LocalUserSettings } from "../../client/local-users.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import type { Connection } from "../connection.ts";
import { createSurely } from "../operation/creation.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type LocalUserModel, memoryOf, toModel, wantedSettings } from "./model.ts";
import { localUserPrivileges } from "./needed-privileges.ts";
import { newPassword } from "./password.ts";
import type { LocalUserSchema } from "./schema.ts";

/** Creates a local user. */
export async function createLocalUser({
  planned,
  config,
  client,
  signal,
}: CreateContext<LocalUserSchema, Connection>): Promise<LocalUserModel> {
  const settings = { ...wantedSettings(planned), password: newPassword(planned.password, config.password_wo) };
  const user = await makeUser(client.writes.until(signal), settings);
  client.memory.localUsers.addCreated(user);
  return toModel(user, memoryOf(planned));
}

/** A user's settings, with a password in any case. */
type NewUser = LocalUserSettings & { readonly password: Secret };

/**
 * Makes a user on the cluster, also when the cluster's answer is lost: then it looks for the user, and takes over one that is
 * exactly as asked for and has the password of this request.
 *
 * @throws {DiagnosticError} when the cluster refuses, or a user is there that may be somebody else's
 */
async function makeUser(cluster: Cluster, settings: NewUser): Promise<LocalUser> {
  const { name } = settings;
  const attempt = { summary: `Local user ${name} could not be created`, privilege: localUserPrivileges.write };
  return withDiagnostics(attempt, async () =>
    createSurely({
      async create() {
        try {
          return await cluster.localUsers.create(settings);
        } catch (error) {
          throw isAnswer(error, 400, 409) ? ((await duplicate(cluster, name, error)) ?? error) : error;
        }
      },
      find: async () => cluster.localUsers.findByName(name),
      async takeOver(found, lost) {
        if (!(await isAsAskedFor(cluster, found, settings))) throw unproven(found, lost);
        return found;
      },
    }),
  );
}

/**
 * Whether a user that was found is the one that this request created. The password decides: it is secret, so only a user from
 * this configuration can have it.
 */
async function isAsAskedFor(cluster: Cluster, found: LocalUser, settings: NewUser): Promise<boolean> {
  const { name, primaryGroup, uid, homeDirectory, password } = settings;
  const isSame =
    found.name === name &&
    found.primaryGroup === primaryGroup &&
    found.uid === uid &&
    found.homeDirectory === homeDirectory;
  return isSame && (await cluster.sessions.isPassword(name, password));
}

async function duplicate(cluster: Cluster, name: string, refusal: ClusterError): Promise<DiagnosticError | undefined> {
  const existing = await cluster.localUsers.findByName(name).catch((error: unknown) => {
    // The refusal itself is what there is to report when nothing more can be found out.
    if (isAnswer(error, 403)) return undefined;
    throw error;
  });
  if (existing !== undefined) return taken(existing);
  if (refusal.status !== 409) return undefined;
  return new DiagnosticError({
    summary: `Local user ${name} could not be created`,
    detail: `${describeFailure(refusal)} Users and groups share one set of names, and each uid belongs to one user. Choose another name or uid.`,
    attribute: ["name"],
  });
}

function taken(existing: LocalUser): DiagnosticError {
  return new DiagnosticError({
    summary: "Local user exists already",
    detail: `The cluster has a local user named "${existing.name}" with the id ${existing.id}. Choose another name, or manage that user from here by importing it with the id "${existing.id}".`,
    attribute: ["name"],
  });
}

function unproven(found: LocalUser, cause: ClusterError): DiagnosticError {
  const detail = `${describeFailure(cause)} Now the cluster has a local user "${found.name}" with the id ${found.id}, and nothing shows that this request made it. If it is yours, import it with the id "${found.id}"; otherwise choose another name.`;
  return new DiagnosticError(
    { summary: "Whether the local user was created is unknown", detail, attribute: ["name"] },
    { cause },
  );
}

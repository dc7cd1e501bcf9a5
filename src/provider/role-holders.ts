import type { Cluster } from "../client/cluster.ts";
import { isAnswer } from "../client/cluster-error.ts";
import type { Identity } from "../client/identities.ts";
import type { NamedRole } from "../client/roles.ts";

/** The identity that everybody is, and that can be a member of a role. */
export const everyoneId = "8589934592";

/** The roles of the cluster and who is in them, each asked for once in a run. */
export class RoleHolders {
  readonly #roles = new Answers<readonly NamedRole[]>();
  readonly #members = new Answers<readonly Identity[]>();

  /**
   * All roles.
   *
   * @throws {ClusterError} with status 403 when the account may not read them
   */
  async roles(cluster: Cluster): Promise<readonly NamedRole[]> {
    return this.#roles.of("", async () => cluster.roles.list());
  }

  /**
   * The members of a role; nobody when there is no such role.
   *
   * @throws {ClusterError} with status 403 when the account may not read them
   */
  async membersOf(cluster: Cluster, roleName: string): Promise<readonly Identity[]> {
    return this.#members.of(roleName.toLowerCase(), async () => {
      try {
        return await cluster.roleMembers.list(roleName);
      } catch (error) {
        if (isAnswer(error, 404)) return [];
        throw error;
      }
    });
  }
}

/** Answers by what was asked; a question that failed is asked again. */
class Answers<T> {
  readonly #answers = new Map<string, Promise<T>>();

  async of(question: string, ask: () => Promise<T>): Promise<T> {
    const answer = this.#answers.get(question) ?? ask();
    this.#answers.set(question, answer);
    try {
      return await answer;
    } catch (error) {
      this.#answers.delete(question);
      throw error;
    }
  }
}

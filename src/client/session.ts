import type { Secret } from "../vocabulary/secret.ts";

/** Who the client is to the cluster. */
export type Credentials =
  | { readonly kind: "login"; readonly username: string; readonly password: Secret }
  /** An access token's secret, or that of somebody's session. */
  | { readonly kind: "bearer-token"; readonly bearerToken: Secret };

/** The request that logs in. */
export const loginRequest = { method: "POST", path: "/v1/session/login" } as const;

/** Hands out the bearer token to send, and gets a new one when it has ended. */
export interface Session {
  /** Whether a new bearer token can be had: there is a password. */
  readonly isRenewable: boolean;
  /** Logs in with the first call. */
  bearerToken(): Promise<Secret>;
  /**
   * A bearer token other than the one that was refused. Requests that were refused at the same time share one login.
   */
  renew(refused: Secret): Promise<Secret>;
}

/** Makes a session of credentials. */
export function startSession(credentials: Credentials, login: () => Promise<Secret>): Session {
  if (credentials.kind === "bearer-token") {
    const { bearerToken } = credentials;
    return {
      isRenewable: false,
      bearerToken: async () => Promise.resolve(bearerToken),
      renew: async () => Promise.resolve(bearerToken),
    };
  }
  return new LoginSession(login);
}

class LoginSession implements Session {
  readonly isRenewable = true;
  readonly #login: () => Promise<Secret>;
  #token: Secret | undefined;
  #underWay: Promise<Secret> | undefined;

  constructor(login: () => Promise<Secret>) {
    this.#login = login;
  }

  async bearerToken(): Promise<Secret> {
    return this.#token ?? this.#loginOnce();
  }

  async renew(refused: Secret): Promise<Secret> {
    const isRenewedAlready = this.#token !== undefined && !this.#token.equals(refused);
    if (!isRenewedAlready) this.#token = undefined;
    return this.bearerToken();
  }

  async #loginOnce(): Promise<Secret> {
    this.#underWay ??= this.#login()
      .then((token) => {
        this.#token = token;
        return token;
      })
      .finally(() => {
        this.#underWay = undefined;
      });
    return this.#underWay;
  }
}
